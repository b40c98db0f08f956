import CPrefetch
import Synchronization

/// A set of keys that says the number of each, exact: what the position of an entry says of its key
/// is not stored, as in `QuotientTable`.
///
/// A line of 64 bytes has five entries: five words, then five numbers of 4 bytes, so that a lookup
/// that ends in the line of its home costs one cache miss, numbers included. A word holds what is
/// left of the first word of the key, the second word, and one more than the number of lines
/// between the entry and its home, which keeps it from being 0. A number is stored plus one.
///
/// Tried: numbers of their own beside slots of 8 bytes, which are two cache misses; states named by
/// slots and compared where they lie (`ExactStore`), two that wait for each other.
///
/// Price: 12.8 bytes a slot, at most 13/16 full.
struct NumberedTable: ~Copyable {
  let lineCount: Int
  private let lines: KeyLines
  private let secondBits: UInt64
  private let displacementBits: UInt64
  /// An entry lies less than this many lines behind that of its home.
  let linesMax: Int
  private let block: PageBlock

  static let lineEntries = 5
  private static let lineBytes = 64
  private static let tailLines = 512
  /// Room for 63 lines behind home, more than ever happens at 13/16.
  private static let displacementBitsMin = 6
  private static let displacementBitsMax = 9

  /// Nil where memory is refused. Requires: at least `linesMin(secondBits:)` lines.
  init?(lineCount: Int, secondBits: Int) {
    precondition(lineCount >= NumberedTable.linesMin(secondBits: secondBits))
    let bytes = NumberedTable.byteCount(lineCount: lineCount)
    guard let block = PageBlock(byteCount: bytes, isTable: true) else { return nil }
    self.block = block
    self.lineCount = lineCount
    self.secondBits = UInt64(secondBits)
    lines = KeyLines(count: lineCount)
    displacementBits = min(
      UInt64(NumberedTable.displacementBitsMax), 64 - lines.restBits - UInt64(secondBits))
    linesMax = 1 << Int(displacementBits) - 1
  }

  static func linesMin(secondBits: Int) -> Int {
    1 << max(10, secondBits + displacementBitsMin)
  }

  static func byteCount(lineCount: Int) -> Int { lineBytes * (lineCount + tailLines) }

  var slotCount: Int { lineCount * NumberedTable.lineEntries }
  /// Lines in memory, those behind the last home included.
  var linesInMemory: Int { lineCount + NumberedTable.tailLines }

  @inline(__always)
  private func words(_ line: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
    assert(line >= 0 && line < linesInMemory)
    // Safety: atomics are laid out as their values, and zero pages are valid zeros.
    return (block.base + line &<< 6).assumingMemoryBound(to: Atomic<UInt64>.self)
  }

  /// Behind the words.
  @inline(__always)
  private func numbers(_ line: Int) -> UnsafeMutablePointer<Atomic<UInt32>> {
    assert(line >= 0 && line < linesInMemory)
    // Safety: as above.
    return (block.base + line &<< 6 + 8 &* NumberedTable.lineEntries)
      .assumingMemoryBound(to: Atomic<UInt32>.self)
  }

  @inline(__always)
  func prefetch(_ first: UInt64) {
    cprefetchw(block.base + Int(truncatingIfNeeded: lines.place(first).line) &<< 6)
  }

  /// Asks for the line behind that of a key's home where that one is full, as many keys lie there
  /// that were not in it. Requires: the line of the home is there.
  @inline(__always)
  func prefetchBehind(_ first: UInt64) {
    let line = Int(truncatingIfNeeded: lines.place(first).line)
    // Lines fill from the left.
    let last = words(line)[NumberedTable.lineEntries &- 1].load(ordering: .relaxed)
    let isFull = Int(truncatingIfNeeded: (last | (0 &- last)) &>> 63)
    cprefetch(block.base + (line &+ isFull) &<< 6)
  }

