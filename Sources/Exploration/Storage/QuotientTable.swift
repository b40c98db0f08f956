import CPrefetch
import Synchronization

/// A set of keys in slots that are smaller than they are, exact: what the position of an entry says
/// of its key is not stored (`KeyLines`).
///
/// A slot holds what is left of the first word, the second word, and one more than the number of
/// lines between the entry and its home, which keeps it from being 0:
///
///     stage | bits of the first word - log2(lines) | second word | displacement + 1
///
/// The stage has three to six bits, or none.
///
/// Slots have 4 bytes where that leaves enough bits for the displacement, else 8; a line is 64
/// bytes. Probing and growth are those of `SlotTable`. The more lines there are, the more bits are
/// left for the displacement; a table begins with so many that 30 lines are possible, and 14
/// beside stages. With 8 slots a line, 13/16 full, random keys in random order go up to 20 to 40
/// lines from home, with 16 slots, 7/8 full, up to 46; where one does not fit, the table grows.
///
/// (Van der Vegt and Laarman, A parallel compact hash table, MEMICS 2011, keep the entries of a
/// home together, which needs 2 bits and no displacement, and locks. 6 bits and one
/// compare-and-swap are cheaper.)
///
/// Price: 4 or 8 bytes a slot; when growing, some multiplications a key.
struct QuotientTable: ~Copyable, KeySet {
  let slotCount: Int
  private let shape: KeyShape
  private let lines: KeyLines
  private let secondBits: UInt64
  private let displacementBits: UInt64
  /// Of the highest bits, where there are stages; else 0.
  private let stageMask: UInt64
  private let stageShift: UInt64
  /// Of keys to come, in its place.
  private var freshBits: UInt64 = 0
  private let stepsMax: Int
  private let isNarrow: Bool
  private let lineShift: Int
  private let block: PageBlock

  private static let tailLines = 512
  private static let displacementBitsMin = 5
  private static let displacementBitsStaged = 4
  /// Of slots of 4 bytes, whose tables get fuller.
  private static let displacementBitsNarrow = 6
  private static let lineBytes = 64

  init?(slotCount: Int, shape: KeyShape, populates: Bool = true) {
    if case .narrow = shape { return nil }
    if case .wide = shape { return nil }
    precondition(slotCount % 16 == 0 && slotCount >= QuotientTable.slotsMin(shape))
    let bytes = QuotientTable.byteCount(slotCount: slotCount, shape: shape)
    guard let block = PageBlock(byteCount: bytes, isTable: true, populates: populates) else {
      return nil
    }
    self.block = block
    self.slotCount = slotCount
    self.shape = shape
    let slotBytes = QuotientTable.slotBytes(slotCount: slotCount, shape: shape)
    isNarrow = slotBytes == 4
    lineShift = isNarrow ? 4 : 3
    lines = KeyLines(count: slotCount >> lineShift, zeroBits: 64 - shape.firstBits)
    secondBits = UInt64(shape.secondBits)
    let stageBits = UInt64(shape.stageBits)
    stageMask = stageBits == 0 ? 0 : ~0 << (64 - stageBits)
    stageShift = 64 - max(1, stageBits)
    displacementBits = min(9, UInt64(8 * slotBytes) - lines.restBits - secondBits - stageBits)
    stepsMax = (1 << Int(displacementBits) - 1) << lineShift
  }

  static func byteCount(slotCount: Int, shape: KeyShape) -> Int {
    slotBytes(slotCount: slotCount, shape: shape) * slotCount + tailLines * lineBytes
  }

  static func slotBytes(slotCount: Int, shape: KeyShape) -> Int {
    guard case .root(let code) = shape else { return 8 }
    let lineBits = 63 - (slotCount >> 4).leadingZeroBitCount
    return code.bits - lineBits + displacementBitsNarrow <= 32 ? 4 : 8
  }

  static func slotsMin(_ shape: KeyShape) -> Int {
    let displacementBits = shape.stageBits > 0 ? displacementBitsStaged : displacementBitsMin
    return SlotTable.lineSlots << max(10, shape.secondBits + shape.stageBits + displacementBits)
  }

  var positionCount: Int { slotCount + QuotientTable.tailLines << lineShift }

  /// Relaxed, as all: an entry stands for itself; nothing is read through it.
  @inline(__always)
  private func load(_ position: Int) -> UInt64 {
    assert(position >= 0 && position < positionCount)
    // Safety: atomics are laid out as their values, and zero pages are valid zeros.
    if isNarrow {
      let slots = block.base.assumingMemoryBound(to: Atomic<UInt32>.self)
      return UInt64(truncatingIfNeeded: slots[position].load(ordering: .relaxed))
    }
    return block.base.assumingMemoryBound(to: Atomic<UInt64>.self)[position].load(
      ordering: .relaxed)
  }

