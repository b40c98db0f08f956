import Diagnostics
import Semantics
import Syntax
import TransitionSystem

extension CodeLowering {
  func cell(_ expression: TypedExpression) -> ProgramExpression { lower(expression).cell }

  func lower(_ expression: TypedExpression) -> Value {
    let type = expression.type
    switch expression.kind {
    case .boolean(let value): return Value(type, .constant(value ? 1 : 0))
    case .integer(let value): return Value(.integer(lower: value, upper: value), .constant(value))
    case .enumerationCase(let index): return Value(type, .constant(Int64(index)))
    case .agent(let identity): return Value(type, .constant(Int64(identity)))
    case .none: return none(of: type)
    case .some(let payload): return some(lower(payload), of: type)
    case .convert(let value): return convert(value, to: type, span: expression.span)
    case .local, .variable, .field, .lookup, .element, .unwrap: return lowerPath(expression)
    case .selfAgent: return Value(type, .constant(Int64(actor ?? 0)))
    case .sender: return sender ?? Value(type, .constant(Int64(actor ?? 0)))
    case .not(let operand): return Value(.bool, .not(cell(operand)))
    case .connective(let connective, let left, let right):
      return Value(.bool, lower(connective, left, right))
    case .equal(let left, let right): return Value(.bool, equality(left, right))
    case .notEqual(let left, let right): return Value(.bool, .not(equality(left, right)))
    case .compare(let comparison, let left, let right):
      return Value(.bool, lower(comparison, left, right))
    case .arithmetic(let operation, let left, let right):
      return arithmetic(operation, lower(left), lower(right), type, expression.span)
    case .negate(let operand): return negate(lower(operand), expression.span)
    case .conditional(let condition, let yes, let no):
      return conditional(condition, yes, no, type)
    case .record(let fields): return Value(type, fields.flatMap { bind(lower($0)).cells })
    case .call(let function, let arguments): return call(function, arguments)
    case .status(let status, let agent): return Value(.bool, self.status(status, of: agent))
    case .quiescent: return Value(.bool, .quiescent)
    case .coherent: return Value(.bool, .not(ask(.clash, expression.span)))
    case .determined(let decision):
      let isCoherent = ProgramExpression.not(ask(.clash, expression.span))
      return Value(.bool, .and(isCoherent, ask(.forces(decision), expression.span)))
    case .inFlight(let message): return Value(.bool, inFlight(message))
    default: return lowerCollection(expression)
    }
  }

  /// Sets, sequences, maps, quantifiers, identities.
  private func lowerCollection(_ expression: TypedExpression) -> Value {
    let type = expression.type
    let span = expression.span
    switch expression.kind {
    case .contains(let element, let set): return Value(.bool, contains(element, set))
    case .setOperation, .allValues, .range, .set, .setComprehension:
      return lowerSet(expression)
    case .sequence(let elements): return sequence(elements, type)
    case .concatenate(let left, let right): return concatenate(lower(left), lower(right), type)
    case .mapComprehension(let local, let body): return mapComprehension(local, body, type)
    case .quantifier: return quantify(expression)
    case .extremum(let extremum, let operands): return self.extremum(extremum, operands)
    case .extremumOfSet(let extremum, let set): return extremumOfSet(extremum, set, span)
    case .size(let collection): return size(collection)
    case .first(let sequence): return first(sequence, span)
    case .rest(let sequence): return rest(sequence, span)
    case .index(let agent): return index(lower(agent))
    case .member(let family, let place): return member(family, lower(place), span)
    default: return Value(type, .no)
    }
  }

  private func call(_ function: FunctionID, _ arguments: [TypedExpression]) -> Value {
    let function = spec.functions[function.index]
    let values = arguments.map { bind(lower($0)) }
    for (parameter, value) in zip(function.parameters, values) {
      locals[parameter] = .value(value)
    }
    let outer = isNarrowed
    isNarrowed = false
    defer { isNarrowed = outer }
    return lower(function.body)
  }

  /// `index(n)`.
  private func index(_ agent: Value) -> Value {
    let (lower, upper) = agent.bounds
    let declaration = spec.agents[spec.declaration(ofAgent: Int(lower)).index]
    let last = Int64(declaration.first + declaration.count - 1)
    if upper <= last {
      let first = Int64(declaration.first)
      return Value(
        .integer(lower: lower - first, upper: upper - first),
        .difference(agent.cell, .constant(first)))
    }
    let cell = bind(agent.cell)
    var place = ProgramExpression.no
    var greatest: Int64 = 0
    for other in spec.agents where other.count > 0 {
      let first = Int64(other.first)
      greatest = max(greatest, Int64(other.count) - 1)
      place = .conditional(
        if: .lessEqual(.constant(first), cell), .difference(cell, .constant(first)), place)
    }
    return Value(.integer(lower: 0, upper: greatest), place)
  }

  /// `Node[e]`.
  private func member(_ family: AgentID, _ place: Value, _ span: Span) -> Value {
    let declaration = spec.agents[family.index]
    var place = place
    let last = Int64(declaration.count - 1)
    let bounds = place.bounds
    if bounds.lower < 0 || bounds.upper > last {
      place = bind(place)
      let isNever = bounds.upper < 0 || bounds.lower > last
      check(
        isNever ? .no : .within(place.cell, 0, last),
        "there is no such member of \(declaration.name)", span)
      if isNever { place = Value(.integer(lower: 0, upper: 0), .no) }
    }
    let type = Type.agent(first: declaration.first, count: declaration.count)
    return Value(type, .sum(place.cell, .constant(Int64(declaration.first))))
  }
}

