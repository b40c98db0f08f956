import CPrefetch
import Synchronization

/// An open-addressing set of keys of 8 or 16 bytes, which are all there is to an entry.
///
/// Lines, probing and growth are those of `SlotTable`. As a slot holds the whole key, and homes
/// rise with the first words of keys, any table is streamed into the next one.
///
/// A slot is empty while its first word is 0. In a wide slot the second word is written after the
/// first was claimed, and 0 until then: a thread that meets an equal first word waits for it, a
/// matter of nanoseconds unless the other thread loses its processor just there.
///
/// Of narrow keys the one that is 0 is a flag; wide ones have no 0.
///
/// Price: 8 or 16 bytes a slot, at most 13/16 full.
struct KeyTable: ~Copyable, KeySet {
  let slotCount: Int
  /// Words of a slot, as a power of two: 0 or 1.
  let shift: Int
  private let block: PageBlock
  private let zero = ZeroKey()

  private final class ZeroKey: Sendable {
    // Relaxed: whoever sets it first has stored the key; it orders nothing.
    let isStored = Atomic<Bool>(false)
  }

  /// Lines behind the last home, so that probing never wraps; also how far an entry may lie from
  /// its home.
  private static let tailLines = 512
  private static let stepsMax = tailLines * SlotTable.lineSlots

  init?(slotCount: Int, shape: KeyShape, populates: Bool = true) {
    precondition(slotCount >= KeyTable.slotsMin(shape) && slotCount % SlotTable.lineSlots == 0)
    let bytes = KeyTable.byteCount(slotCount: slotCount, shape: shape)
    guard let block = PageBlock(byteCount: bytes, isTable: true, populates: populates) else {
      return nil
    }
    self.block = block
    self.slotCount = slotCount
    shift = shape == .wide ? 1 : 0
  }

  static func byteCount(slotCount: Int, shape: KeyShape) -> Int {
    slotBytes(slotCount: slotCount, shape: shape) * (slotCount + stepsMax)
  }

  static func slotBytes(slotCount: Int, shape: KeyShape) -> Int { shape == .wide ? 16 : 8 }

  static func slotsMin(_ shape: KeyShape) -> Int { 1 << 13 }

  var positionCount: Int { slotCount + KeyTable.stepsMax }

  @inline(__always)
  func prefetch(_ first: UInt64) { cprefetchw(slots + (home(first) &<< shift)) }

  @inline(__always)
  private func home(_ first: UInt64) -> Int {
    Int(
      truncatingIfNeeded: first.multipliedFullWidth(by: UInt64(truncatingIfNeeded: slotCount)).high)
  }

  @inline(__always)
  private var slots: UnsafeMutablePointer<Atomic<UInt64>> {
    // Safety: an Atomic<UInt64> is laid out as its UInt64, and zero pages are valid zeros.
    block.base.assumingMemoryBound(to: Atomic<UInt64>.self)
  }

  /// The first word at a position. Relaxed: the key stands for itself; nothing is read through it.
  @inline(__always)
  private func load(_ position: Int) -> UInt64 {
    assert(position >= 0 && position < positionCount)
    return slots[position &<< shift].load(ordering: .relaxed)
  }

  /// Acquiring, though only the value counts: pairs with the release in `insert`.
  @inline(__always)
  private func second(_ position: Int) -> UInt64 {
    while true {
      let value = slots[position &<< shift &+ 1].load(ordering: .acquiring)
      if value != 0 { return value }
    }
  }

  @inline(__always)
  func insert(_ key: Key, shared: Bool, probes: inout Int) -> KeySettlement {
    if key.first == 0 {
      return zero.isStored.exchange(true, ordering: .relaxed) ? .known : .fresh
    }
    let home = home(key.first)
    var step = 0
    defer { probes &+= step }
    while step < KeyTable.stepsMax {
      let position = SlotTable.position(home: home, step: step)
      var value = load(position)
      if value == 0 {
        value = claim(position, key.first, shared: shared)
        if value == 0 {
          if shift != 0 { slots[position &<< 1 &+ 1].store(key.second, ordering: .releasing) }
          return .fresh
        }
      }
      if value == key.first && (shift == 0 || second(position) == key.second) { return .known }
      step &+= 1
    }
    return .full
  }

