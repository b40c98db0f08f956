import CPrefetch
import Synchronization

/// A set of keys of more than 64 bits in slots of 8 bytes, exact: what the position of an entry
/// says of its key is not stored (Cleary, Compact hash tables using bidirectional linear probing,
/// 1984).
///
/// Of the 128-bit product first * lines the high word is the line of the home. The low word says
/// which of the keys of that line it is; they are `lines` apart there, so that it can do without
/// its lowest log2(lines) bits. A slot holds what is left of it, the second word, and one more than
/// the number of lines between the entry and its home, which keeps it from being 0:
///
///     64 - log2(lines) bits | second word | displacement + 1
///
/// Lines, probing and growth are those of `SlotTable`. The more lines there are, the more bits are
/// left for the displacement; a table begins with so many that 30 lines are possible, which is more
/// than ever happens at 13/16 but not impossible: then it grows.
///
/// Price: 8 bytes a slot, at most 13/16 full; when growing, two divisions a key.
struct QuotientTable: ~Copyable, KeySet {
  let slotCount: Int
  private let lines: UInt64
  private let lineBits: UInt64
  /// 2^64 divided by `lines`, and what is left.
  private let scale: UInt64
  private let scaleRest: UInt64
  private let secondBits: UInt64
  private let displacementBits: UInt64
  private let stepsMax: Int
  private let block: PageBlock

  private static let tailLines = 512
  private static let displacementBitsMin = 5

  init?(slotCount: Int, shape: KeyShape) {
    guard case .quotient(let secondBits) = shape else { return nil }
    precondition(slotCount % 8 == 0 && slotCount >= QuotientTable.slotsMin(shape))
    let bytes = QuotientTable.byteCount(slotCount: slotCount, shape: shape)
    guard let block = PageBlock(byteCount: bytes) else { return nil }
    self.block = block
    self.slotCount = slotCount
    lines = UInt64(slotCount / SlotTable.lineSlots)
    lineBits = UInt64(63 - lines.leadingZeroBitCount)
    (scale, scaleRest) = lines.dividingFullWidth((1, 0))
    self.secondBits = UInt64(secondBits)
    displacementBits = min(9, lineBits - self.secondBits)
    stepsMax = (1 << Int(displacementBits) - 1) * SlotTable.lineSlots
  }

  static func byteCount(slotCount: Int, shape: KeyShape) -> Int {
    8 * (slotCount + tailLines * SlotTable.lineSlots)
  }

  static func slotsMin(_ shape: KeyShape) -> Int {
    guard case .quotient(let secondBits) = shape else { return 1 << 13 }
    return SlotTable.lineSlots << max(10, secondBits + displacementBitsMin)
  }

  var positionCount: Int { slotCount + QuotientTable.tailLines * SlotTable.lineSlots }

  @inline(__always)
  private var slots: UnsafeMutablePointer<Atomic<UInt64>> {
    // Safety: an Atomic<UInt64> is laid out as its UInt64, and zero pages are valid zeros.
    block.base.assumingMemoryBound(to: Atomic<UInt64>.self)
  }

  /// Where the search for a key begins, and what its slot holds in the line of its home.
  @inline(__always)
  private func place(_ key: Key) -> (home: Int, entry: UInt64) {
    let (line, low) = key.first.multipliedFullWidth(by: lines)
    let rest = (low &>> lineBits) &<< secondBits | key.second
    // The highest bits of the low word choose the place in the line.
    let home =
      Int(truncatingIfNeeded: line) &* SlotTable.lineSlots
      &+ Int(truncatingIfNeeded: low &>> 61)
    return (home, rest &<< displacementBits | 1)
  }

  @inline(__always)
  func prefetch(_ first: UInt64) { cprefetch(slots + place(Key(first: first, second: 0)).home) }

  @inline(__always)
  func insert(_ key: Key, shared: Bool, probes: inout Int) -> KeySettlement {
    let (home, entry) = place(key)
    var step = 0
    defer { probes &+= step }
    while step < stepsMax {
      let slot = slots + SlotTable.position(home: home, step: step)
      let wanted = entry &+ UInt64(truncatingIfNeeded: step / SlotTable.lineSlots)
      // Relaxed, all: an entry stands for itself; nothing is read through it.
      var value = slot.pointee.load(ordering: .relaxed)
      if value == 0 {
        if !shared {
          slot.pointee.store(wanted, ordering: .relaxed)
          return .fresh
        }
        value =
          slot.pointee.compareExchange(
            expected: 0, desired: wanted, ordering: .relaxed
          ).original
        if value == 0 { return .fresh }
      }
      if value == wanted { return .known }
      step &+= 1
    }
    return .full
  }

  /// The key of an entry.
  private func key(at position: Int, _ value: UInt64) -> Key {
    let displacement = (value & (1 << displacementBits - 1)) - 1
    let line = UInt64(position / SlotTable.lineSlots) - displacement
    let rest = value >> displacementBits
    let second = rest & (1 << secondBits - 1)
    // The least first word whose product is not below line * 2^64 + low: low words of one line are
    // `lines` apart, which is at least what was cut off, so it is the one.
    let low = (rest >> secondBits) << lineBits
    return Key(first: leastFactor(line: line, low: low), second: second)
  }

  /// The least x with x * lines >= line * 2^64 + low, in two divisions of 64 bits.
  ///
  /// With 2^64 = s * lines + r that is line * s + (line * r + low) / lines, rounded up; r and line
  /// are below lines <= 2^31.
  private func leastFactor(line: UInt64, low: UInt64) -> UInt64 {
    let (first, firstRest) = (line &* scaleRest).quotientAndRemainder(dividingBy: lines)
    let (second, secondRest) = low.quotientAndRemainder(dividingBy: lines)
    let rest = firstRest &+ secondRest
    return line &* scale &+ first &+ second &+ (rest == 0 ? 0 : rest <= lines ? 1 : 2)
  }

  func stream(
    from: Int, to: Int, into larger: borrowing QuotientTable, shared: Bool
  ) -> Bool {
    precondition(from >= 0 && to <= positionCount)
    var probes = 0
    for position in from..<to {
      let value = slots[position].load(ordering: .relaxed)
      if value == 0 { continue }
      let key = key(at: position, value)
      if larger.insert(key, shared: shared, probes: &probes) != .fresh { return false }
    }
    block.discard(from: 8 * from, to: 8 * to)
    return true
  }
}
