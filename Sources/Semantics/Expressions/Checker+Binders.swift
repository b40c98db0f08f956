import Diagnostics
import Syntax

extension Checker {
  /// Binds a name that was declared before.
  mutating func declare(_ name: Name, _ binding: Scope.Binding) {
    if name.text == "_" { return }
    if let entry = scope.inBlock(name.text) {
      report(.duplicateInBlock(name, earlier: entry.span))
    } else if let symbol = program.symbols[name.text] {
      if case .shared = symbol.kind {
        report(.shadows(name, "a shared variable", symbol.name.span))
      } else {
        report(.nameTaken(name, by: symbol))
      }
    } else if reservedNames.contains(name.text) {
      report(.reservedName(name))
    } else if let variable = ownVariable(name.text) {
      let earlier = program.declared.variables[variable.index].syntax.name.span
      report(.shadows(name, "a variable", earlier))
    } else if let entry = scope[name.text] {
      report(.shadows(name, "an outer name", entry.span))
    }
    scope.bind(name.text, binding, at: name.span)
  }

  /// A new local of that name and type; nil type after an error.
  @discardableResult
  mutating func bind(_ name: Name, _ type: Type?, isAssignable: Bool = false) -> LocalID? {
    let id = type.map { program.addLocal(name, $0) }
    declare(name, .local(id, type, isAssignable: isAssignable))
    return id
  }

  mutating func inferSetComprehension(
    _ name: Name, _ domain: Expression, _ filter: Expression, _ span: Span
  ) -> TypedExpression? {
    let set = infer(domain)
    if let set, set.type.element == nil {
      return refuse(
        .notASet(
          spec.text(of: set.type), isSequence: false, text: program.sources.text(of: set.span),
          at: set.span))
    }
    scope.enter()
    defer { scope.leave() }
    let binder = bind(name, set?.type.element)
    let test = condition(filter, "the filter of a set")
    guard let set, let binder, let test else { return nil }
    return make(.setComprehension(binder, domain: set, filter: test), set.type, span)
  }

  mutating func inferMapComprehension(
    _ name: Name, _ domain: Expression, _ body: Expression, _ hint: Type?, _ span: Span
  ) -> TypedExpression? {
    let keys = inferDomain(domain)
    guard let keys, let key = keys.type.element else { return nil }
    var type = key
    switch keys.kind {
    case .allValues: break
    case .range:
      guard case .set(let values)? = program.valueIfConstant(keys),
        case .integer(let least)? = values.first, case .integer(let greatest)? = values.last
      else { return refuse(.mapOverSet(at: domain.span)) }
      type = .integer(lower: least, upper: greatest)
    default: return refuse(.mapOverSet(at: domain.span))
    }
    guard program.requireSmall(type, "the keys of a map", at: domain.span) else { return nil }
    var valueHint: Type?
    if case .map(_, let value)? = hint?.unwrapped { valueHint = value }
    scope.enter()
    defer { scope.leave() }
    let binder = bind(name, type)
    guard let value = infer(body, hint: valueHint), let binder else { return nil }
    var item = value
    if let valueHint, spec.fits(value.type, in: valueHint),
      let fitting = spec.converted(value, to: valueHint)
    {
      item = fitting
    }
    return make(.mapComprehension(binder, item), .map(key: type, value: item.type), span)
  }

  /// `all a, b in S where p: e` nests; of `count`, all but the innermost add up.
  mutating func inferQuantifier(
    _ quantifier: Quantifier, _ names: ArraySlice<Name>, _ domain: Expression,
    _ filter: Expression?, _ body: Expression, _ span: Span
  ) -> TypedExpression? {
    guard let name = names.first else { return nil }
    let values = inferDomain(domain, takesSequence: true)
    scope.enter()
    defer { scope.leave() }
    let binder = bind(name, values?.type.walked)
    let isInnermost = names.count == 1
    let role = "the filter of `\(quantifier.rawValue)`"
    let test = isInnermost ? filter.map { condition($0, role) } : nil
    let value =
      isInnermost
      ? quantified(quantifier, body)
      : inferQuantifier(quantifier, names.dropFirst(), domain, filter, body, span)
    guard let values, let binder, let value else { return nil }
    if let test, test == nil { return nil }
    let outer = !isInnermost && quantifier == .count ? .sum : quantifier
    return make(
      .quantifier(outer, binder, domain: values, filter: test ?? nil, value),
      quantifiedType(outer, value.type, lengthMax(values.type)), span)
  }

  private mutating func quantified(
    _ quantifier: Quantifier, _ body: Expression
  ) -> TypedExpression? {
    guard quantifier == .sum else {
      return condition(body, "the body of `\(quantifier.rawValue)`")
    }
    guard let value = infer(body) else { return nil }
    if value.type.interval != nil { return value }
    return refuse(.operand("sum", spec.text(of: value.type), needs: "integers", at: value.span))
  }

  /// How many values there are at most to walk through.
  private func lengthMax(_ domain: Type) -> Int {
    if case .sequence(_, let capacity) = domain { return capacity }
    return domain.element.map { spec.cardinality(of: $0) } ?? 0
  }

  private func quantifiedType(_ quantifier: Quantifier, _ body: Type, _ count: Int) -> Type {
    let many = Interval(0, Int64(count))
    switch quantifier {
    case .all, .some: return .bool
    case .count: return many.type
    case .sum: return (body.interval ?? many).applying(.multiply, many).type
    }
  }
}
