import CPrefetch
import Synchronization

/// The open-addressing table of a visited set: 8-byte slots in lines of eight, no deletion.
///
/// A slot is 0 (empty) or `tag << 40 | (id + 1)`. Of the hash the table uses the highest 34 bits,
/// the `key`: home = key * slotCount / 2^34, so any number of lines will do and homes rise with the
/// keys; the tag is the low 24 bits of the key. Most false candidates differ in the tag, so few
/// lookups read a state for nothing.
///
/// Probing goes around the cache line of the home first, from the home on, and then around the next
/// lines, as in LTSmin: at 13/16 full a lookup touches 1.2 lines, where plain linear probing, which
/// begins in the middle of one, touches 1.9.
///
/// Growth without hashing again: an entry in line L has its home less than `linesMax` lines before,
/// with 8 * linesMax <= slotCount / 2^10, and the keys with a given tag are 2^24 apart, that is,
/// slotCount / 2^10 homes. So line and tag give the whole key back, and as homes rise with keys the
/// old table is streamed into the new one from left to right: some 3 ns a slot, no read of any
/// state. (That position is information is Cleary's idea, 1984; here it pays for growth, not for
/// space.) Tables below `streamableMin` slots are small: their keys are hashed from the states.
///
/// Price: 8 bytes a slot, at most 13/16 full; large tables grow by 1.4: 10 to 14 bytes a state.
struct SlotTable: ~Copyable {
  /// A multiple of 8.
  let slotCount: Int
  /// An entry lies less than this many lines behind that of its home.
  let linesMax: Int
  private let block: PageBlock

  static let keyBits: UInt64 = 34
  static let tagBits: UInt64 = 24
  static let tagMask: UInt64 = 1 << tagBits - 1
  static let idMask: UInt64 = 1 << StateID.bits - 1
  static let lineSlots = 8
  /// From here on entries may lie 64 lines behind home, more than ever happens at 13/16.
  static let streamableMin = 1 << 19
  /// Lines behind the last home, so that probing never wraps around the table.
  private static let tailLines = 512

  /// Nil where the system refuses.
  init?(slotCount: Int) {
    precondition(slotCount >= 8 && slotCount <= 1 << 34 && slotCount % SlotTable.lineSlots == 0)
    let bytes = SlotTable.byteCount(slotCount: slotCount)
    guard let block = PageBlock(byteCount: bytes, isTable: true) else { return nil }
    self.block = block
    self.slotCount = slotCount
    linesMax =
      slotCount >= SlotTable.streamableMin
      ? min(SlotTable.tailLines, slotCount >> 13) : SlotTable.tailLines
  }

  static func byteCount(slotCount: Int) -> Int { 8 * (slotCount + tailLines * lineSlots) }
  var byteCount: Int { block.byteCount }
  /// Slots in memory, those behind the last home included.
  var positionCount: Int { slotCount + SlotTable.tailLines * SlotTable.lineSlots }
  var isStreamable: Bool { slotCount >= SlotTable.streamableMin }

  @inline(__always)
  static func key(_ hash: UInt64) -> UInt64 { hash &>> (64 - keyBits) }

  @inline(__always)
  static func tagged(key: UInt64) -> UInt64 { key &<< StateID.bits }

  @inline(__always)
  static func value(key: UInt64, id: StateID) -> UInt64 { tagged(key: key) | (id.raw &+ 1) }

  @inline(__always)
  static func id(_ value: UInt64) -> StateID { StateID(raw: (value & idMask) &- 1) }

  /// Whether value and key agree in the tag.
  @inline(__always)
  static func matches(_ value: UInt64, key: UInt64) -> Bool {
    (value ^ tagged(key: key)) <= idMask
  }

  @inline(__always)
  func home(_ key: UInt64) -> Int {
    Int(
      truncatingIfNeeded: (key &<< (64 - SlotTable.keyBits))
        .multipliedFullWidth(by: UInt64(truncatingIfNeeded: slotCount)).high)
  }

  /// Asks for the slot where a search for the key begins.
  @inline(__always)
  func prefetch(_ key: UInt64) { cprefetchw(slots + home(key)) }

