extension ConstantEvaluator {
  /// The value of an expression that makes or takes apart a structured value.
  mutating func structureValue(_ e: TypedExpression) throws(EvaluationFailure) -> Value {
    switch e.kind {
    case .field(let base, let index):
      guard case .record(let values) = try evaluate(base) else { throw failure(.notConstant, e) }
      return values[index]
    case .unwrap(let inner):
      guard case .some(let value) = try evaluate(inner) else {
        throw failure(.unwrappedNone, e)
      }
      return value
    case .lookup(let map, let key): return try lookup(map, key, e)
    case .element(let sequence, let index):
      let values = try list(sequence)
      let place = try integer(index)
      guard place >= 0, place < Int64(values.count) else { throw failure(.indexOutOfBounds, e) }
      return values[Int(place)]
    case .first(let inner):
      guard let value = try list(inner).first else { throw failure(.indexOutOfBounds, e) }
      return value
    case .rest(let inner):
      let values = try list(inner)
      if values.isEmpty { throw failure(.indexOutOfBounds, e) }
      return .sequence(Array(values.dropFirst()))
    case .record(let fields): return .record(try evaluateAll(fields))
    case .sequence(let elements): return .sequence(try evaluateAll(elements))
    case .concatenate(let left, let right): return .sequence(try list(left) + list(right))
    case .mapComprehension(let binder, let body): return try comprehend(binder, body, e)
    case .member(let agent, let index): return try member(agent, integer(index), e)
    case .call(let function, let arguments):
      return try call(function, evaluateAll(arguments), e)
    default: throw failure(.notConstant, e)
    }
  }

  private mutating func evaluateAll(
    _ expressions: [TypedExpression]
  ) throws(EvaluationFailure) -> [Value] {
    var values: [Value] = []
    for expression in expressions { values.append(try evaluate(expression)) }
    return values
  }

  mutating func list(_ e: TypedExpression) throws(EvaluationFailure) -> [Value] {
    guard case .sequence(let values) = try evaluate(e) else { throw failure(.notConstant, e) }
    return values
  }

  private mutating func lookup(
    _ map: TypedExpression, _ key: TypedExpression, _ e: TypedExpression
  ) throws(EvaluationFailure) -> Value {
    guard case .map(let values) = try evaluate(map), case .map(let keyType, _) = map.type else {
      throw failure(.notConstant, e)
    }
    let wanted = try evaluate(key)
    guard let place = try self.values(of: keyType, e).firstIndex(of: wanted) else {
      throw failure(.indexOutOfBounds, e)
    }
    return values[place]
  }

  private mutating func comprehend(
    _ binder: LocalID, _ body: TypedExpression, _ e: TypedExpression
  ) throws(EvaluationFailure) -> Value {
    guard case .map(let key, _) = e.type else { throw failure(.notConstant, e) }
    var values: [Value] = []
    for value in try self.values(of: key, e) {
      locals[binder] = value
      values.append(try evaluate(body))
    }
    return .map(values)
  }

  private func member(
    _ agent: AgentID, _ index: Int64, _ e: TypedExpression
  ) throws(EvaluationFailure) -> Value {
    let declaration = spec.agents[agent.index]
    guard index >= 0, index < Int64(declaration.count) else {
      throw failure(.indexOutOfBounds, e)
    }
    return .agent(declaration.first + Int(index))
  }

  private mutating func call(
    _ id: FunctionID, _ arguments: [Value], _ e: TypedExpression
  ) throws(EvaluationFailure) -> Value {
    guard let function = program.function(id, at: e.span) else { throw failure(.notConstant, e) }
    let before = locals
    for (parameter, value) in zip(function.parameters, arguments) { locals[parameter] = value }
    let result = try evaluate(function.body)
    locals = before
    return result
  }
}
