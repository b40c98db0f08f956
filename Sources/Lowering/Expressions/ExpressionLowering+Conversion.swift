import Diagnostics
import Semantics
import TransitionSystem

/// Conversions to narrower or wider types of one shape, with checks where they can fail.
extension CodeLowering {
  func convert(_ expression: TypedExpression, to type: Type, span: Span) -> Value {
    if case .concatenate(let left, let right) = expression.kind,
      case .sequence(let element, _) = type, expression.type.element == element
    {
      return concatenate(lower(left), lower(right), type, checkedAt: span)
    }
    return convert(lower(expression), to: type, span)
  }

  func convert(_ value: Value, to type: Type, _ span: Span) -> Value {
    if value.type == type { return value }
    switch (value.type, type) {
    case (.integer, .integer), (.agent, .agent):
      return convertCell(value, to: type, span)
    case (.optional(let from), .optional(let to)):
      return convertOptional(value, from, to, type, span)
    case (.set(let from), .set(let to)):
      return convertSet(value, from, to, type, span)
    case (.sequence(let from, let length), .sequence(let to, let capacity)):
      return convertSequence(value, (from, length), (to, capacity), type, span)
    case (.map(let key, let from), .map(_, let to)):
      let stride = types.cellCount(from)
      let cells = (0..<(types.cardinality(key) ?? 0)).flatMap { rank in
        let start = rank * stride
        let entry = Value(from, Array(value.cells[start..<(start + stride)]))
        return convert(entry, to: to, span).cells
      }
      return Value(type, cells)
    default:
      return Value(type, value.cells)
    }
  }

  private func convertCell(_ value: Value, to type: Type, _ span: Span) -> Value {
    guard let target = types.info(type).bounds else { return Value(type, value.cells) }
    let bounds = value.bounds
    if target.lower <= bounds.lower && bounds.upper <= target.upper {
      if case .agent = type { return Value(type, value.cell) }
      return Value(value.type, value.cell)
    }
    let cell = bind(value.cell)
    let test = inside(cell, bounds, target)
    check(test, outside(type), span)
    // What follows a check that always fails is dead, but must make sense.
    return Value(type, test.constantValue == 0 ? .constant(target.lower) : cell)
  }

  /// Whether a cell with known bounds lies in the target; only the tests that are needed.
  private func inside(
    _ cell: ProgramExpression, _ bounds: (lower: Int64, upper: Int64),
    _ target: (lower: Int64, upper: Int64)
  ) -> ProgramExpression {
    if bounds.upper < target.lower || bounds.lower > target.upper { return .no }
    var test = ProgramExpression.yes
    if bounds.lower < target.lower { test = .lessEqual(.constant(target.lower), cell) }
    if bounds.upper > target.upper {
      test = .and(test, .lessEqual(cell, .constant(target.upper)))
    }
    return test
  }

  private func outside(_ type: Type) -> String {
    switch type {
    case .integer(let lower, let upper): "the value is outside \(lower)..\(upper)"
    case .agent(let first, _):
      "the agent is no \(spec.agents[spec.declaration(ofAgent: first).index].name)"
    case .set(let element), .sequence(let element, _): "in the collection, \(outside(element))"
    case .optional(let payload): outside(payload)
    default: "the value is outside its type"
    }
  }

  private func convertOptional(
    _ value: Value, _ from: Type, _ to: Type, _ type: Type, _ span: Span
  ) -> Value {
    let value = bind(value)
    let present = isPresent(value)
    let payload = Value(
      from, types.info(value.type).bounds != nil ? [value.cell] : Array(value.cells.dropFirst()))
    if let constant = present.constantValue {
      return constant == 0
        ? none(of: type) : some(convert(payload, to: to, span), of: type)
    }
    var converted = payload
    let statements = block { converted = some(convert(payload, to: to, span), of: type) }
    if statements.isEmpty && converted.cells.count == 1 {
      return Value(type, .conditional(if: present, converted.cell, none(of: type).cell))
    }
    let address = materialize(none(of: type))
    emitIf(present) { assign(some(convert(payload, to: to, span), of: type), to: address) }
    return read(address, type)
  }

  private func convertSet(
    _ value: Value, _ from: Type, _ to: Type, _ type: Type, _ span: Span
  ) -> Value {
    guard let source = types.info(from).bounds, let target = types.info(to).bounds,
      value.cells.count == 1, types.cellCount(type) == 1
    else { return convertElements(value, from, to, type, span) }
    let cell = bind(value.cell)
    let kept = mask(
      from: max(source.lower, target.lower) &- source.lower,
      through: min(source.upper, target.upper) &- source.lower)
    if kept != mask(from: 0, through: source.upper &- source.lower) {
      check(.equal(.bitAndNot(cell, .constant(kept)), .no), outside(type), span)
    }
    let shift = source.lower &- target.lower
    let kepts = ProgramExpression.bitAnd(cell, .constant(kept))
    let lost = kept != mask(from: 0, through: source.upper &- source.lower) ? kepts : cell
    if kept == 0 { return Value(type, .no) }
    return Value(
      type,
      shift >= 0
        ? .shiftLeft(lost, .constant(shift)) : .shiftRight(lost, .constant(-shift)))
  }

  /// Bits `from ... through`.
  func mask(from: Int64, through: Int64) -> Int64 {
    if through < from { return 0 }
    let width = through - from + 1
    // Of 63 bits the shifted one is the sign bit.
    return (width >= 64 ? -1 : (1 << width) &- 1) << from
  }

  /// Sets of several cells or of composite elements, element by element.
  private func convertElements(
    _ value: Value, _ from: Type, _ to: Type, _ type: Type, _ span: Span
  ) -> Value {
    let address = materialize(Value(type, types.info(type).cleared.map { .constant($0) }))
    let source = bind(value)
    forEach(.mask(source.cells, element: from)) { element in
      insert(convert(element, to: to, span), to, into: address, cells: types.cellCount(type))
    }
    return read(address, type)
  }

  /// Adds an element to a set in registers.
  func insert(_ element: Value, _ type: Type, into set: Address, cells: Int) {
    let rank = bind(rank(element, as: type))
    var place = set
    place.move(by: cells == 1 ? .no : .shiftRight(rank, .constant(6)), stride: 1, count: cells)
    let bit = cells == 1 ? rank : .bitAnd(rank, .constant(63))
    emit(place.write(0, .bitOr(place.read(), .shiftLeft(.yes, bit))))
  }

  private func convertSequence(
    _ value: Value, _ from: (element: Type, capacity: Int), _ to: (element: Type, capacity: Int),
    _ type: Type, _ span: Span
  ) -> Value {
    let value = bind(value)
    let length = value.cell
    if to.capacity < from.capacity {
      check(.lessEqual(length, .constant(Int64(to.capacity))), full(to.capacity), span)
    }
    let stride = types.cellCount(from.element)
    let cleared = types.info(to.element).cleared.map { ProgramExpression.constant($0) }
    var cells = [length]
    for place in 0..<to.capacity {
      guard place < from.capacity else {
        cells += cleared
        continue
      }
      let start = 1 + place * stride
      let element = Value(from.element, Array(value.cells[start..<(start + stride)]))
      if from.element == to.element {
        cells += element.cells
        continue
      }
      let address = materialize(Value(to.element, cleared))
      emitIf(.less(.constant(Int64(place)), length)) {
        assign(convert(element, to: to.element, span), to: address)
      }
      cells += read(address, to.element).cells
    }
    return Value(type, cells)
  }

  func full(_ capacity: Int) -> String { "the sequence is longer than \(capacity)" }
}
