import Diagnostics
import Syntax

extension Program {
  /// A function with its body typed; nil after an error.
  func function(_ id: FunctionID, at span: Span) -> Function? {
    let function = declared.functions[id.index]
    let typed = resolve(\.declared.functions[id.index].typed, function.name.text, at: span) {
      let outer = callHeight
      callHeight = 0
      defer { callHeight = outer }
      let result = self.typed(function, id)
      declared.functions[id.index].callHeight = callHeight
      return result
    }
    if let typed { spec.functions[id.index] = typed }
    return typed
  }

  /// The parameters and the result type of a function; nil after an error.
  func signature(_ id: FunctionID, at span: Span) -> (parameters: [LocalID], result: Type)? {
    let function = declared.functions[id.index]
    return resolve(\.declared.functions[id.index].signature, function.name.text, at: span) {
      let result = type(function.result)
      guard let fields = fields(function.parameters), let result else { return nil }
      let parameters = zip(fields, function.parameters).map { field, syntax in
        addLocal(syntax.name, field.type)
      }
      return (parameters, result)
    }
  }

  private func typed(_ function: Declared.Function, _ id: FunctionID) -> Function? {
    guard let signature = signature(id, at: function.name.span) else { return nil }
    var checker = Checker(self, .function)
    for (local, field) in zip(signature.parameters, function.parameters) {
      checker.declare(field.name, .local(local, spec.locals[local.index].type, isAssignable: false))
    }
    guard
      let body = checker.check(
        function.body, as: signature.result, "the result of `\(function.name.text)`")
    else { return nil }
    return Function(
      name: function.name.text, parameters: signature.parameters, body: body)
  }

  /// A new local of the spec.
  func addLocal(_ name: Name, _ type: Type) -> LocalID {
    spec.locals.append(Local(name: name.text, type: type, span: name.span))
    return LocalID(spec.locals.count - 1)
  }
}
