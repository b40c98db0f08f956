import Diagnostics
import Semantics
import TransitionSystem

/// Sets as masks.
extension CodeLowering {
  func lowerSet(_ expression: TypedExpression) -> Value {
    let type = expression.type
    guard case .set(let element) = type, isRepresentable(type, expression.span) else {
      return Value(.set(.bool), .no)
    }
    switch expression.kind {
    case .setOperation(let operation, let left, let right):
      let first = lower(left)
      let second = lower(right)
      let combine: (ProgramExpression, ProgramExpression) -> ProgramExpression =
        switch operation {
        case .union: ProgramExpression.bitOr
        case .minus: ProgramExpression.bitAndNot
        case .intersect: ProgramExpression.bitAnd
        }
      return Value(type, zip(first.cells, second.cells).map(combine))
    case .allValues: return Value(type, fullMask(element).map { .constant($0) })
    case .range(let lower, let upper):
      return rangeMask(self.lower(lower), self.lower(upper), element, type)
    case .set(let elements): return literal(elements, element, type)
    case .setComprehension(let local, let domain, let filter):
      return comprehension(local, domain, filter, type)
    default: return Value(type, .no)
    }
  }

  /// Whether the type fits the representation; else it is reported.
  func isRepresentable(_ type: Type, _ span: Span) -> Bool {
    if types.cellsWithinLimits(type) != nil { return true }
    tables.report(.typeTooLarge(type, in: spec, span))
    return false
  }

  func fullMask(_ element: Type) -> [Int64] {
    let count = Int64(types.cardinality(element) ?? 0)
    return (0..<max(1, (count + 63) / 64)).map { mask(from: 0, through: count - 64 * $0 - 1) }
  }

  func rangeMask(_ lower: Value, _ upper: Value, _ element: Type, _ type: Type) -> Value {
    let least = types.info(element).bounds?.lower ?? 0
    if let first = lower.cell.constantValue, let last = upper.cell.constantValue {
      let cells = (0..<types.cellCount(type)).map { cell -> ProgramExpression in
        let start = Int64(64 * cell)
        let from = max(0, first &- least &- start)
        return .constant(from > 63 ? 0 : mask(from: from, through: last &- least &- start))
      }
      return Value(type, cells)
    }
    let address = materialize(Value(type, types.info(type).cleared.map { .constant($0) }))
    forEach(.range(lower: bind(lower), upper: bind(upper), element)) {
      insert($0, element, into: address, cells: types.cellCount(type))
    }
    return read(address, type)
  }

  private func literal(_ elements: [TypedExpression], _ element: Type, _ type: Type) -> Value {
    let count = types.cellCount(type)
    var cells = Array(repeating: ProgramExpression.no, count: count)
    for expression in elements {
      let value = lower(expression)
      let rank = count > 1 ? bind(rank(value, as: element)) : rank(value, as: element)
      for cell in 0..<count {
        cells[cell] = .bitOr(cells[cell], bit(rank, inCell: cell, of: count))
      }
    }
    return Value(type, cells)
  }

  /// The mask of a rank in one cell of a set.
  private func bit(
    _ rank: ProgramExpression, inCell cell: Int, of count: Int
  ) -> ProgramExpression {
    if count == 1 { return .shiftLeft(.yes, rank) }
    if let constant = rank.constantValue {
      return constant >> 6 == Int64(cell) ? .constant(1 << (constant & 63)) : .no
    }
    return .conditional(
      if: .equal(.shiftRight(rank, .constant(6)), .constant(Int64(cell))),
      .shiftLeft(.yes, .bitAnd(rank, .constant(63))), .no)
  }

  private func comprehension(
    _ local: LocalID, _ domain: TypedExpression, _ filter: TypedExpression, _ type: Type
  ) -> Value {
    let source = self.domain(domain)
    let element = source.element
    let count = types.cellCount(type)
    if count == 1, weight(filter) <= 60, let values = constants(source, limit: 16) {
      var mask = ProgramExpression.no
      for value in values {
        locals[local] = .value(value)
        let test = cell(filter)
        mask = .bitOr(mask, .shiftLeft(test, rank(value, as: element)))
      }
      return Value(type, mask)
    }
    let address = materialize(Value(type, types.info(type).cleared.map { .constant($0) }))
    forEach(source) { value in
      let value = bind(value)
      locals[local] = .value(value)
      emitIf(cell(filter)) { insert(value, element, into: address, cells: count) }
    }
    return read(address, type)
  }

