import Semantics
import TransitionSystem

extension PropertyLowering {
  /// The properties of executions, their state formulas as atoms in the order of the text.
  func temporalProperties() -> [TemporalProperty] {
    plan.spec.properties.compactMap { property in
      var parts = FormulaParts(lowering: self, property: property)
      switch property.kind {
      case .linear(let formula):
        parts.collect(formula)
        return parts.linear(formula).map { parts.property(.linear($0)) }
      case .resettability(let expression):
        return parts.branching(.can(.state(expression))).map { parts.property(.everywhere($0)) }
      case .branching(.always(let inner)):
        return parts.branching(inner).map { parts.property(.everywhere($0)) }
      case .branching(.can(let inner)):
        return parts.branching(inner).map { parts.property(.somewhere($0)) }
      case .valence(let decision):
        return TemporalProperty(
          name: property.name, kind: .valence(values: decision.values.map(\.text)),
          atoms: decision.values.map { state(property, .reachability, $0.isDecided) })
      case .invariant, .reachability, .branching, .unsupported: return nil
      }
    }
  }
}

/// The atoms of one formula, and what it says of possibilities.
private struct FormulaParts {
  let lowering: PropertyLowering
  let property: Property
  private var atoms: [StateProperty] = []
  private var possibilities: [BranchingFormula] = []
  /// State formulas of the whole formula: possibilities are numbered behind them.
  private var stateCount = 0

  init(lowering: PropertyLowering, property: Property) {
    self.lowering = lowering
    self.property = property
  }

  func property(_ kind: TemporalProperty.Kind) -> TemporalProperty {
    TemporalProperty(
      name: property.name, kind: kind, atoms: atoms, possibilities: possibilities)
  }

  /// Counts the state formulas.
  mutating func collect(_ formula: Formula) {
    switch formula {
    case .state: stateCount += 1
    case .not(let inner), .always(let inner), .eventually(let inner), .can(let inner):
      collect(inner)
    case .connective(_, let a, let b), .until(let a, let b), .leadsTo(let a, let b):
      collect(a)
      collect(b)
    }
  }

  private mutating func atom(_ expression: TypedExpression) -> Int {
    atoms.append(lowering.state(property, .reachability, expression))
    return atoms.count - 1
  }

  /// Nil where the formula says behind a `can` what every execution does.
  mutating func linear(_ formula: Formula) -> LinearFormula? {
    switch formula {
    case .state(let expression): return .atom(atom(expression))
    case .not(let inner): return linear(inner).map { .not($0) }
    case .always(let inner): return linear(inner).map { .always($0) }
    case .eventually(let inner): return linear(inner).map { .eventually($0) }
    case .can:
      guard let possible = branching(formula) else { return nil }
      possibilities.append(possible)
      return .atom(stateCount + possibilities.count - 1)
    case .until(let a, let b), .leadsTo(let a, let b), .connective(_, let a, let b):
      guard let left = linear(a), let right = linear(b) else { return nil }
      return joined(formula, left, right)
    }
  }

  private func joined(
    _ formula: Formula, _ left: LinearFormula, _ right: LinearFormula
  ) -> LinearFormula {
    switch formula {
    case .until: .until(left, right)
    case .leadsTo: .always(.implies(left, .eventually(right)))
    case .connective(.or, _, _): .or(left, right)
    case .connective(.implies, _, _): .implies(left, right)
    case .connective(.iff, _, _): .or(.and(left, right), .and(.not(left), .not(right)))
    default: .and(left, right)
    }
  }

  /// Nil where the formula is no matter of one state.
  mutating func branching(_ formula: Formula) -> BranchingFormula? {
    switch formula {
    case .state(let expression): return .atom(atom(expression))
    case .not(let inner): return branching(inner).map { .not($0) }
    case .always(let inner): return branching(inner).map { .always($0) }
    case .can(let inner): return branching(inner).map { .can($0) }
    case .connective(let connective, let a, let b):
      guard let left = branching(a), let right = branching(b) else { return nil }
      switch connective {
      case .and: return .and(left, right)
      case .or: return .or(left, right)
      case .implies: return .or(.not(left), right)
      case .iff: return .or(.and(left, right), .and(.not(left), .not(right)))
      }
    case .eventually, .until, .leadsTo: return nil
    }
  }
}
