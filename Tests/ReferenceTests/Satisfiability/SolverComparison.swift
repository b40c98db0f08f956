import Decisions
import Diagnostics
import Semantics

@testable import Satisfiability

/// Z3's answers about the conditions of one spec, against all valuations.
struct SolverComparison {
  let spec: TypedSpec
  let satisfier: Satisfier
  private let interpreter: Interpreter
  private(set) var compared = 0
  private(set) var satisfiable = 0
  private(set) var skipped = 0
  private(set) var differences: [String] = []

  init(_ spec: TypedSpec, _ satisfier: Satisfier) {
    self.spec = spec
    self.satisfier = satisfier
    interpreter = Interpreter(spec)
  }

  mutating func run() {
    var collector = QuestionCollector(spec)
    collector.collect()
    for question in collector.questions { compare(question) }
  }

  private mutating func compare(_ question: Question) {
    let encoder = Encoder(
      spec, readsAll: question.agent.map { spec.agents[$0.index].isEnvironment } ?? true)
    do throws(NotEncoded) {
      switch question.kind {
      case .guarded(let pattern?, _):
        try compare(question, encoder, encoder.takes(pattern)) { trying throws(Interruption) in
          try trying.takes(pattern)
        }
      case .guarded(nil, let condition?), .initial(_, filter: let condition),
        .predicate(_, let condition), .condition(_, let condition):
        try compare(question, encoder, condition)
      case .value(let value):
        let exists = try encoder.collected { () throws(NotEncoded) in
          _ = try encoder.evaluate(value)
          return .bool(true)
        }
        try compare(question, encoder, exists) { trying throws(Interruption) in
          _ = try trying.execution.evaluate(value)
          return true
        }
      case .choice(_, let local, let domain, let filter):
        try compareChoice(question, encoder, local, domain, filter)
      case .handlers(_, let rules, _): try compareRules(question, encoder, rules)
      case .guarded(nil, nil): break
      }
    } catch {
      skipped += 1
    }
  }

  private mutating func compare(
    _ question: Question, _ encoder: Encoder, _ condition: TypedExpression
  ) throws(NotEncoded) {
    for wanted in [true, false] {
      try compare(question, encoder, encoder.condition(condition, is: wanted)) {
        trying throws(Interruption) in
        try trying.execution.evaluate(condition).truth == wanted
      }
    }
  }

  private mutating func compareChoice(
    _ question: Question, _ encoder: Encoder, _ local: LocalID, _ domain: TypedExpression,
    _ filter: TypedExpression?
  ) throws(NotEncoded) {
    for wanted in [true, false] {
      let some = try encoder.isSome(local, domain, filter, is: wanted)
      try compare(question, encoder, some) { trying throws(Interruption) in
        var isSome = false
        for value in try trying.execution.elements(of: domain) {
          trying.execution.locals[local.index] = value
          if let filter, !(try trying.execution.evaluate(filter).truth) { continue }
          isSome = true
        }
        return isSome == wanted
      }
    }
  }

  private mutating func compareRules(
    _ question: Question, _ encoder: Encoder, _ rules: [TypedMessagePattern]
  ) throws(NotEncoded) {
    guard rules.count > 1 else { return }
    let both = Decisions.Term.conjunction([
      try encoder.takes(rules[0]), try encoder.takes(rules[1]),
    ])
    try compare(question, encoder, both) { trying throws(Interruption) in
      let first = try trying.takes(rules[0])
      return try trying.takes(rules[1]) && first
    }
    let neither = Decisions.Term.conjunction([
      try encoder.refuses(rules[0]), try encoder.refuses(rules[1]),
    ])
    try compare(question, encoder, neither) { trying throws(Interruption) in
      let first = try trying.takes(rules[0])
      let second = try trying.takes(rules[1])
      return !first && !second
    }
  }

  private mutating func compare(
    _ question: Question, _ encoder: Encoder, _ term: Decisions.Term,
    _ holds: (Trying) throws(Interruption) -> Bool
  ) throws(NotEncoded) {
    guard let all = Enumeration(encoder, question.agent, interpreter, max: 2_000) else {
      skipped += 1
      return
    }
    let isSatisfiable = all.contains(holds)
    compared += 1
    if isSatisfiable { satisfiable += 1 }
    let place = "at \(question.span.start)"
    switch satisfier.answer([term], given: encoder.definitions, over: encoder.sorts) {
    case .unknown(let reason): differences.append("\(place): unknown (\(reason))")
    case .contradiction:
      if isSatisfiable { differences.append("\(place): Z3 finds no values, and there are") }
    case .satisfiable(let values):
      if !isSatisfiable { differences.append("\(place): Z3 finds values, and there are none") }
      let witness = encoder.valuation(values).items.map { Value($0.value) }
      if (try? holds(all.trying(witness))) != true {
        differences.append("\(place): Z3's values do not do: \(witness)")
      }
    }
  }
}
