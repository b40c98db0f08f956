import Diagnostics
import Semantics
import TransitionSystem

/// Sequences and map comprehensions.
extension CodeLowering {
  /// `[a, b]`.
  func sequence(_ elements: [TypedExpression], _ type: Type) -> Value {
    guard case .sequence(let element, let capacity) = type else { return Value(type, .no) }
    let values = elements.map { bind(lower($0)) }
    let cleared = types.info(element).cleared.map { ProgramExpression.constant($0) }
    var cells = [ProgramExpression.constant(Int64(min(values.count, capacity)))]
    for place in 0..<capacity {
      cells += place < values.count ? values[place].cells : cleared
    }
    return Value(type, cells)
  }

  /// `a + b`; with a span, the result must fit the capacity of the type.
  func concatenate(
    _ left: Value, _ right: Value, _ type: Type, checkedAt span: Span? = nil
  ) -> Value {
    guard case .sequence(let element, let capacity) = type,
      case .sequence(_, let leftCapacity) = left.type,
      case .sequence(_, let rightCapacity) = right.type
    else { return left }
    let left = bind(left)
    let right = bind(right)
    let length = bind(.sum(left.cell, right.cell))
    if let span, capacity < leftCapacity + rightCapacity {
      check(.lessEqual(length, .constant(Int64(capacity))), full(capacity), span)
    }
    if rightCapacity == 1, right.cell.constantValue == 1 {
      return append(right.cells.dropFirst(), to: left, leftCapacity, length, type)
    }
    let stride = types.cellCount(element)
    let address = materialize(Value(type, types.info(type).cleared.map { .constant($0) }))
    emit(address.write(0, length))
    for place in 0..<(min(capacity, leftCapacity) * stride) {
      emit(address.write(1 + place, left.cells[1 + place]))
    }
    for place in 0..<min(rightCapacity, capacity) {
      emitIf(.less(.constant(Int64(place)), right.cell)) {
        var target = address.offset(by: 1)
        target.move(
          by: bind(.sum(left.cell, .constant(Int64(place)))), stride: stride, count: capacity)
        let start = 1 + place * stride
        assign(Value(element, Array(right.cells[start..<(start + stride)])), to: target)
      }
    }
    return read(address, type)
  }

  /// `s + [x]`: each place holds its old element, or the new one where the old length says so.
  private func append(
    _ element: ArraySlice<ProgramExpression>, to left: Value, _ leftCapacity: Int,
    _ length: ProgramExpression, _ type: Type
  ) -> Value {
    guard case .sequence(let elementType, let capacity) = type else { return left }
    let cleared = types.info(elementType).cleared
    var cells = [length]
    for place in 0..<capacity {
      let isHere = ProgramExpression.equal(left.cell, .constant(Int64(place)))
      for (offset, cell) in element.enumerated() {
        let old =
          place < leftCapacity
          ? left.cells[1 + place * cleared.count + offset] : .constant(cleared[offset])
        cells.append(.conditional(if: isHere, cell, old))
      }
    }
    return Value(type, cells)
  }

  func first(_ sequence: TypedExpression, _ span: Span) -> Value {
    let value = bind(lower(sequence))
    guard case .sequence(let element, let capacity) = value.type else { return value }
    check(capacity == 0 ? .no : .less(.no, value.cell), "the sequence is empty", span)
    let info = types.info(element)
    if capacity == 0 { return Value(element, info.cleared.map { .constant($0) }) }
    return Value(element, Array(value.cells[1..<(1 + info.cellCount)]))
  }

  func rest(_ sequence: TypedExpression, _ span: Span) -> Value {
    let value = bind(lower(sequence))
    guard case .sequence(let element, let capacity) = value.type else { return value }
    check(capacity == 0 ? .no : .less(.no, value.cell), "the sequence is empty", span)
    if capacity == 0 { return value }
    let info = types.info(element)
    let cells = value.cells[(1 + info.cellCount)...] + info.cleared.map { .constant($0) }
    return Value(value.type, [.difference(value.cell, .yes)] + cells)
  }

  /// `map k in K: e`.
  func mapComprehension(_ local: LocalID, _ body: TypedExpression, _ type: Type) -> Value {
    guard case .map(let key, let valueType) = type else { return Value(type, .no) }
    let count = types.cardinality(key) ?? 0
    let weight = weight(body)
    if count <= 16 && weight * count <= 512 || types.info(key).bounds == nil && count <= 64 {
      let cells = (0..<count).flatMap { rank in
        locals[local] = .value(value(ofRank: .constant(Int64(rank)), key))
        return lower(body).cells.map { $0.canFail ? bind($0) : $0 }
      }
      return Value(type, cells)
    }
    let stride = types.cellCount(valueType)
    let address = Address(.registers, newRegisters(count * stride).index)
    forEach(.all(key)) { element in
      let element = bind(element)
      locals[local] = .value(element)
      var place = address
      place.move(by: bind(rank(element, as: key)), stride: stride, count: count)
      assign(lower(body), to: place)
    }
    return read(address, type)
  }
}
