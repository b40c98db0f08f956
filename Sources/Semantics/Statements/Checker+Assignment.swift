import Diagnostics
import Syntax

extension Checker {
  mutating func assign(
    _ target: Expression, _ operation: AssignmentOperator, _ value: Expression, _ span: Span
  ) -> TypedStatement.Kind? {
    guard let place = place(target) else {
      if !needsContext(value) { _ = infer(value) }
      return nil
    }
    let role = "the value of `\(program.sources.text(of: target.span))`"
    guard operation != .set else {
      return check(value, as: place.type, role).map { .assign(place, $0) }
    }
    let hint = place.type.interval == nil ? place.type : nil
    guard let before = currentValue(place), let operand = infer(value, hint: hint),
      let result = applying(operation, before, operand, span),
      let converted = convert(result, to: place.type, role)
    else { return nil }
    return .assign(place, converted)
  }

  private func applying(
    _ operation: AssignmentOperator, _ a: TypedExpression, _ b: TypedExpression, _ span: Span
  ) -> TypedExpression? {
    if operation == .add { return sum(a, b, span) }
    for operand in [a, b] where operand.type.interval == nil {
      return refuse(
        .operand(
          operation.rawValue, spec.text(of: operand.type), needs: "integers", at: operand.span))
    }
    let arithmetics: [AssignmentOperator: Arithmetic] = [
      .subtract: .subtract, .multiply: .multiply, .divide: .divide, .remainder: .remainder,
    ]
    return arithmetics[operation].flatMap { arithmetic($0, a, b, span) }
  }

  /// What `+=` reads: the place as an expression.
  private func currentValue(_ place: Place) -> TypedExpression? {
    var value: TypedExpression
    switch place.root {
    case .local(let id):
      value = make(.local(id), spec.locals[id.index].type, place.span)
    case .variable(let id):
      guard let type = program.variableType(id) else { return nil }
      var owner: TypedExpression?
      if case .agent = program.declared.variables[id.index].owner {
        owner = ownIdentity(place.span)
      }
      value = make(.variable(id, of: owner), type, place.span)
    }
    for step in place.path {
      guard let next = stepped(value, step, place.span) else { return nil }
      value = next
    }
    return value
  }

  private func stepped(
    _ value: TypedExpression, _ step: Place.Step, _ span: Span
  ) -> TypedExpression? {
    switch (step, value.type) {
    case (.field(let index), .record(let id)):
      make(.field(value, index), spec.records[id.index].fields[index].type, span)
    case (.key(let key), .map(_, let type)): make(.lookup(value, key: key), type, span)
    case (.element(let index), .sequence(let type, _)):
      make(.element(value, index: index), type, span)
    default: nil
    }
  }

  /// Where an assignment writes; reports what cannot be written.
  private mutating func place(_ target: Expression) -> Place? {
    switch target.kind {
    case .name(let name): return root(name, target.span)
    case .member(let base, let member): return memberPlace(base, member, target.span)
    case .index(let base, let index): return indexPlace(base, index, target.span)
    case .error: return nil
    default:
      report(.assignsIntoOptional(program.sources.text(of: target.span), at: target.span))
      return nil
    }
  }

  private func root(_ name: String, _ span: Span) -> Place? {
    if let entry = scope[name] { return localRoot(name, entry, span) }
    if let variable = ownVariable(name) { return variableRoot(variable, span) }
    guard let symbol = program.symbols[name] else {
      let own = ownAgent.map { program.declared.agents[$0.index].variables.keys.sorted() } ?? []
      let qualified = program.owners(ofVariable: name)
      let suggestion =
        qualified.isEmpty
        ? closest(to: name, among: scope.names + own + program.symbols.keys.sorted()) : nil
      report(.unknownName(name, at: span, suggestion: suggestion, qualified: qualified))
      return nil
    }
    program.usage.names.insert(name)
    guard case .shared(let id) = symbol.kind else {
      report(.assignsConstant(name, symbol.description, at: span, declared: symbol.name.span))
      return nil
    }
    if case .monitor = region {
      report(.assignsForeign(name, inMonitor: true, at: span))
      return nil
    }
    return variableRoot(id, span)
  }