  /// The number of a key: a new one where it was not there; nil where it finds no place.
  ///
  /// Relaxed throughout, but for the number: an entry stands for itself.
  /// Threads: several, with `shared`.
  @inline(__always)
  func insert(
    _ key: Key, number: UInt32, shared: Bool, probes: inout Int
  ) -> (number: UInt32, isFresh: Bool)? {
    let (home, low) = lines.place(key.first)
    var wanted = (lines.rest(low) &<< secondBits | key.second) &<< displacementBits | 1
    var line = Int(truncatingIfNeeded: home)
    let end = line &+ linesMax
    while line < end {
      let words = words(line)
      for place in 0..<NumberedTable.lineEntries {
        var value = words[place].load(ordering: .relaxed)
        if value == 0 {
          value = claim(words + place, wanted, shared: shared)
          if value == 0 {
            // Releasing: pairs with the acquiring load in `number`.
            numbers(line)[place].store(number &+ 1, ordering: .releasing)
            return (number, true)
          }
        }
        if value == wanted { return (self.number(line, place), false) }
        probes &+= 1
      }
      line &+= 1
      wanted &+= 1
    }
    return nil
  }

  /// Puts a word into an entry that was empty: 0, or what another thread put there.
  @inline(__always)
  private func claim(
    _ entry: UnsafeMutablePointer<Atomic<UInt64>>, _ word: UInt64, shared: Bool
  ) -> UInt64 {
    if !shared {
      entry.pointee.store(word, ordering: .relaxed)
      return 0
    }
    return entry.pointee.compareExchange(expected: 0, desired: word, ordering: .relaxed).original
  }

  /// The number of an entry whose word is there: it is about to be.
  @inline(__always)
  private func number(_ line: Int, _ place: Int) -> UInt32 {
    while true {
      let value = numbers(line)[place].load(ordering: .acquiring)
      if value != 0 { return value &- 1 }
    }
  }

  /// Lines whose keys are worked out together.
  private static let streamBatch = 16

  /// Moves the entries of some lines into a larger table; false where one finds no place.
  ///
  /// Threads: several, on disjoint ranges, with `shared`.
  func stream(_ part: Range<Int>, into larger: borrowing NumberedTable, shared: Bool) -> Bool {
    let (from, to) = (part.lowerBound, part.upperBound)
    precondition(from >= 0 && to <= linesInMemory)
    var probes = 0
    let capacity = NumberedTable.streamBatch * NumberedTable.lineEntries
    return withUnsafeTemporaryAllocation(of: (Key, UInt32).self, capacity: capacity) { entries in
      for first in stride(from: from, to: to, by: NumberedTable.streamBatch) {
        var count = 0
        for line in first..<min(first + NumberedTable.streamBatch, to) {
          for place in 0..<NumberedTable.lineEntries {
            let value = words(line)[place].load(ordering: .relaxed)
            if value == 0 { continue }
            entries[count] = (key(line, value), number(line, place))
            larger.prefetch(entries[count].0.first)
            count &+= 1
          }
        }
        for index in 0..<count {
          let (key, number) = entries[index]
          let settled = larger.insert(key, number: number, shared: shared, probes: &probes)
          if settled == nil { return false }
        }
      }
      return true
    }
  }

  /// Gives up the entries.
  consuming func pages() -> PageBlock { block }

  /// Gives the pages of lines whose entries were moved back to the system.
  func giveBack(_ part: Range<Int>) {
    let bytes = NumberedTable.lineBytes
    block.discard(from: bytes * part.lowerBound, to: bytes * part.upperBound)
  }

  /// The key of an entry.
  @inline(__always)
  private func key(_ line: Int, _ value: UInt64) -> Key {
    let displacement = (value & (1 &<< displacementBits &- 1)) &- 1
    let rest = value &>> displacementBits
    return Key(
      first: lines.word(
        line: UInt64(truncatingIfNeeded: line) &- displacement, rest: rest &>> secondBits),
      second: rest & (1 &<< secondBits &- 1))
  }
}