  /// The position that is looked at `step` slots after the home.
  @inline(__always)
  static func position(home: Int, step: Int, lineSlots: Int = SlotTable.lineSlots) -> Int {
    let mask = lineSlots &- 1
    return (home & ~mask) &+ (step & ~mask) &+ ((home &+ step) & mask)
  }

  /// Steps after which an entry would lie too far from home.
  @inline(__always)
  var stepsMax: Int { linesMax &* SlotTable.lineSlots }

  @inline(__always)
  private var slots: UnsafeMutablePointer<Atomic<UInt64>> {
    // Safety: an Atomic<UInt64> is laid out as its UInt64, and zero pages are valid zeros.
    block.base.assumingMemoryBound(to: Atomic<UInt64>.self)
  }

  /// Acquiring: pairs with the release of `claim`, so that the words of the state that the slot
  /// names can be read.
  @inline(__always)
  func load(_ position: Int) -> UInt64 {
    assert(position >= 0 && position < positionCount)
    return slots[position].load(ordering: .acquiring)
  }

  /// Puts `value` into an empty slot: 0, or what another thread put there first.
  ///
  /// Releasing: publishes the words of the state. Acquiring on failure, as `load`.
  @inline(__always)
  func claim(_ position: Int, _ value: UInt64) -> UInt64 {
    assert(position >= 0 && position < positionCount)
    return slots[position].compareExchange(
      expected: 0, desired: value, successOrdering: .acquiringAndReleasing,
      failureOrdering: .acquiring
    ).original
  }

  /// `claim` for a table that one thread uses: no locked instruction.
  @inline(__always)
  func put(_ position: Int, _ value: UInt64) {
    assert(load(position) == 0)
    slots[position].store(value, ordering: .releasing)
  }

  /// Inserts an entry that is known to be absent; false where it would lie too far from home.
  @inline(__always)
  func place(key: UInt64, value: UInt64, shared: Bool) -> Bool {
    let home = home(key)
    for step in 0..<stepsMax {
      let position = SlotTable.position(home: home, step: step)
      if load(position) != 0 { continue }
      if !shared {
        put(position, value)
        return true
      }
      if claim(position, value) == 0 { return true }
    }
    return false
  }

  /// Moves the entries at some positions into a larger table.
  ///
  /// Requires: `isStreamable`, whole lines. Threads: several, on disjoint ranges, with `shared`.
  func stream(_ part: Range<Int>, into larger: borrowing SlotTable, shared: Bool) -> Bool {
    let (from, to) = (part.lowerBound, part.upperBound)
    let line = SlotTable.lineSlots
    precondition(isStreamable && from >= 0 && to <= positionCount && (from | to) % line == 0)
    // keyEnd = the least key with its home behind the line = ceil(lineEnd * 2^34 / slotCount), kept
    // up by adding quotient and remainder of 8 * 2^34 / slotCount.
    let count = UInt64(slotCount)
    let scale: UInt64 = 1 << SlotTable.keyBits
    let (quotient, remainder) = (scale * UInt64(line)).quotientAndRemainder(dividingBy: count)
    let wide = UInt64(from + line).multipliedFullWidth(by: scale)
    var (keyEnd, rest) = count.dividingFullWidth((wide.high, wide.low))
    for lineStart in stride(from: from, to: to, by: line) {
      // The greatest key with its home up to here; no home lies behind the last line.
      let last = min(rest == 0 ? keyEnd &- 1 : keyEnd, scale - 1)
      for position in lineStart..<lineStart + line {
        let value = load(position)
        if value == 0 { continue }
        // The greatest such key with this tag.
        let tag = value &>> StateID.bits
        let key = last &- ((last &- tag) & SlotTable.tagMask)
        if !larger.place(key: key, value: value, shared: shared) { return false }
      }
      keyEnd &+= quotient
      rest &+= remainder
      if rest >= count {
        rest &-= count
        keyEnd &+= 1
      }
    }
    return true
  }

  /// Gives the pages of positions whose entries were moved back to the system.
  func giveBack(_ part: Range<Int>) {
    block.discard(from: 8 * part.lowerBound, to: 8 * part.upperBound)
  }
}
