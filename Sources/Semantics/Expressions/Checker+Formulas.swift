import Diagnostics
import Syntax

extension Checker {
  /// Types a property's formula.
  mutating func formula(_ expression: Expression) -> Formula? {
    program.depth += 1
    defer { program.depth -= 1 }
    if program.isTooDeep(at: expression.span) { return nil }
    guard expression.isTemporal else {
      return condition(expression, "a property").map { .state($0) }
    }
    switch expression.kind {
    case .temporal(.always, let inner): return formula(inner).map { .always($0) }
    case .temporal(.eventually, let inner): return formula(inner).map { .eventually($0) }
    case .temporal(.can, let inner): return formula(inner).map { .can($0) }
    case .unary(.not, let inner): return formula(inner).map { .not($0) }
    case .until(let a, let b): return both(a, b).map { .until($0, $1) }
    case .leadsTo(let a, let b): return both(a, b).map { .leadsTo($0, $1) }
    case .binary(.and, let a, let b): return both(a, b).map { .connective(.and, $0, $1) }
    case .binary(.or, let a, let b): return both(a, b).map { .connective(.or, $0, $1) }
    case .binary(.implies, let a, let b):
      return both(a, b).map { .connective(.implies, $0, $1) }
    case .binary(.iff, let a, let b): return both(a, b).map { .connective(.iff, $0, $1) }
    case .quantifier(let quantifier, let names, let domain, let filter, let body)
    where quantifier == .all || quantifier == .some:
      return spelledOut(quantifier, names[...], domain, filter, body)
    default:
      report(.temporalInState(isProperty: true, at: temporalSpan(expression)))
      return nil
    }
  }

  private mutating func both(_ a: Expression, _ b: Expression) -> (Formula, Formula)? {
    let first = formula(a)
    let second = formula(b)
    guard let first, let second else { return nil }
    return (first, second)
  }

  private func temporalSpan(_ expression: Expression) -> Span {
    expression.parts.first { $0.isTemporal }?.span ?? expression.span
  }

  /// A quantifier over a temporal formula, as the connective of its instances.
  private mutating func spelledOut(
    _ quantifier: Quantifier, _ names: ArraySlice<Name>, _ domain: Expression,
    _ filter: Expression?, _ body: Expression
  ) -> Formula? {
    guard let name = names.first else { return nil }
    guard let walked = inferDomain(domain, takesSequence: true), let element = walked.type.walked
    else { return nil }
    let values: [Value]
    switch program.valueIfConstant(walked) {
    case .set(let all) where all.count <= instancesMax,
      .sequence(let all) where all.count <= instancesMax:
      values = all
    default:
      report(.temporalOverState(at: domain.span))
      return nil
    }
    var instances: [Formula] = []
    for value in values {
      let before = program.errorCount
      scope.enter()
      declare(name, .constant(spec.expression(value, element, name.span)))
      let instance =
        names.count > 1
        ? spelledOut(quantifier, names.dropFirst(), domain, filter, body)
        : filtered(quantifier, filter, body)
      scope.leave()
      if program.errorCount > before { return nil }
      if let instance { instances.append(instance) }
    }
    return joined(quantifier, instances, name.span)
  }

  private mutating func filtered(
    _ quantifier: Quantifier, _ filter: Expression?, _ body: Expression
  ) -> Formula? {
    let test = filter.map { condition($0, "the filter of `\(quantifier.rawValue)`") }
    let instance = formula(body)
    guard let instance, let test = lifted(test) else { return nil }
    guard let test else { return instance }
    return .connective(quantifier == .all ? .implies : .and, .state(test), instance)
  }

  /// Balanced, so that many instances do not nest deep.
  private func joined(_ quantifier: Quantifier, _ instances: [Formula], _ span: Span) -> Formula {
    if instances.isEmpty { return .state(make(.boolean(quantifier == .all), .bool, span)) }
    if instances.count == 1 { return instances[0] }
    let half = instances.count / 2
    return .connective(
      quantifier == .all ? .and : .or,
      joined(quantifier, Array(instances[..<half]), span),
      joined(quantifier, Array(instances[half...]), span))
  }
}

/// How many instances a quantifier over a temporal formula may have.
private let instancesMax = 1000
