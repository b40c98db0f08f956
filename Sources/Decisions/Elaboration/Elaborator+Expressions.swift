import Diagnostics
import Syntax

extension Elaborator {
  /// The value of an expression as one of a shape; nil after an error.
  func check(_ expression: Expression, as shape: Shape, _ role: String) -> ShapedTerm? {
    guard let value = infer(expression, hint: shape) else { return nil }
    if let converted = converted(value, to: shape) { return converted }
    return refuse(
      .mismatchInClause(
        expected: text(of: shape), found: text(of: value.shape), role, at: expression.span))
  }

  /// Integers become reals where reals are wanted.
  func converted(_ value: ShapedTerm, to shape: Shape) -> ShapedTerm? {
    if value.shape.matches(shape) { return ShapedTerm(shape, value.terms) }
    if case (.scalar(.integer), .scalar(.real)) = (value.shape, shape) {
      return ShapedTerm(
        .real,
        value.terms[0].integerValue.map { .real("\($0)") }
          ?? .toReal(value.terms[0]))
    }
    return nil
  }

  func condition(_ expression: Expression, _ role: String) -> Term? {
    check(expression, as: .bool, role)?.terms[0]
  }

  /// The value of an expression; the hint is what the context would like, and decides which
  /// enumeration a case belongs to.
  func infer(_ expression: Expression, hint: Shape? = nil) -> ShapedTerm? {
    let span = expression.span
    budget -= 1
    guard budget > 0 else { return budget == 0 ? refuse(.clauseTooLarge(at: span)) : nil }
    switch expression.kind {
    case .integer(let value):
      return hint == .scalar(.real)
        ? ShapedTerm(.real, .real("\(value)")) : ShapedTerm(.integer(nil), .integer(value))
    case .real(let text): return ShapedTerm(.real, .real(text))
    case .string(let text): return ShapedTerm(.string, .string(text))
    case .boolean(let value): return ShapedTerm(.bool, .bool(value))
    case .name(let name): return inferName(name, hint, span)
    case .member(let base, let member): return inferMember(base, member, span)
    case .index(let base, let key): return inferLookup(base, key, span)
    case .call(let name, let arguments): return inferCall(name, arguments, span)
    case .unary(let operation, let operand): return inferUnary(operation, operand, hint)
    case .binary(let operation, let left, let right):
      return inferBinary(operation, left, right, hint, span)
    case .range, .set, .setComprehension: return inferSet(expression, hint)
    case .conditional(let condition, let then, let otherwise):
      return inferConditional(condition, then, otherwise, hint)
    case .quantifier(let quantifier, let names, let domain, let filter, let body):
      return inferQuantifier(quantifier, names[...], domain, filter, body)
    case .mapComprehension(let name, let domain, let body):
      return inferMap(name, domain, body, hint, span)
    case .none, .sequence, .unwrap, .inFlight, .temporal, .until, .leadsTo, .coalition:
      return refuse(.notForDecisions(at: span))
    case .error: return nil
    }
  }

  // MARK: Names

  private func inferName(_ name: String, _ hint: Shape?, _ span: Span) -> ShapedTerm? {
    if let bound = scope.last(where: { $0.name == name }) { return bound.value }
    if case .scalar(.enumeration(let index))? = hint, let value = caseValue(name, of: index) {
      return value
    }
    if let decision = decisions[name] {
      return untyped.contains(decision) ? nil : decisionValue(decision)
    }
    if case .value(let expression, let type)? = definitions[name] {
      return outsideScope {
        nested(name, span) {
          guard let type else { return infer(expression) }
          return shape(type).flatMap { check(expression, as: $0, "the value of `\(name)`") }
        }
      }
    }
    let owners = model.enumerations.indices.filter { model.enumerations[$0].cases.contains(name) }
    if owners.count == 1 { return caseValue(name, of: owners[0]) }
    if owners.count > 1 { return refuse(.ambiguousCase(name, at: span)) }
    if isTypeName(name) { return refuse(.typeAsValue(name, at: span)) }
    var values: [String] = []
    if case .scalar(.enumeration(let index))? = hint { values = model.enumerations[index].cases }
    return refuse(
      .unknownNameInClause(
        name, at: span, suggestion: closest(to: name, among: values + valueNames), values: values))
  }

  private var valueNames: [String] {
    scope.map(\.name) + decisions.keys.sorted() + definitions.keys.sorted()
      + model.enumerations.flatMap(\.cases)
  }

  private func caseValue(_ name: String, of index: Int) -> ShapedTerm? {
    model.enumerations[index].cases.firstIndex(of: name).map {
      ShapedTerm(.enumeration(index), .integer(Int64($0)))
    }
  }

  func isTypeName(_ name: String) -> Bool {
    switch definitions[name] {
    case .type, .enumeration, .record: true
    case .value, .function, nil: name == "bool"
    }
  }

  /// Definitions do not see the binders around their use.
  private func outsideScope<Result>(_ body: () -> Result) -> Result {
    let saved = scope
    scope = []
    defer { scope = saved }
    return body()
  }

  private func inferMember(_ base: Expression, _ member: Name, _ span: Span) -> ShapedTerm? {
    if case .name(let name) = base.kind, case .enumeration(let index)? = definitions[name] {
      return caseValue(member.text, of: index)
        ?? refuse(
          .unknownNameInClause(
            member.text, at: member.span,
            suggestion: closest(to: member.text, among: model.enumerations[index].cases)))
    }
    guard let value = infer(base) else { return nil }
    guard case .record(let index) = value.shape else {
      return refuse(.notOfKind("a record", text(of: value.shape), at: base.span))
    }
    var first = 0
    for field in records[index].fields {
      let width = width(field.shape)
      if field.name == member.text {
        return ShapedTerm(field.shape, Array(value.terms[first..<first + width]))
      }
      first += width
    }
    let names = records[index].fields.map(\.name)
    return refuse(
      .unknownNameInClause(
        member.text, at: member.span, suggestion: closest(to: member.text, among: names)))
  }

