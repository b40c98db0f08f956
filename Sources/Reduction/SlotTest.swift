import TransitionSystem

extension ProgramExpression {
  /// A condition on one slot of at most six bits, as the set of raw values that meet it; bits of
  /// values beyond the slot's are set.
  func test(in layout: StateLayout) -> (slot: Int, mask: UInt64)? {
    switch self {
    case .slot(let slot): return slot.mask(in: layout) { $0 != 0 }
    case .unary(.not, let operand):
      guard let (slot, mask) = operand.test(in: layout) else { return nil }
      return (slot, ~mask)
    case .binary(.or, let left, let right):
      guard let a = left.test(in: layout), let b = right.test(in: layout), a.slot == b.slot
      else { return nil }
      return (a.slot, a.mask | b.mask)
    case .binary(let comparison, .slot(let slot), .constant(let constant)):
      guard let compare = comparison.comparison else { return nil }
      return slot.mask(in: layout) { compare($0, constant) }
    case .binary(let comparison, .constant(let constant), .slot(let slot)):
      guard let compare = comparison.comparison else { return nil }
      return slot.mask(in: layout) { compare(constant, $0) }
    default: return nil
    }
  }
}

extension SlotID {
  fileprivate func mask(
    in layout: StateLayout, _ holds: (Int64) -> Bool
  ) -> (slot: Int, mask: UInt64)? {
    let (minimum, width) = (layout.slots[index].minimum, layout.slots[index].width)
    guard width <= 6 else { return nil }
    let values = 0..<(Int64(1) << Int64(width))
    let mask = values.reduce(0 as UInt64) { holds(minimum &+ $1) ? $0 | 1 << UInt64($1) : $0 }
    return (index, mask)
  }
}

extension ProgramBinary {
  fileprivate var comparison: ((Int64, Int64) -> Bool)? {
    switch self {
    case .equal: { $0 == $1 }
    case .notEqual: { $0 != $1 }
    case .less: { $0 < $1 }
    case .lessEqual: { $0 <= $1 }
    default: nil
    }
  }
}
