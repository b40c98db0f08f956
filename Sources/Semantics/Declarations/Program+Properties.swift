import Diagnostics
import Syntax

extension Program {
  func checkProperties() {
    for property in declared.properties {
      guard let kind = kind(of: property) else { continue }
      spec.properties.append(
        Property(
          name: property.name.text, kind: kind, documentation: property.documentation,
          span: property.name.span))
    }
  }

  private func kind(of property: Declared.Property) -> Property.Kind? {
    switch property.kind {
    case .unsupported(let keyword):
      return refused(property, .property(keyword))
    case .valence(let expression): return decision(expression).map { .valence($0) }
    case .formula(let formula):
      if let words = formula.unsupportedWords { return refused(property, words) }
      var checker = Checker(self, .property)
      guard let typed = checker.formula(formula) else { return nil }
      if !typed.isCanOfStates { return refused(property, .mixedCan) }
      let kind = classified(typed)
      lint(kind, of: property, formula)
      return kind
    }
  }

  private func refused(
    _ property: Declared.Property, _ part: UnsupportedPart
  ) -> Property.Kind {
    if !isExpected(property.name.text) {
      report(.unsupported(part, at: property.span, severity: .warning))
    }
    return .unsupported(part.words)
  }

  /// Whether the check in force expects something of a property; without a check, of every one.
  private func isExpected(_ name: String) -> Bool {
    guard let check = declared.checks.first(where: { $0.name.text == configuration.check })
    else { return true }
    return check.items.contains {
      if case .expect(let target, _) = $0.kind { return target.text == name }
      return false
    }
  }

  private func classified(_ formula: Formula) -> Property.Kind {
    switch formula {
    case .always(.state(let predicate)): .invariant(predicate)
    case .can(.state(let predicate)): .reachability(predicate)
    case .always(.can(.state(let predicate))): .resettability(predicate)
    case .always(let inner) where inner.mentionsCan && inner.isOfStates: .branching(formula)
    case .can: .branching(formula)
    default: .linear(formula)
    }
  }
}

extension Formula {
  var mentionsCan: Bool {
    if case .can = self { return true }
    return parts.contains(where: \.mentionsCan)
  }

  private var parts: [Formula] {
    switch self {
    case .state: []
    case .not(let inner), .always(let inner), .eventually(let inner), .can(let inner): [inner]
    case .connective(_, let a, let b), .until(let a, let b), .leadsTo(let a, let b): [a, b]
    }
  }

  /// Whether its truth is a matter of a state alone, and of what can be reached from there.
  var isOfStates: Bool {
    switch self {
    case .state: true
    case .not(let inner): inner.isOfStates
    case .connective(_, let a, let b): a.isOfStates && b.isOfStates
    case .can(let inner): inner.isPossible
    case .always, .eventually, .until, .leadsTo: false
    }
  }

  /// Whether it may stand behind `can`; `always` there speaks of all that can be reached.
  private var isPossible: Bool {
    switch self {
    case .state: true
    case .not(let inner), .can(let inner), .always(let inner): inner.isPossible
    case .connective(_, let a, let b): a.isPossible && b.isPossible
    case .eventually, .until, .leadsTo: false
    }
  }

  /// Whether what stands behind every `can` may stand there.
  var isCanOfStates: Bool {
    if case .can(let inner) = self { return inner.isPossible }
    return parts.allSatisfy(\.isCanOfStates)
  }
}

extension Expression {
  /// Whether temporal words occur in it.
  var isTemporal: Bool {
    switch kind {
    case .temporal, .until, .leadsTo, .coalition: true
    default: parts.contains { $0.isTemporal }
    }
  }

  /// The part of a property that this version does not check, where there is one.
  var unsupportedWords: UnsupportedPart? {
    switch kind {
    case .coalition: return .coalition
    default:
      for part in parts {
        if let words = part.unsupportedWords { return words }
      }
      return nil
    }
  }
}
