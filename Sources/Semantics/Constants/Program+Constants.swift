import Diagnostics
import Syntax

extension Program {
  /// The value of an expression that must not depend on the state; nil after an error.
  func constantInteger(_ expression: Expression) -> Int64? {
    var checker = Checker(self, .constant)
    guard let typed = checker.infer(expression) else { return nil }
    guard case .integer = typed.type else {
      report(.mismatch(expected: "an integer", found: spec.text(of: typed.type), at: typed.span))
      return nil
    }
    guard case .integer(let value) = constantValue(typed) else { return nil }
    return value
  }

  /// The constant value of a typed expression; nil after an error, which is reported.
  func constantValue(_ typed: TypedExpression) -> Value? {
    var evaluator = ConstantEvaluator(program: self)
    do throws(EvaluationFailure) {
      return try evaluator.evaluate(typed)
    } catch {
      report(.notEvaluated(error))
      return nil
    }
  }

  /// The constant value of a typed expression, where it has one.
  func valueIfConstant(_ typed: TypedExpression) -> Value? {
    var evaluator = ConstantEvaluator(program: self, budget: 10_000)
    return try? evaluator.evaluate(typed)
  }

  /// A constant, as the expression that stands for it at every use.
  func constant(_ index: Int, at span: Span) -> TypedExpression? {
    let constant = declared.constants[index]
    return resolve(\.declared.constants[index].value, constant.name.text, at: span) {
      var checker = Checker(self, .constant)
      guard let typed = checker.infer(constant.expression), let value = constantValue(typed)
      else { return nil }
      return value.holdsMap ? typed : spec.expression(value, typed.type, typed.span)
    }
  }

  /// A parameter's value in force, as a constant expression.
  func parameter(_ index: Int, at span: Span) -> TypedExpression? {
    let parameter = declared.parameters[index]
    return resolve(\.declared.parameters[index].value, parameter.name.text, at: span) {
      guard let type = type(parameter.type) else { return nil }
      switch type {
      case .bool, .integer, .enumeration: break
      default:
        report(.parameterType(spec.text(of: type), at: parameter.type.span))
        return nil
      }
      guard let value = parameterValue(parameter, type) else { return nil }
      return spec.expression(value, exactType(value, type), parameter.name.span)
    }
  }

  /// The exact interval, of an integer.
  private func exactType(_ value: Value, _ type: Type) -> Type {
    if case .integer(let integer) = value { return .constant(integer) }
    return type
  }

  /// From the command line, else the check, else the default; each is looked at, to report errors.
  /// After an error the next best value stands, so that the rest can be looked at.
  private func parameterValue(_ parameter: Declared.Parameter, _ type: Type) -> Value? {
    var value = settingValue(parameter, type, parameter.defaultValue)
    let name = parameter.name.text
    for check in declared.checks {
      for case .set(let target, let expression) in check.items.map(\.kind)
      where target.text == name {
        let own = settingValue(parameter, type, expression)
        if check.name.text == configuration.check { value = own ?? value }
      }
    }
    if let override = configuration.overrides.last(where: { $0.name == name }) {
      value = overridingValue(parameter, type, override.value) ?? value
    }
    return value
  }

  private func settingValue(
    _ parameter: Declared.Parameter, _ type: Type, _ expression: Expression
  ) -> Value? {
    var checker = Checker(self, .constant)
    guard let typed = checker.infer(expression, hint: type) else { return nil }
    guard spec.hasShape(typed.type, of: type) else {
      report(
        .mismatch(
          expected: spec.text(of: type), found: spec.text(of: typed.type), at: expression.span,
          notes: ["`\(parameter.name.text)` is declared as \(spec.text(of: type))"]))
      return nil
    }
    guard let value = constantValue(typed) else { return nil }
    if !ConstantEvaluator(program: self).belongs(value, to: type) {
      report(
        .parameterOutOfRange(
          parameter.name, value: spec.text(of: value, type), range: spec.text(of: type),
          at: expression.span))
      return nil
    }
    return value
  }

  private func overridingValue(
    _ parameter: Declared.Parameter, _ type: Type, _ text: String
  ) -> Value? {
    let value: Value? =
      switch type {
      case .bool: Bool(text).map { .boolean($0) }
      case .integer: Int64(text).map { .integer($0) }
      case .enumeration(let id):
        spec.enumerations[id.index].cases.firstIndex(of: text).map { .enumerationCase($0) }
      default: nil
      }
    if let value, ConstantEvaluator(program: self).belongs(value, to: type) { return value }
    report(.overrideOutOfRange(parameter.name, value: text, range: allowedValues(of: type)))
    return nil
  }

  /// What an override may say.
  private func allowedValues(of type: Type) -> String {
    switch type {
    case .bool: "true or false"
    case .enumeration(let id): spec.enumerations[id.index].cases.joined(separator: ", ")
    default: spec.text(of: type)
    }
  }
}

extension Value {
  /// Whether a map is part of it: a map has no literal, so that it stays an expression.
  var holdsMap: Bool {
    switch self {
    case .map: true
    case .some(let value): value.holdsMap
    case .set(let values), .sequence(let values), .record(let values):
      values.contains { $0.holdsMap }
    default: false
    }
  }
}