  /// Puts a first word into a slot that was empty: 0, or what another thread put there.
  @inline(__always)
  private func claim(_ position: Int, _ first: UInt64, shared: Bool) -> UInt64 {
    let slot = slots + (position &<< shift)
    if !shared {
      slot.pointee.store(first, ordering: .relaxed)
      return 0
    }
    return slot.pointee.compareExchange(expected: 0, desired: first, ordering: .relaxed).original
  }

  /// Inserts a key that is known to be absent; false where there is no place for it. Other threads
  /// write to none of the positions that are its own `alone`.
  @inline(__always)
  private func move(_ key: Key, alone: Range<Int>) -> Bool {
    let home = home(key.first)
    for step in 0..<KeyTable.stepsMax {
      let position = SlotTable.position(home: home, step: step)
      if load(position) != 0 { continue }
      if claim(position, key.first, shared: !alone.contains(position)) != 0 { continue }
      if shift != 0 { slots[position &<< 1 &+ 1].store(key.second, ordering: .releasing) }
      return true
    }
    return false
  }

  /// None: a slot has no bit to spare.
  var freshStage: Stage {
    get { .unsettled }
    set {}
  }

  func stage(of key: Key) -> Stage? { nil }

  func setStage(_ stage: Stage, of key: Key) {}

  /// Positions whose keys are gathered together, without branches: a quarter of the slots are
  /// empty, and there is no telling which.
  private static let streamBatch = 64

  func stream(_ part: Range<Int>, into larger: borrowing KeyTable, shared: Bool) -> Bool {
    precondition(part.lowerBound >= 0 && part.upperBound <= positionCount)
    if zero.isStored.load(ordering: .relaxed) {
      larger.zero.isStored.store(true, ordering: .relaxed)
    }
    let alone =
      shared
      ? GrowthParts.alone(
        part, slotCount: slotCount, largerCount: larger.slotCount, reach: KeyTable.stepsMax)
      : 0..<Int.max
    if shared { larger.populate(part, of: slotCount) }
    return withUnsafeTemporaryAllocation(of: Key.self, capacity: KeyTable.streamBatch) { keys in
      for first in stride(from: part.lowerBound, to: part.upperBound, by: KeyTable.streamBatch) {
        let end = min(first + KeyTable.streamBatch, part.upperBound)
        let count = gather(first..<end, keys)
        for index in 0..<count {
          if !larger.move(keys[index], alone: alone) { return false }
        }
      }
      return true
    }
  }

  /// Lists the keys of some positions; how many there are.
  @inline(__always)
  private func gather(_ positions: Range<Int>, _ keys: UnsafeMutableBufferPointer<Key>) -> Int {
    var count = 0
    for position in positions {
      let first = load(position)
      keys[count] = Key(first: first, second: shift == 0 || first == 0 ? 0 : second(position))
      // The sign of x | -x: whether there is a key.
      count &+= Int(truncatingIfNeeded: (first | (0 &- first)) &>> 63)
    }
    return count
  }

  /// Makes the pages that a part of a smaller table goes to.
  private func populate(_ part: Range<Int>, of smallerCount: Int) {
    let own = GrowthParts.target(part, slotCount: smallerCount, largerCount: slotCount)
    block.populate(from: (8 * own.lowerBound) << shift, to: (8 * own.upperBound) << shift)
  }

  func giveBack(_ part: Range<Int>) {
    block.discard(from: (8 * part.lowerBound) << shift, to: (8 * part.upperBound) << shift)
  }
}