  /// Puts an entry into a slot that was empty: 0, or what another thread put there.
  @inline(__always)
  private func claim(_ position: Int, _ entry: UInt64, shared: Bool) -> UInt64 {
    // Safety: as above.
    if isNarrow {
      let slot = block.base.assumingMemoryBound(to: Atomic<UInt32>.self) + position
      let entry = UInt32(truncatingIfNeeded: entry)
      if !shared {
        slot.pointee.store(entry, ordering: .relaxed)
        return 0
      }
      let old = slot.pointee.compareExchange(expected: 0, desired: entry, ordering: .relaxed)
      return UInt64(truncatingIfNeeded: old.original)
    }
    let slot = block.base.assumingMemoryBound(to: Atomic<UInt64>.self) + position
    if !shared {
      slot.pointee.store(entry, ordering: .relaxed)
      return 0
    }
    return slot.pointee.compareExchange(expected: 0, desired: entry, ordering: .relaxed).original
  }

  /// Where the search for a key begins, and what its slot holds in the line of its home.
  private struct Place: BitwiseCopyable {
    let home: Int
    let entry: UInt64
  }

  @inline(__always)
  private func place(_ key: Key) -> Place {
    let (line, low) = lines.place(key.first)
    let rest = lines.rest(low) &<< secondBits | key.second
    // The highest bits of the low word choose the place in the line.
    let home =
      Int(truncatingIfNeeded: line) &<< lineShift
      &+ Int(truncatingIfNeeded: low &>> UInt64(truncatingIfNeeded: 64 &- lineShift))
    return Place(home: home, entry: rest &<< displacementBits | 1)
  }

  @inline(__always)
  func prefetch(_ first: UInt64) { prefetch(place(Key(first: first, second: 0))) }

  @inline(__always)
  private func prefetch(_ place: Place) {
    cprefetchw(block.base + place.home &<< (isNarrow ? 2 : 3))
  }

  @inline(__always)
  func insert(_ key: Key, shared: Bool, probes: inout Int) -> KeySettlement {
    insert(key, stageBits: freshBits, shared: shared, probes: &probes)
  }

  /// Inserts an entry that is known to be absent; false where there is no slot for it. Other
  /// threads write to none of the positions that are its own `alone`.
  @inline(__always)
  private func move(_ place: Place, alone: Range<Int>) -> Bool {
    for step in 0..<stepsMax {
      let position = SlotTable.position(home: place.home, step: step, lineSlots: 1 &<< lineShift)
      if load(position) != 0 { continue }
      let value = place.entry &+ UInt64(truncatingIfNeeded: step &>> lineShift)
      if claim(position, value, shared: !alone.contains(position)) == 0 { return true }
    }
    return false
  }

  @inline(__always)
  private func insert(
    _ key: Key, stageBits: UInt64, shared: Bool, probes: inout Int
  ) -> KeySettlement {
    let place = place(key)
    var step = 0
    defer { probes &+= step }
    while step < stepsMax {
      let position = SlotTable.position(home: place.home, step: step, lineSlots: 1 &<< lineShift)
      let wanted = place.entry &+ UInt64(truncatingIfNeeded: step &>> lineShift)
      var value = load(position)
      if value == 0 {
        value = claim(position, wanted | stageBits, shared: shared)
        if value == 0 { return .fresh }
      }
      if value & ~stageMask == wanted { return .known }
      step &+= 1
    }
    return .full
  }

  // MARK: Stages

  var freshStage: Stage {
    get { stage(of: freshBits) }
    set { freshBits = stageMask == 0 ? 0 : bits(of: newValue) }
  }

  @inline(__always)
  private func stage(of value: UInt64) -> Stage {
    Stage(bits: value &>> stageShift)
  }

  @inline(__always)
  private func bits(of stage: Stage) -> UInt64 { stage.bits &<< stageShift }

  @inline(__always)
  func stage(of key: Key) -> Stage? {
    guard let position = position(of: key) else { return nil }
    return stage(of: load(position))
  }

  @inline(__always)
  func setStage(_ stage: Stage, of key: Key) {
    guard stageMask != 0, let position = position(of: key) else { return }
    // Safety: as in `load`; slots with stages have 8 bytes.
    let slot = block.base.assumingMemoryBound(to: Atomic<UInt64>.self) + position
    slot.pointee.store(load(position) & ~stageMask | bits(of: stage), ordering: .relaxed)
  }

  /// Where a key is; nil where it is not there.
  @inline(__always)
  private func position(of key: Key) -> Int? {
    let place = place(key)
    for step in 0..<stepsMax {
      let position = SlotTable.position(home: place.home, step: step, lineSlots: 1 &<< lineShift)
      let value = load(position)
      if value == 0 { return nil }
      if value & ~stageMask == place.entry &+ UInt64(truncatingIfNeeded: step &>> lineShift) {
        return position
      }
    }
    return nil
  }

  // MARK: Growth

  /// Entries that are moved together.
  private static let streamBatch = 64

