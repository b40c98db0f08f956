import Semantics

/// A formula of linear time over truth values of states, with `until` as its only temporal word.
indirect enum NaiveFormula {
  /// By state.
  case atom([Bool])
  case not(NaiveFormula)
  case and(NaiveFormula, NaiveFormula)
  /// Index in the list of untils.
  case until(Int)

  static func or(_ a: NaiveFormula, _ b: NaiveFormula) -> NaiveFormula {
    .not(.and(.not(a), .not(b)))
  }
}

/// The untils of one formula, each after those inside it.
struct NaiveUntils {
  let graph: ReferenceGraph
  let interpreter: Interpreter
  private(set) var sides: [(left: NaiveFormula, right: NaiveFormula)] = []
  /// A state formula failed to evaluate somewhere.
  private(set) var hasFailed = false

  init(_ graph: ReferenceGraph, _ interpreter: Interpreter) {
    self.graph = graph
    self.interpreter = interpreter
  }

  mutating func formula(_ formula: Formula) -> NaiveFormula {
    switch formula {
    case .state(let predicate): return .atom(values(predicate))
    case .not(let inner): return .not(self.formula(inner))
    case .connective(let connective, let a, let b):
      let (left, right) = (self.formula(a), self.formula(b))
      switch connective {
      case .and: return .and(left, right)
      case .or: return .or(left, right)
      case .implies: return .or(.not(left), right)
      case .iff: return .or(.and(left, right), .and(.not(left), .not(right)))
      }
    case .always(let inner):
      let held = self.formula(inner)
      return .not(until(always, .not(held)))
    case .eventually(let inner):
      let wanted = self.formula(inner)
      return until(always, wanted)
    case .until(let a, let b):
      let (left, right) = (self.formula(a), self.formula(b))
      return until(left, right)
    case .leadsTo(let a, let b):
      let (cause, answer) = (self.formula(a), self.formula(b))
      let isAnswered = until(always, answer)
      return .not(until(always, .and(cause, .not(isAnswered))))
    case .can(let inner): return .atom(graph.canReach(branching(inner)))
    }
  }

  private var always: NaiveFormula { .atom(graph.states.map { _ in true }) }

  private mutating func until(_ a: NaiveFormula, _ b: NaiveFormula) -> NaiveFormula {
    sides.append((a, b))
    return .until(sides.count - 1)
  }

  private mutating func values(_ predicate: TypedExpression) -> [Bool] {
    var values: [Bool] = []
    for (state, isQuiescent) in zip(graph.states, graph.isQuiescent) {
      do {
        values.append(try interpreter.evaluate(predicate, in: state) { isQuiescent })
      } catch {
        hasFailed = true
        values.append(false)
      }
    }
    return values
  }

  /// By state, the truth of what stands behind `can`: `always` speaks of all that can be reached.
  private mutating func branching(_ formula: Formula) -> [Bool] {
    switch formula {
    case .state(let predicate): return values(predicate)
    case .not(let inner): return branching(inner).map { !$0 }
    case .can(let inner): return graph.canReach(branching(inner))
    case .always(let inner): return graph.canReach(branching(inner).map { !$0 }).map { !$0 }
    case .connective(let connective, let a, let b):
      return zip(branching(a), branching(b)).map { left, right in
        switch connective {
        case .and: left && right
        case .or: left || right
        case .implies: !left || right
        case .iff: left == right
        }
      }
    case .eventually, .until, .leadsTo: preconditionFailure("refused by the front end")
    }
  }
}