  private func inferLookup(_ base: Expression, _ key: Expression, _ span: Span) -> ShapedTerm? {
    guard let map = infer(base) else { return nil }
    guard case .map(let sort, let shape) = map.shape else {
      return refuse(.notOfKind("a map", text(of: map.shape), at: base.span))
    }
    guard let wanted = check(key, as: .scalar(sort), "the key of a map")?.terms[0] else {
      return nil
    }
    let width = width(shape)
    let parts = elements(sort).enumerated().map { place, element in
      (key: element, terms: Array(map.terms[place * width..<(place + 1) * width]))
    }
    if wanted.leaves.isEmpty, let known = wanted.integerValue {
      guard let part = parts.first(where: { $0.key == .integer(known) }) else {
        return refuse(.keyOutside(text(of: .scalar(sort)), at: key.span))
      }
      return ShapedTerm(shape, part.terms)
    }
    // A sum, say, may leave the range of the keys; a value of a bool or an enumeration cannot.
    if case .integer = sort {
      guard case .leaf(let leaf) = wanted, let keys = model.bounds(sort),
        let values = model.bounds(model.leaves[leaf.index].sort), keys.contains(values.lowerBound),
        keys.contains(values.upperBound)
      else { return refuse(.keyOutside(text(of: .scalar(sort)), at: key.span)) }
    }
    return chosen(parts, by: wanted, shape)
  }

  private func chosen(
    _ parts: [(key: Term, terms: [Term])], by key: Term, _ shape: Shape
  ) -> ShapedTerm {
    var terms = parts[parts.count - 1].terms
    for part in parts.dropLast().reversed() {
      terms = zip(part.terms, terms).map { .choice(.equality(key, part.key), $0, $1) }
    }
    return ShapedTerm(shape, terms)
  }

  // MARK: Calls

  private func inferCall(_ name: Name, _ arguments: [Argument], _ span: Span) -> ShapedTerm? {
    switch definitions[name.text] {
    case .function(let parameters, let result, let body):
      guard let values = fields(parameters, arguments, name, span) else { return nil }
      let saved = scope
      defer { scope = saved }
      scope = zip(parameters, values).map { ($0.name.text, $1) }
      return nested(name.text, span) {
        shape(result).flatMap { check(body, as: $0, "the value of `\(name.text)`") }
      }
    case .record(let syntax):
      guard let values = fields(syntax, arguments, name, span),
        let shape = shape(TypeSyntax(.named(name.text), name.span))
      else { return nil }
      return ShapedTerm(shape, values.flatMap(\.terms))
    default: break
    }
    switch name.text {
    case "size" where arguments.count == 1: return inferSize(arguments[0].value)
    case "min" where arguments.count > 1: return inferExtremum(arguments, isMaximum: false, span)
    case "max" where arguments.count > 1: return inferExtremum(arguments, isMaximum: true, span)
    default:
      let known = definitions.keys.sorted() + ["max", "min", "size"]
      let isLength = ["len", "length", "count", "cardinality"].contains(name.text.lowercased())
      return refuse(
        .unknownNameInClause(
          name.text, at: name.span,
          suggestion: isLength ? "size" : closest(to: name.text, among: known)))
    }
  }

  /// The arguments in the order of the fields.
  private func fields(
    _ fields: [FieldSyntax], _ arguments: [Argument], _ name: Name, _ span: Span
  ) -> [ShapedTerm]? {
    guard fields.count == arguments.count else {
      report(.argumentCount(name.text, fields.count, found: arguments.count, at: span))
      return nil
    }
    var values: [ShapedTerm] = []
    for (index, field) in fields.enumerated() {
      let labelled = arguments.first { $0.label?.text == field.name.text }
      let argument = labelled ?? arguments[index]
      if labelled == nil, let label = argument.label {
        report(
          .unknownNameInClause(
            label.text, at: label.span,
            suggestion: closest(to: label.text, among: fields.map(\.name.text))))
        return nil
      }
      guard let shape = shape(field.type),
        let value = check(argument.value, as: shape, "`\(field.name.text)` of `\(name.text)`")
      else { return nil }
      values.append(value)
    }
    return values
  }

  private func inferSize(_ argument: Expression) -> ShapedTerm? {
    guard let set = infer(argument) else { return nil }
    guard case .set = set.shape else {
      return refuse(.notOfKind("a set", text(of: set.shape), at: argument.span))
    }
    return ShapedTerm(.integer(nil), count(set.terms))
  }

  func count(_ conditions: [Term]) -> Term {
    .sum(conditions.map { .choice($0, .integer(1), .integer(0)) })
  }

  private func inferExtremum(
    _ arguments: [Argument], isMaximum: Bool, _ span: Span
  ) -> ShapedTerm? {
    var best: ShapedTerm?
    for argument in arguments {
      guard let value = infer(argument.value) else { return nil }
      guard let left = best else {
        best = value
        continue
      }
      guard let (a, b, sort) = numbers(left, value, span) else { return nil }
      let isFirst = Term.comparison(isMaximum ? b : a, isMaximum ? a : b, orEqual: true)
      best = ShapedTerm(sort, .choice(isFirst, a, b))
    }
    return best
  }
}