  func stream(_ part: Range<Int>, into larger: borrowing QuotientTable, shared: Bool) -> Bool {
    let (from, to) = (part.lowerBound, part.upperBound)
    precondition(from >= 0 && to <= positionCount)
    let recoding = RootRecoding(from: shape, to: larger.shape)
    let doubles =
      recoding == nil && larger.lines.count == 2 * lines.count && larger.lineShift == lineShift
    let alone = recoding == nil && shared ? alone(part, larger) : shared ? 0..<0 : 0..<Int.max
    if shared { larger.populate(part, of: slotCount) }
    return withUnsafeTemporaryAllocation(
      of: Place.self, capacity: QuotientTable.streamBatch
    ) { places in
      for first in stride(from: from, to: to, by: QuotientTable.streamBatch) {
        let count = gather(first..<min(first + QuotientTable.streamBatch, to), places)
        for index in 0..<count {
          places[index] =
            doubles ? doubled(places[index], larger) : moved(places[index], larger, recoding)
          larger.prefetch(places[index])
        }
        for index in 0..<count {
          if !larger.move(places[index], alone: alone) { return false }
        }
      }
      return true
    }
  }

  /// Lists the entries at some positions, with these in the place of their homes; how many there
  /// are. Without branches: a quarter of the slots are empty, and there is no telling which.
  @inline(__always)
  private func gather(_ positions: Range<Int>, _ places: UnsafeMutableBufferPointer<Place>) -> Int {
    var count = 0
    for position in positions {
      let value = load(position)
      places[count] = Place(home: position, entry: value)
      // The sign of x | -x: whether there is an entry.
      count &+= Int(truncatingIfNeeded: (value | (0 &- value)) &>> 63)
    }
    return count
  }

  /// The line of the home of an entry that was gathered, and the rest of its key.
  @inline(__always)
  private func parts(_ gathered: Place) -> (line: UInt64, rest: UInt64, second: UInt64) {
    let displacement = (gathered.entry & (1 &<< displacementBits &- 1)) &- 1
    let value = (gathered.entry & ~stageMask) &>> displacementBits
    let line = UInt64(truncatingIfNeeded: gathered.home &>> lineShift) &- displacement
    return (line, value &>> secondBits, value & (1 &<< secondBits &- 1))
  }

  /// Where an entry that was gathered goes in a larger table.
  @inline(__always)
  private func moved(
    _ gathered: Place, _ larger: borrowing QuotientTable, _ recoding: RootRecoding?
  ) -> Place {
    let (line, rest, second) = parts(gathered)
    let key = Key(first: lines.word(line: line, rest: rest), second: second)
    let place = larger.place(recoding?.key(key) ?? key)
    return Place(home: place.home, entry: place.entry | gathered.entry & stageMask)
  }

  /// The same where that has twice as many lines: the product with which keys are divided among
  /// lines doubles, so that the highest bit of the rest goes over to the line.
  ///
  /// The next ones choose the place in the line. There are as many: keys have 32 bits at least, and
  /// tables that double have fewer than 2^22 lines, of keys below 64 bits 2^15.
  @inline(__always)
  private func doubled(_ gathered: Place, _ larger: borrowing QuotientTable) -> Place {
    let (line, rest, second) = parts(gathered)
    let bits = larger.lines.restBits
    let newRest = rest & (1 &<< bits &- 1)
    let newLine = line &<< 1 | rest &>> bits
    let place = newRest &>> (bits &- UInt64(truncatingIfNeeded: lineShift))
    let body = (newRest &<< secondBits | second) &<< larger.displacementBits | 1
    return Place(
      home: Int(truncatingIfNeeded: newLine &<< UInt64(truncatingIfNeeded: lineShift) &+ place),
      entry: body | gathered.entry & stageMask)
  }

  private func alone(_ part: Range<Int>, _ larger: borrowing QuotientTable) -> Range<Int> {
    GrowthParts.alone(
      part, slotCount: slotCount, largerCount: larger.slotCount,
      reach: max(stepsMax, larger.stepsMax))
  }

  /// Makes the pages that a part of a smaller table goes to.
  private func populate(_ part: Range<Int>, of smallerCount: Int) {
    let own = GrowthParts.target(part, slotCount: smallerCount, largerCount: slotCount)
    let slotBytes = isNarrow ? 4 : 8
    block.populate(from: slotBytes * own.lowerBound, to: slotBytes * own.upperBound)
  }

  func giveBack(_ part: Range<Int>) {
    let slotBytes = isNarrow ? 4 : 8
    block.discard(from: slotBytes * part.lowerBound, to: slotBytes * part.upperBound)
  }
}

extension KeyShape {
  /// Bits of the first word that are not always 0.
  fileprivate var firstBits: Int {
    if case .root(let code) = self { return code.bits }
    return 64
  }

  fileprivate var secondBits: Int {
    switch self {
    case .quotient(let bits), .staged(let bits, _): bits
    case .narrow, .wide, .root: 0
    }
  }

  fileprivate var stageBits: Int {
    if case .staged(_, let bits) = self { return bits }
    return 0
  }
}

/// From the keys of one code of roots to those of another.
private struct RootRecoding {
  let old: RootCode
  let new: RootCode

  /// Nil where the codes are equal, or there are none.
  init?(from old: KeyShape, to new: KeyShape) {
    guard case .root(let old) = old, case .root(let new) = new, old != new else { return nil }
    self.old = old
    self.new = new
  }

  func key(_ key: Key) -> Key {
    let root = old.root(key.first >> UInt64(64 - old.bits))
    return Key(first: new.key(root) << UInt64(64 - new.bits), second: 0)
  }
}
