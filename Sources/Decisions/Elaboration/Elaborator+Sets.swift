import Diagnostics
import Syntax

extension Elaborator {
  /// The values that a binder takes, each with the condition under which it does.
  private struct Domain {
    let sort: ScalarSort
    let members: [(value: Term, isIn: Term)]
  }

  // MARK: Sets

  /// `{a, b}`, `1..5`, `{x in S where p}`.
  func inferSet(_ expression: Expression, _ hint: Shape?) -> ShapedTerm? {
    switch expression.kind {
    case .set(let elements): return literal(elements, hint, expression.span)
    case .setComprehension(let name, let domain, let filter):
      guard let over = self.domain(domain) else { return nil }
      var terms: [Term] = []
      for member in over.members {
        guard
          let isWanted = binding(
            name.text, over.sort, member.value,
            {
              condition(filter, "the condition of the set")
            })
        else { return nil }
        terms.append(.conjunction([member.isIn, isWanted]))
      }
      return ShapedTerm(.set(over.sort), terms)
    default:
      guard let over = domain(expression) else { return nil }
      return ShapedTerm(.set(over.sort), over.members.map(\.isIn))
    }
  }

  private func literal(_ items: [Expression], _ hint: Shape?, _ span: Span) -> ShapedTerm? {
    var sort: ScalarSort?
    if case .set(let wanted)? = hint { sort = wanted }
    if sort == nil, let first = items.first { sort = infer(first)?.scalar?.sort }
    guard let sort, model.bounds(sort) != nil else { return refuse(.setOfWhat(at: span)) }
    var values: [Term] = []
    for item in items {
      guard let value = check(item, as: .scalar(sort), "an element of the set") else { return nil }
      values.append(value.terms[0])
    }
    let terms = elements(sort).map { element in
      Term.disjunction(values.map { .equality($0, element) })
    }
    return ShapedTerm(.set(sort), terms)
  }

  func setOperation(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression, _ hint: Shape?,
    _ span: Span
  ) -> ShapedTerm? {
    guard let (a, b) = alike(left, right, span, hint: hint) else { return nil }
    guard case .set = a.shape else {
      return refuse(.notOfKind("a set", text(of: a.shape), at: left.span))
    }
    let terms = zip(a.terms, b.terms).map { left, right -> Term in
      switch operation {
      case .union: .disjunction([left, right])
      case .intersect: .conjunction([left, right])
      default: .conjunction([left, .negation(right)])
      }
    }
    return ShapedTerm(a.shape, terms)
  }

  /// `x in S`; of a literal or a range, without a limit on the type of x.
  func contains(_ element: Expression, _ set: Expression) -> Term? {
    switch set.kind {
    case .set(let items):
      var terms: [Term] = []
      for item in items {
        guard let (a, b) = alike(element, item, set.span) else { return nil }
        terms.append(.conjunction(zip(a.terms, b.terms).map { .equality($0, $1) }))
      }
      return .disjunction(terms)
    case .range(let lower, let upper):
      guard let (low, value, _) = numbers(lower, element, set.span),
        let (same, high, _) = numbers(element, upper, set.span)
      else { return nil }
      return .conjunction([
        .comparison(low, value, orEqual: true), .comparison(same, high, orEqual: true),
      ])
    default:
      guard let members = domain(set),
        let value = check(element, as: .scalar(members.sort), "looked for in the set")
      else { return nil }
      return .disjunction(
        members.members.map { .conjunction([.equality(value.terms[0], $0.value), $0.isIn]) })
    }
  }

  // MARK: Domains

  private func domain(_ expression: Expression) -> Domain? {
    if case .name(let name) = expression.kind, ["int", "real", "string"].contains(name) {
      report(.domainTooLarge("`\(name)` has no end", at: expression.span))
      return nil
    }
    if case .name(let name) = expression.kind, isTypeName(name),
      scope.allSatisfy({ $0.name != name })
    {
      guard let shape = shape(TypeSyntax(.named(name), expression.span)) else { return nil }
      return wholeDomain(shape, expression.span)
    }
    if case .range(let lower, let upper) = expression.kind {
      guard let low = constantInteger(lower), let high = constantInteger(upper) else { return nil }
      if low > high { return Domain(sort: .integer(0...0), members: []) }
      guard case (let last, false) = high.subtractingReportingOverflow(low), last < domainCountMax
      else {
        report(.domainTooLarge("what is gone through", at: expression.span))
        return nil
      }
      return wholeDomain(.scalar(.integer(low...high)), expression.span)
    }
    guard let set = infer(expression) else { return nil }
    guard case .set(let sort) = set.shape else {
      report(.notOfKind("a set", text(of: set.shape), at: expression.span))
      return nil
    }
    return Domain(
      sort: sort, members: zip(elements(sort), set.terms).map { (value: $0, isIn: $1) })
  }

