import Semantics

@testable import Satisfiability

/// All valuations of what an encoder's conditions read, for the reference interpreter.
struct Enumeration {
  let interpreter: Interpreter
  let subjects: [Subject]
  let domains: [[Value]]
  /// The members of the declaration whose conditions they are.
  let agent: AgentID?
  private let blank: State

  /// Nil where there are too many, or something is read that is no value of a variable.
  init?(_ encoder: Encoder, _ agent: AgentID?, _ interpreter: Interpreter, max: Int) {
    var count = 1
    var domains: [[Value]] = []
    for (subject, type, _) in encoder.subjects {
      switch subject {
      case .status, .quiescent, .inFlight, .coherent, .determined: return nil
      case .variable, .local, .field, .selfAgent, .sender: break
      }
      let size = interpreter.spec.cardinality(of: type)
      let (product, overflow) = count.multipliedReportingOverflow(by: size)
      if overflow || product > max { return nil }
      count = product
      domains.append(interpreter.domain.values(of: type))
    }
    guard let blank = interpreter.initialStates().states.first else { return nil }
    self.blank = blank
    self.interpreter = interpreter
    self.domains = domains
    self.agent = agent
    subjects = encoder.subjects.map(\.subject)
  }

  /// Whether some valuation makes `isWanted` true; what fails to evaluate does not.
  func contains(_ isWanted: (Trying) throws(Interruption) -> Bool) -> Bool {
    var place = Array(repeating: 0, count: domains.count)
    if domains.contains(where: \.isEmpty) { return false }
    while true {
      let values = zip(domains, place).map { $0[$1] }
      if let found = try? isWanted(trying(values)), found { return true }
      guard let next = place.indices.last(where: { place[$0] + 1 < domains[$0].count }) else {
        return false
      }
      place[next] += 1
      for later in place.indices where later > next { place[later] = 0 }
    }
  }

  /// The interpreter with these values in place.
  func trying(_ values: [Value]) -> Trying {
    let given = zip(subjects, values)
    let first = agent.map { interpreter.spec.agents[$0.index].first }
    let own = given.first { $0.0 == .selfAgent }?.1.identity ?? first
    let execution = Execution(interpreter, blank, agent: own)
    var fields: [Int: Value] = [:]
    for (subject, value) in given {
      switch subject {
      case .variable(let id, let owner):
        let slot = interpreter.slot(of: id, identity: owner ?? own)
        execution.state.variables[slot] = value
      case .local(let id): execution.locals[id.index] = value
      case .sender: execution.sender = value.identity
      case .field(_, let index): fields[index] = value
      case .selfAgent, .status, .quiescent, .inFlight, .coherent, .determined: break
      }
    }
    return Trying(execution: execution, fields: fields)
  }
}

/// One valuation.
struct Trying {
  let execution: Execution
  /// Those of the message at hand that matter.
  let fields: [Int: Value]

  func takes(_ pattern: TypedMessagePattern) throws(Interruption) -> Bool {
    let types = execution.spec.messages[pattern.message.index].fields.map(\.type)
    let fields = types.enumerated().map { self.fields[$0] ?? execution.domain.values(of: $1)[0] }
    let message = Message(
      type: pattern.message, fields: fields, sender: execution.sender ?? 0,
      receiver: execution.agent ?? 0)
    return try execution.matches(message, pattern)
  }
}

extension Value {
  /// A value of the solver.
  init(_ value: Semantics.Value) {
    self =
      switch value {
      case .boolean(let value): .bool(value)
      case .integer(let value): .integer(value)
      case .enumerationCase(let place): .enumeration(place)
      case .agent(let identity): .agent(identity)
      case .none: .none
      case .some(let inner): .some(Value(inner))
      case .set(let elements): .set(of: elements.map { Value($0) })
      case .sequence(let elements): .sequence(elements.map { Value($0) })
      case .map(let values): .map(values.map { Value($0) })
      case .record(let values): .record(values.map { Value($0) })
      }
  }
}