/// Optionals.
extension CodeLowering {
  func none(of type: Type) -> Value {
    let info = types.info(type)
    if let bounds = info.bounds { return Value(type, .constant(bounds.lower)) }
    return Value(type, info.cleared.map { .constant($0) })
  }

  func some(_ payload: Value, of type: Type) -> Value {
    types.info(type).bounds != nil
      ? Value(type, payload.cell) : Value(type, [.yes] + payload.cells)
  }

  /// Whether an optional is present.
  func isPresent(_ optional: Value) -> ProgramExpression {
    if let bounds = types.info(optional.type).bounds {
      return .not(.equal(optional.cell, .constant(bounds.lower)))
    }
    return optional.cell
  }
}

/// Logic and choice between values.
extension CodeLowering {
  private func lower(
    _ connective: Connective, _ left: TypedExpression, _ right: TypedExpression
  ) -> ProgramExpression {
    let first = cell(left)
    switch connective {
    case .iff: return .equal(first, cell(right))
    case .and, .implies:
      return shortCircuit(first, whenFalse: connective == .and ? .no : .yes) {
        self.knowing(left, is: true) { self.cell(right) }
      }
    case .or:
      return shortCircuit(.not(first), whenFalse: .yes) {
        self.knowing(left, is: false) { self.cell(right) }
      }
    }
  }

  /// `right` where `condition` is true, else a constant; `right` is evaluated only there.
  func shortCircuit(
    _ condition: ProgramExpression, whenFalse: ProgramExpression,
    _ right: () -> ProgramExpression
  ) -> ProgramExpression {
    if let constant = condition.constantValue { return constant != 0 ? right() : whenFalse }
    var result = ProgramExpression.no
    let statements = block { result = right() }
    if statements.isEmpty {
      return whenFalse.constantValue == 0
        ? .and(condition, result) : .or(.not(condition), result)
    }
    let register = newRegister()
    emit(
      .if(
        condition, statements + [.set(register, result)], else: [.set(register, whenFalse)]))
    return .register(register)
  }

  private func equality(_ left: TypedExpression, _ right: TypedExpression) -> ProgramExpression {
    let first = lower(left)
    let second = lower(right)
    if first.cells.count == 1 { return equalCells(first, second) }
    return .all(zip(first.cells, second.cells).map { .equal($0, $1) })
  }

  private func equalCells(_ left: Value, _ right: Value) -> ProgramExpression {
    if left.type.interval != nil, !left.cell.canFail, !right.cell.canFail,
      left.bounds.upper < right.bounds.lower || right.bounds.upper < left.bounds.lower
    {
      return .no
    }
    return .equal(left.cell, right.cell)
  }

  private func lower(
    _ comparison: Comparison, _ left: TypedExpression, _ right: TypedExpression
  ) -> ProgramExpression {
    let first = lower(left)
    let second = lower(right)
    switch comparison {
    case .less: return less(first, second)
    case .lessEqual: return .not(less(second, first))
    case .greater: return less(second, first)
    case .greaterEqual: return .not(less(first, second))
    }
  }

  private func less(_ left: Value, _ right: Value) -> ProgramExpression {
    if !left.cell.canFail && !right.cell.canFail {
      if left.bounds.upper < right.bounds.lower { return .yes }
      if left.bounds.lower >= right.bounds.upper { return .no }
    }
    return .less(left.cell, right.cell)
  }

  private func conditional(
    _ condition: TypedExpression, _ yes: TypedExpression, _ no: TypedExpression, _ type: Type
  ) -> Value {
    let test = cell(condition)
    if let constant = test.constantValue {
      return knowing(condition, is: constant != 0) { self.lower(constant != 0 ? yes : no) }
    }
    var first = Value(type, .no)
    var second = first
    let firstCode = block { first = knowing(condition, is: true) { self.lower(yes) } }
    let secondCode = block { second = knowing(condition, is: false) { self.lower(no) } }
    let hull = self.hull(first, second, type)
    if firstCode.isEmpty && secondCode.isEmpty && first.cells.count <= 4 {
      let test = first.cells.count > 1 ? bind(test) : test
      return Value(
        hull, zip(first.cells, second.cells).map { .conditional(if: test, $0, $1) })
    }
    let result = newRegisters(first.cells.count)
    func assign(_ value: Value) -> [ProgramStatement] {
      value.cells.enumerated().map { .set(Register(result.index + $0.offset), $0.element) }
    }
    emit(.if(test, firstCode + assign(first), else: secondCode + assign(second)))
    return Value(hull, (0..<first.cells.count).map { .register(Register(result.index + $0)) })
  }

  /// The declared type, or for integers the hull of both values.
  private func hull(_ first: Value, _ second: Value, _ type: Type) -> Type {
    guard first.type.interval != nil, second.type.interval != nil else { return type }
    let a = first.bounds
    let b = second.bounds
    return .integer(lower: min(a.lower, b.lower), upper: max(a.upper, b.upper))
  }
}