  private func localRoot(_ name: String, _ entry: Scope.Entry, _ span: Span) -> Place? {
    guard case .local(let id, let type, let isAssignable) = entry.binding else { return nil }
    guard isAssignable else {
      if type != nil {
        report(.assignsConstant(name, "a constant here", at: span, declared: entry.span))
      }
      return nil
    }
    guard let id, let type else { return nil }
    return Place(root: .local(id), path: [], type: type, span: span)
  }

  private func variableRoot(_ id: VariableID, _ span: Span) -> Place? {
    let variable = program.declared.variables[id.index].syntax
    if variable.storage == .input {
      report(.assignsInput(variable.name, at: span))
      return nil
    }
    guard let type = program.variableType(id) else { return nil }
    return Place(root: .variable(id), path: [], type: type, span: span)
  }

  private mutating func memberPlace(
    _ base: Expression, _ member: Name, _ span: Span
  ) -> Place? {
    if case .name(let name) = base.kind {
      if name == "self", let own = ownVariable(member.text) { return variableRoot(own, span) }
      if let symbol = symbolOutside(name) {
        switch symbol.kind {
        case .agent, .monitor:
          program.usage.names.insert(name)
          report(
            .assignsForeign(program.sources.text(of: span), inMonitor: region.isMonitor, at: span))
          return nil
        default: break
        }
      }
    }
    if let foreign = identity(base) {
      report(
        .assignsForeign(
          program.sources.text(of: span), inMonitor: region.isMonitor, at: foreign.span))
      return nil
    }
    guard let outer = place(base) else { return nil }
    guard case .record(let id) = outer.type else {
      if case .optional(.record) = outer.type {
        report(.assignsIntoOptional(program.sources.text(of: base.span), at: span))
      } else {
        report(
          .noMembers(
            spec.text(of: outer.type), program.sources.text(of: base.span), member, at: base.span))
      }
      return nil
    }
    let record = spec.records[id.index]
    guard let index = record.fields.firstIndex(where: { $0.name == member.text }) else {
      report(
        .unknownMember(
          member, of: record.name,
          suggestion: closest(to: member.text, among: record.fields.map(\.name))))
      return nil
    }
    return Place(
      root: outer.root, path: outer.path + [.field(index)], type: record.fields[index].type,
      span: span)
  }

  /// The base of a member where it is an agent: a family member or a binder of agent type.
  private mutating func identity(_ base: Expression) -> TypedExpression? {
    switch base.kind {
    case .name(let name):
      guard case .local(_, let type?, _)? = scope[name]?.binding, type.isAgent else { return nil }
      return infer(base)
    case .index(let family, _):
      guard case .name(let name) = family.kind, case .agent? = symbolOutside(name)?.kind else {
        return nil
      }
      return infer(base)
    default: return nil
    }
  }

  private mutating func indexPlace(
    _ base: Expression, _ index: Expression, _ span: Span
  ) -> Place? {
    guard let outer = place(base) else { return nil }
    switch outer.type {
    case .map(let keyType, let type):
      guard let key = check(index, as: keyType, "the key") else { return nil }
      return Place(root: outer.root, path: outer.path + [.key(key)], type: type, span: span)
    case .sequence(let type, _):
      guard let place = integer(index, "the place in a sequence") else { return nil }
      return Place(root: outer.root, path: outer.path + [.element(place)], type: type, span: span)
    default:
      report(.notIndexed(spec.text(of: outer.type), at: base.span))
      return nil
    }
  }
}

extension Region {
  var isMonitor: Bool {
    if case .monitor = self { return true }
    return false
  }
}