  private func wholeDomain(_ shape: Shape, _ span: Span) -> Domain? {
    guard case .scalar(let sort) = shape, let bounds = model.bounds(sort),
      case (let last, false) = bounds.upperBound.subtractingReportingOverflow(bounds.lowerBound),
      last < domainCountMax
    else {
      report(.domainTooLarge("what is gone through", at: span))
      return nil
    }
    return Domain(sort: sort, members: elements(sort).map { (value: $0, isIn: .bool(true)) })
  }

  private func binding<Result>(
    _ name: String, _ sort: ScalarSort, _ value: Term, _ body: () -> Result
  ) -> Result {
    scope.append((name, ShapedTerm(sort, value)))
    defer { scope.removeLast() }
    return body()
  }

  // MARK: Quantifiers

  func inferQuantifier(
    _ quantifier: Quantifier, _ names: ArraySlice<Name>, _ domain: Expression,
    _ filter: Expression?, _ body: Expression
  ) -> ShapedTerm? {
    guard let name = names.first, let over = self.domain(domain) else { return nil }
    var parts: [(isIn: Term, value: ShapedTerm)] = []
    for member in over.members {
      let part = binding(name.text, over.sort, member.value) { () -> (Term, ShapedTerm)? in
        if names.count > 1 {
          return inferQuantifier(quantifier, names.dropFirst(), domain, filter, body)
            .map { (.bool(true), $0) }
        }
        let isWanted = filter.map { condition($0, "the condition of the quantifier") }
        if let isWanted, isWanted == nil { return nil }
        let value =
          quantifier == .sum
          ? infer(body) : check(body, as: .bool, "the body of the quantifier")
        return value.map { ((isWanted ?? .bool(true)) ?? .bool(true), $0) }
      }
      guard let part else { return nil }
      parts.append((.conjunction([member.isIn, part.0]), part.1))
    }
    return combined(quantifier, parts, isInner: names.count == 1, body.span)
  }

  private func combined(
    _ quantifier: Quantifier, _ parts: [(isIn: Term, value: ShapedTerm)], isInner: Bool,
    _ span: Span
  ) -> ShapedTerm? {
    switch quantifier {
    case .all:
      return ShapedTerm(
        .bool,
        .conjunction(parts.map { .disjunction([.negation($0.isIn), $0.value.terms[0]]) }))
    case .some:
      return ShapedTerm(
        .bool, .disjunction(parts.map { .conjunction([$0.isIn, $0.value.terms[0]]) }))
    case .count where isInner:
      return ShapedTerm(
        .integer(nil), count(parts.map { .conjunction([$0.isIn, $0.value.terms[0]]) }))
    case .count, .sum: return total(parts, span)
    }
  }

  private func total(
    _ parts: [(isIn: Term, value: ShapedTerm)], _ span: Span
  ) -> ShapedTerm? {
    var sum = ShapedTerm(.integer(nil), .integer(0))
    for part in parts {
      guard let (a, b, sort) = numbers(sum, part.value, span) else { return nil }
      let zero: Term = sort == .real ? .real("0") : .integer(0)
      sum = ShapedTerm(sort, .sum([a, .choice(part.isIn, b, zero)]))
    }
    return sum
  }

  /// `map k in K: e`.
  func inferMap(
    _ name: Name, _ domain: Expression, _ body: Expression, _ hint: Shape?, _ span: Span
  ) -> ShapedTerm? {
    guard let over = self.domain(domain) else { return nil }
    var wanted: Shape?
    if case .map(_, let value)? = hint { wanted = value }
    var terms: [Term] = []
    for member in over.members {
      guard member.isIn == .bool(true) else { return refuse(.domainTooLarge("keys", at: span)) }
      let value = binding(name.text, over.sort, member.value) { () -> ShapedTerm? in
        wanted.map { check(body, as: $0, "the value of the map") } ?? infer(body)
      }
      guard let value else { return nil }
      wanted = value.shape
      terms += value.terms
    }
    guard let wanted else { return refuse(.setOfWhat(at: span)) }
    return ShapedTerm(.map(key: over.sort, value: wanted), terms)
  }
}
