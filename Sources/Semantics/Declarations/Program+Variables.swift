import Diagnostics
import Syntax

extension Program {
  /// Numbers the variables: shared ones, then each agent's, then each monitor's.
  func declareVariables(_ files: [FileSyntax]) {
    let declarations = files.flatMap(\.declarations)
    for case .shared(let variable) in declarations.map(\.kind) { declareShared(variable) }
    for index in declared.agents.indices {
      for variable in declared.agents[index].syntax.variables {
        declareOwn(variable, .agent(AgentID(index)), \.declared.agents[index].variables)
      }
    }
    var index = 0
    for case .monitor(_, let variables, _) in declarations.map(\.kind) {
      for variable in variables {
        declareOwn(variable, .monitor(MonitorID(index)), \.declared.monitors[index].variables)
      }
      index += 1
    }
  }

  private func add(_ variable: VariableSyntax, _ owner: Variable.Owner) -> VariableID {
    declared.variables.append(.init(syntax: variable, owner: owner))
    return VariableID(declared.variables.count - 1)
  }

  private func declareShared(_ variable: VariableSyntax) {
    let name = variable.name
    let id = add(variable, .shared)
    if reservedNames.contains(name.text) { report(.reservedName(name)) }
    if let earlier = symbols[name.text] {
      report(.duplicateName(name, earlier: earlier))
    } else {
      symbols[name.text] = Symbol(kind: .shared(id), name: name)
    }
  }

  private func declareOwn(
    _ variable: VariableSyntax, _ owner: Variable.Owner,
    _ table: ReferenceWritableKeyPath<Program, [String: VariableID]>
  ) {
    let name = variable.name
    let id = add(variable, owner)
    if let earlier = self[keyPath: table][name.text] {
      let span = declared.variables[earlier.index].syntax.name.span
      report(.duplicate("variable", name, earlier: span))
      return
    }
    self[keyPath: table][name.text] = id
    let isStatus = statusNames.contains { $0.name == name.text }
    if reservedNames.contains(name.text) || isStatus {
      report(.reservedName(name))
    } else if let symbol = symbols[name.text] {
      if case .shared = symbol.kind {
        report(.shadows(name, "a shared variable", symbol.name.span))
      } else {
        report(.nameTaken(name, by: symbol))
      }
    }
  }

  func variableType(_ id: VariableID) -> Type? {
    // Nearly always it is known, and key paths are made anew each time.
    if case .resolved(let type) = declared.variables[id.index].type { return type }
    let variable = declared.variables[id.index].syntax
    return resolve(
      \.declared.variables[id.index].type, variable.name.text, at: variable.name.span
    ) { type(variable.type) }
  }

  /// Types all variables with their initialisers.
  func checkVariables() {
    for index in declared.variables.indices {
      if let variable = typed(VariableID(index)) { spec.variables.append(variable) }
    }
  }

  private func typed(_ id: VariableID) -> Variable? {
    let (syntax, owner) = (declared.variables[id.index].syntax, declared.variables[id.index].owner)
    guard let type = variableType(id), let initializer = initializer(of: syntax, id, type)
    else { return nil }
    return Variable(
      name: syntax.name.text, owner: owner, type: type, initializer: initializer,
      isInput: syntax.storage == .input, isDurable: syntax.storage == .durable,
      documentation: syntax.documentation, span: syntax.name.span)
  }

  private func initializer(
    of variable: VariableSyntax, _ id: VariableID, _ type: Type
  ) -> Variable.Initializer? {
    switch variable.initializer {
    case .none:
      if variable.storage == .input { return .any(where: nil) }
      guard let value = defaultValue(of: type, at: variable.name.span) else {
        report(.noDefault(variable.name, spec.text(of: type), type.example(in: spec)))
        return nil
      }
      return .value(value)
    case .value(let expression):
      var checker = Checker(self, .initializer(id, readsItself: false))
      return checker.initialValue(expression, type, variable.name).map { .value($0) }
    case .any(let filter):
      guard let filter else { return .any(where: nil) }
      var checker = Checker(self, .initializer(id, readsItself: true))
      return checker.condition(filter, "the filter of `any`").map { .any(where: $0) }
    }
  }

  /// What a variable without an initialiser starts as: `none`, `{}`, `[]`, `false`, and records and
  /// maps of these.
  func defaultValue(of type: Type, at span: Span) -> TypedExpression? {
    switch type {
    case .bool: TypedExpression(.boolean(false), type, span)
    case .optional: TypedExpression(.none, type, span)
    case .set: TypedExpression(.set([]), type, span)
    case .sequence: TypedExpression(.sequence([]), type, span)
    case .record(let id):
      defaultFields(spec.records[id.index], at: span).map {
        TypedExpression(.record($0), type, span)
      }
    case .map(let key, let value):
      defaultValue(of: value, at: span).map {
        TypedExpression(.mapComprehension(addLocal(Name("key", span), key), $0), type, span)
      }
    default: nil
    }
  }

  private func defaultFields(_ record: RecordType, at span: Span) -> [TypedExpression]? {
    let values = record.fields.compactMap { defaultValue(of: $0.type, at: span) }
    return values.count == record.fields.count ? values : nil
  }
}

extension Type {
  /// A value of the type as one might write it.
  func example(in spec: TypedSpec) -> String? {
    switch self {
    case .integer(let lower, _): "\(lower)"
    case .enumeration(let id): spec.enumerations[id.index].cases.first
    case .agent(let first, _): spec.name(ofAgent: first)
    case .map(_, let value): value.example(in: spec)
    default: nil
    }
  }
}

extension Checker {
  /// The value a variable starts with. Of a map, one value stands for that value at every key.
  mutating func initialValue(
    _ expression: Expression, _ type: Type, _ name: Name
  ) -> TypedExpression? {
    var innermost = type
    if case .mapComprehension = expression.kind {
    } else {
      while case .map(_, let value) = innermost { innermost = value }
    }
    guard let value = infer(expression, hint: innermost),
      let initial = spread(value, over: type, "the initial value of `\(name.text)`")
    else { return nil }
    if let constant = neverFits(value, type) {
      report(.initialOutOfRange(name, constant, spec.text(of: type), at: value.span))
      return nil
    }
    return initial
  }

  private mutating func spread(
    _ value: TypedExpression, over type: Type, _ role: String
  ) -> TypedExpression? {
    guard case .map(let key, let inner) = type else { return convert(value, to: type, role) }
    if case .map = value.type { return convert(value, to: type, role) }
    guard let item = spread(value, over: inner, role) else { return nil }
    let binder = program.addLocal(Name("key", value.span), key)
    return make(.mapComprehension(binder, item), type, value.span)
  }

  /// The text of a constant that is no value of the type.
  private func neverFits(_ value: TypedExpression, _ type: Type) -> String? {
    guard value.type.interval != nil, case .integer(let integer)? = program.valueIfConstant(value)
    else { return nil }
    var target = type.unwrapped
    while case .map(_, let inner) = target { target = inner.unwrapped }
    guard let range = target.interval else { return nil }
    return range.lower <= integer && integer <= range.upper ? nil : "\(integer)"
  }
}
