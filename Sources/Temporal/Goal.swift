import TransitionSystem

/// A formula in negation normal form: what an execution still owes.
indirect enum Goal: Hashable {
  case constant(Bool)
  case literal(Int, isTrue: Bool)
  case and(Goal, Goal)
  case or(Goal, Goal)
  case until(Goal, Goal)
  /// The second holds up to and with the first moment at which the first holds, or for ever.
  case release(Goal, Goal)

  init(_ formula: LinearFormula, isTrue: Bool = true) {
    switch formula {
    case .constant(let value): self = .constant(value == isTrue)
    case .atom(let atom): self = .literal(atom, isTrue: isTrue)
    case .not(let inner): self = Goal(inner, isTrue: !isTrue)
    case .and(let a, let b):
      let (left, right) = (Goal(a, isTrue: isTrue), Goal(b, isTrue: isTrue))
      self = isTrue ? .and(left, right) : .or(left, right)
    case .or(let a, let b):
      let (left, right) = (Goal(a, isTrue: isTrue), Goal(b, isTrue: isTrue))
      self = isTrue ? .or(left, right) : .and(left, right)
    case .until(let a, let b):
      let (left, right) = (Goal(a, isTrue: isTrue), Goal(b, isTrue: isTrue))
      self = isTrue ? .until(left, right) : .release(left, right)
    }
  }

  /// The opposite, where this speaks of one state only; nil where it speaks of the future.
  var stateNegation: Goal? {
    switch self {
    case .constant(let value): return .constant(!value)
    case .literal(let atom, let isTrue): return .literal(atom, isTrue: !isTrue)
    case .and(let a, let b):
      guard let left = a.stateNegation, let right = b.stateNegation else { return nil }
      return .or(left, right)
    case .or(let a, let b):
      guard let left = a.stateNegation, let right = b.stateNegation else { return nil }
      return .and(left, right)
    case .until, .release: return nil
    }
  }
}
