import Semantics
import TransitionSystem

extension PropertyLowering {
  /// The properties of executions, their state formulas as atoms in the order of the text.
  func temporalProperties() -> [TemporalProperty] {
    plan.spec.properties.compactMap { property in
      var atoms: [StateProperty] = []
      switch property.kind {
      case .linear(let formula):
        let linear = linear(formula, property, &atoms)
        return linear.map {
          TemporalProperty(name: property.name, kind: .linear($0), atoms: atoms)
        }
      case .resettability(let expression):
        let atom = state(property, .reachability, expression)
        return TemporalProperty(name: property.name, kind: .resettable, atoms: [atom])
      case .valence(let decision):
        return TemporalProperty(
          name: property.name, kind: .valence(values: decision.values.map(\.text)),
          atoms: decision.values.map { state(property, .reachability, $0.isDecided) })
      case .invariant, .reachability, .unsupported: return nil
      }
    }
  }

  /// Nil where the formula has a `can`, which is no property of one execution.
  private func linear(
    _ formula: Formula, _ property: Property, _ atoms: inout [StateProperty]
  ) -> LinearFormula? {
    func both(
      _ a: Formula, _ b: Formula, _ make: (LinearFormula, LinearFormula) -> LinearFormula
    ) -> LinearFormula? {
      guard let left = linear(a, property, &atoms), let right = linear(b, property, &atoms) else {
        return nil
      }
      return make(left, right)
    }
    switch formula {
    case .state(let expression):
      atoms.append(state(property, .reachability, expression))
      return .atom(atoms.count - 1)
    case .not(let inner): return linear(inner, property, &atoms).map { .not($0) }
    case .always(let inner): return linear(inner, property, &atoms).map { .always($0) }
    case .eventually(let inner): return linear(inner, property, &atoms).map { .eventually($0) }
    case .until(let a, let b): return both(a, b) { .until($0, $1) }
    case .leadsTo(let a, let b): return both(a, b) { .always(.implies($0, .eventually($1))) }
    case .connective(let connective, let a, let b):
      return both(a, b) { left, right in
        switch connective {
        case .and: .and(left, right)
        case .or: .or(left, right)
        case .implies: .implies(left, right)
        case .iff: .or(.and(left, right), .and(.not(left), .not(right)))
        }
      }
    case .can: return nil
    }
  }
}