  /// `x in S`.
  func contains(_ element: TypedExpression, _ set: TypedExpression) -> ProgramExpression {
    let value = bind(lower(element))
    if case .range(let lower, let upper) = set.kind {
      let first = cell(lower)
      let last = cell(upper)
      return .and(.lessEqual(first, value.cell), .lessEqual(value.cell, last))
    }
    if case .sequence(let type, let capacity) = set.type {
      return contains(value, sequence: bind(lower(set)), type, capacity)
    }
    guard case .set(let type) = set.type else { return .no }
    if let target = types.info(type).bounds {
      let bounds = value.type == type ? target : cellBounds(value)
      var inside = ProgramExpression.yes
      if bounds.lower < target.lower { inside = .lessEqual(.constant(target.lower), value.cell) }
      if bounds.upper > target.upper {
        inside = .and(inside, .lessEqual(value.cell, .constant(target.upper)))
      }
      if case .allValues = set.kind { return inside }
      let mask = lower(set)
      if value.cell.constantValue != nil, inside.constantValue == 0 { return .no }
      return .and(inside, testBit(mask, .difference(value.cell, .constant(target.lower))))
    }
    return testBit(lower(set), bind(rank(value, as: type)))
  }

  /// Whether one of the places in use is equal, cell by cell.
  private func contains(
    _ value: Value, sequence: Value, _ element: Type, _ capacity: Int
  ) -> ProgramExpression {
    let stride = types.cellCount(element)
    let places = (0..<capacity).map { place -> ProgramExpression in
      let start = 1 + place * stride
      let cells = sequence.cells[start..<(start + stride)]
      let isEqual = ProgramExpression.all(zip(value.cells, cells).map { .equal($0, $1) })
      return .and(.less(.constant(Int64(place)), sequence.cell), isEqual)
    }
    return .any(places)
  }

  private func cellBounds(_ value: Value) -> (lower: Int64, upper: Int64) {
    if value.type.interval != nil { return value.bounds }
    if case .agent = value.type { return value.bounds }
    return types.info(value.type).bounds ?? (.min, .max)
  }

  /// Whether the bit of a rank is set. Requires: the rank is in range, or the result is not used: a
  /// constant one may be out of range in a branch that is never taken.
  func testBit(_ set: Value, _ rank: ProgramExpression) -> ProgramExpression {
    if let constant = rank.constantValue, !(0..<64 * Int64(set.cells.count)).contains(constant) {
      return .no
    }
    if set.cells.count == 1 { return .bitAnd(.shiftRight(set.cell, rank), .yes) }
    if let constant = rank.constantValue {
      let cell = min(max(0, Int(constant >> 6)), set.cells.count - 1)
      return .bitAnd(.shiftRight(set.cells[cell], .constant(constant & 63)), .yes)
    }
    let rank = bind(rank)
    let cell = bind(.shiftRight(rank, .constant(6)))
    var mask = ProgramExpression.no
    for (index, candidate) in set.cells.enumerated().reversed() {
      mask = .conditional(if: .equal(cell, .constant(Int64(index))), candidate, mask)
    }
    return .bitAnd(.shiftRight(mask, .bitAnd(rank, .constant(63))), .yes)
  }

  /// `min(S)`, `max(S)`.
  func extremumOfSet(_ extremum: Extremum, _ set: TypedExpression, _ span: Span) -> Value {
    guard case .set(let element) = set.type, let bounds = types.info(element).bounds else {
      return Value(.integer(lower: 0, upper: 0), .no)
    }
    let mask = bind(lower(set))
    let isFilled = ProgramExpression.any(mask.cells.map { .not(.equal($0, .no)) })
    check(isFilled, "the set is empty", span)
    if extremum == .minimum && mask.cells.count == 1 {
      return Value(
        element, .sum(.unary(.trailingZeros, mask.cell), .constant(bounds.lower)))
    }
    let result = newRegister()
    let found = newRegister()
    emit(.set(result, .constant(bounds.lower)))
    emit(.set(found, .no))
    forEach(
      .mask(mask.cells, element: element),
      decided: extremum == .minimum ? .register(found) : nil
    ) { value in
      emit(.set(result, value.cell))
      if extremum == .minimum {
        emit(.set(found, .yes))
        emit(.break)
      }
    }
    return Value(element, .register(result))
  }

  /// `size(s)` of a set or sequence.
  func size(_ collection: TypedExpression) -> Value {
    if case .sequence(_, let capacity) = collection.type {
      return Value(.integer(lower: 0, upper: Int64(capacity)), lower(collection).cell)
    }
    guard case .set(let element) = collection.type else { return Value(.bool, .no) }
    if case .range(let lower, let upper) = collection.kind {
      let first = bind(self.lower(lower))
      let last = bind(self.lower(upper))
      let length = ProgramExpression.sum(.difference(last.cell, first.cell), .yes)
      return Value(
        .integer(lower: 0, upper: .max),
        .conditional(if: .less(last.cell, first.cell), .no, length))
    }
    let mask = lower(collection)
    let count = mask.cells.map(ProgramExpression.populationCount).reduce(.no, ProgramExpression.sum)
    let most = Int64(types.cardinality(element) ?? 0)
    return Value(.integer(lower: 0, upper: most), count)
  }
}
