import Diagnostics
import Semantics

extension Execution {
  /// The value of an expression, left to right.
  func evaluate(_ expression: TypedExpression) throws(Interruption) -> Value {
    let span = expression.span
    switch expression.kind {
    case .boolean(let value): return .bool(value)
    case .integer(let value): return .integer(value)
    case .enumerationCase(let index): return .enumeration(index)
    case .agent(let identity): return .agent(identity)
    case .none: return .none
    case .some(let inner): return .some(try evaluate(inner))
    case .convert(let inner):
      let value = try evaluate(inner)
      guard domain.contains(value, in: expression.type) else { throw .evaluation(span) }
      return value
    case .local(let id): return read(id)
    case .variable(let id, let owner): return try read(id, of: owner)
    case .selfAgent: return .agent(acting)
    case .sender: return .agent(senderAtHand)
    case .unwrap(let inner):
      guard case .some(let value) = try evaluate(inner) else { throw .evaluation(span) }
      return value
    case .not(let inner): return .bool(!(try evaluate(inner).truth))
    case .connective(let connective, let left, let right):
      return try evaluate(connective, left, right)
    case .equal(let left, let right): return .bool(try evaluate(left) == evaluate(right))
    case .notEqual(let left, let right): return .bool(try evaluate(left) != evaluate(right))
    case .conditional(let condition, let yes, let no):
      return try evaluate(condition).truth ? evaluate(yes) : evaluate(no)
    case .record(let fields): return .record(try evaluate(all: fields))
    case .call(let id, let arguments): return try call(spec.functions[id.index], arguments)
    case .status(let status, let of): return .bool(has(status, try evaluate(of).identity))
    case .quiescent: return .bool(isQuiescent())
    case .coherent: return .bool(claimsAtHand.isCoherent(state.claims))
    case .determined(let decision):
      return .bool(claimsAtHand.isDetermined(decision, by: state.claims))
    case .inFlight(let type): return .bool(state.messages.contains { $0.type == type })
    case .index(let inner):
      let identity = try evaluate(inner).identity
      return .integer(Int64(identity - interpreter.declarations[identity].first))
    case .member(let id, let inner):
      let place = try evaluate(inner).integer
      let family = spec.agents[id.index]
      guard place >= 0, place < Int64(family.count) else { throw .evaluation(span) }
      return .agent(family.first + Int(place))
    case .negate, .compare, .arithmetic, .extremum, .extremumOfSet:
      return try evaluateArithmetic(expression)
    case .field, .lookup, .element, .contains, .setOperation, .allValues, .range, .set,
      .setComprehension, .sequence, .concatenate, .mapComprehension, .quantifier, .size, .first,
      .rest:
      return try evaluateCollection(expression)
    }
  }

  func evaluate(all expressions: [TypedExpression]) throws(Interruption) -> [Value] {
    var values: [Value] = []
    for expression in expressions { values.append(try evaluate(expression)) }
    return values
  }

  private var acting: Int {
    guard let agent else { preconditionFailure("self outside of an agent") }
    return agent
  }

  private var claimsAtHand: Claims {
    guard let claims = interpreter.claims else { preconditionFailure("too much to try") }
    return claims
  }

  private var senderAtHand: Int {
    guard let sender else { preconditionFailure("sender without a message at hand") }
    return sender
  }

  private func read(_ local: LocalID) -> Value {
    guard let value = locals[local.index] else {
      preconditionFailure("local \(spec.locals[local.index].name) is read before it is bound")
    }
    return value
  }

  private func read(
    _ variable: VariableID, of owner: TypedExpression?
  ) throws(Interruption) -> Value {
    var identity: Int?
    if let owner { identity = try evaluate(owner).identity }
    return state.variables[interpreter.slot(of: variable, identity: identity)]
  }

  private func evaluate(
    _ connective: Connective, _ left: TypedExpression, _ right: TypedExpression
  ) throws(Interruption) -> Value {
    let first = try evaluate(left).truth
    switch connective {
    case .and: return first ? try evaluate(right) : .bool(false)
    case .or: return first ? .bool(true) : try evaluate(right)
    case .implies: return first ? try evaluate(right) : .bool(true)
    case .iff: return .bool(first == (try evaluate(right).truth))
    }
  }

  private func call(
    _ function: Function, _ arguments: [TypedExpression]
  ) throws(Interruption) -> Value {
    let values = try evaluate(all: arguments)
    let saved = function.parameters.map { locals[$0.index] }
    for (parameter, value) in zip(function.parameters, values) { locals[parameter.index] = value }
    let result = try evaluate(function.body)
    for (parameter, value) in zip(function.parameters, saved) { locals[parameter.index] = value }
    return result
  }

  private func has(_ status: AgentStatus, _ identity: Int) -> Bool {
    let lifecycle = state.agents[identity].lifecycle
    switch status {
    case .crashed: return lifecycle == .crashed || lifecycle == .down
    case .stopped: return lifecycle == .stopped
    case .byzantine: return lifecycle == .byzantine
    }
  }
}
