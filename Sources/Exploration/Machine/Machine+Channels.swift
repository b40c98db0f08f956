import TransitionSystem

// Channels in the packed state. An entry of at most 64 bits is one bit field whose unsigned order
// is the order of its cells; a whole queue in one word is moved by shifts. Wider entries go cell by
// cell. What is behind the last entry is always cleared.

/// What became of a copy.
enum CopyOutcome { case done, full, noEntry }

extension Machine {
  /// The channel and the state that it lies in.
  typealias ChannelPointer = UnsafePointer<ChannelDescriptor>
  typealias SlotPointer = UnsafePointer<SlotDescriptor>
  typealias WordPointer = UnsafeMutablePointer<UInt64>

  /// The next entry that differs from the one before it; -1 where there is none.
  @inline(never)
  static func nextCandidate(
    _ channel: ChannelPointer, _ slots: SlotPointer, _ words: WordPointer, after previous: Int
  ) -> Int {
    let length = Int(channel.pointee.length.value(words))
    var index = previous + 1
    while index < length {
      if index == 0 || !isEqual(channel, slots, words, index, index - 1) { return index }
      index += 1
    }
    return -1
  }

  /// A new entry: at the end of a queue, at its place in a bag. False where there is no room.
  @inline(never)
  static func insert(
    _ channel: ChannelPointer, _ slots: SlotPointer, _ words: WordPointer,
    _ cells: UnsafeMutablePointer<Int64>
  ) -> Bool {
    let length = Int(channel.pointee.length.value(words))
    if length >= channel.pointee.room { return false }
    setLength(channel, words, length + 1)
    if channel.pointee.form == .cells {
      insertCells(channel, slots, words, cells, length)
      return true
    }
    let entry = packed(channel, slots, cells)
    var place = length
    if channel.pointee.isBag {
      while place > 0, bits(channel, slots, words, place - 1) > entry { place -= 1 }
    }
    insertBits(channel, slots, words, entry, at: place, length: length)
    return true
  }

  /// Takes out an entry. False where there is none.
  @inline(never)
  static func remove(
    _ channel: ChannelPointer, _ slots: SlotPointer, _ words: WordPointer, _ index: Int64
  ) -> Bool {
    let length = Int(channel.pointee.length.value(words))
    guard index >= 0, index < length, length <= channel.pointee.room else { return false }
    setLength(channel, words, length - 1)
    let index = Int(index)
    switch channel.pointee.form {
    case .oneWord: shiftDown(channel, slots, words, index)
    case .fields:
      for entry in index..<length - 1 {
        setBits(channel, slots, words, entry, bits(channel, slots, words, entry + 1))
      }
      setBits(channel, slots, words, length - 1, 0)
    case .cells:
      let cells = channel.pointee.cellCount
      let first = slots + channel.pointee.firstCell
      for cell in index * cells..<(length - 1) * cells {
        first[cell].setBits(first[cell + cells].bits(words), words)
      }
      for cell in (length - 1) * cells..<length * cells { first[cell].setBits(0, words) }
    }
    return true
  }

  /// A copy of an entry right behind it: all behind it move on by one.
  @inline(never)
  static func duplicate(
    _ channel: ChannelPointer, _ slots: SlotPointer, _ words: WordPointer, _ index: Int64
  ) -> CopyOutcome {
    let length = Int(channel.pointee.length.value(words))
    guard index >= 0, index < length, length <= channel.pointee.room else { return .noEntry }
    if length == channel.pointee.room { return .full }
    setLength(channel, words, length + 1)
    let index = Int(index)
    if channel.pointee.form == .cells {
      let cells = channel.pointee.cellCount
      let first = slots + channel.pointee.firstCell
      for cell in (index * cells..<length * cells).reversed() {
        first[cell + cells].setBits(first[cell].bits(words), words)
      }
    } else {
      let entry = bits(channel, slots, words, index)
      insertBits(channel, slots, words, entry, at: index, length: length)
    }
    return .done
  }

  @inline(__always)
  private static func setLength(_ channel: ChannelPointer, _ words: WordPointer, _ length: Int) {
    let slot = channel.pointee.length
    slot.setBits(UInt64(bitPattern: Int64(length) &- slot.bias), words)
  }

  /// The cells as one bit field: cell 0 in the highest bits.
  @inline(__always)
  private static func packed(
    _ channel: ChannelPointer, _ slots: SlotPointer, _ cells: UnsafeMutablePointer<Int64>
  ) -> UInt64 {
    var entry: UInt64 = 0
    for cell in 0..<channel.pointee.cellCount {
      let slot = slots + (channel.pointee.firstCell &+ cell)
      let width = UInt64(truncatingIfNeeded: slot.pointee.mask.nonzeroBitCount)
      let bits = UInt64(bitPattern: cells[cell] &- slot.pointee.bias)
      assert(bits & ~slot.pointee.mask == 0, "the value does not fit its cell")
      // A cell of 64 bits is the only one with bits.
      entry = (width == 64 ? 0 : entry &<< width) | (bits & slot.pointee.mask)
    }
    return entry
  }

  @inline(__always)
  private static func bits(
    _ channel: ChannelPointer, _ slots: SlotPointer, _ words: WordPointer, _ index: Int
  ) -> UInt64 {
    slots[channel.pointee.firstEntry &+ index].bits(words)
  }

  @inline(__always)
  private static func setBits(
    _ channel: ChannelPointer, _ slots: SlotPointer, _ words: WordPointer, _ index: Int,
    _ bits: UInt64
  ) {
    slots[channel.pointee.firstEntry &+ index].setBits(bits, words)
  }

  /// Requires: the form is not `cells`; there is room.
  @inline(__always)
  private static func insertBits(
    _ channel: ChannelPointer, _ slots: SlotPointer, _ words: WordPointer, _ entry: UInt64,
    at place: Int, length: Int
  ) {
    if place < length {
      for index in (place..<length).reversed() {
        setBits(channel, slots, words, index + 1, bits(channel, slots, words, index))
      }
    }
    setBits(channel, slots, words, place, entry)
  }

  /// The queue's bits above entry `index` move down by one entry, over it.
  @inline(__always)
  private static func shiftDown(
    _ channel: ChannelPointer, _ slots: SlotPointer, _ words: WordPointer, _ index: Int
  ) {
    let width = channel.pointee.entryWidth
    if width == 0 { return }
    let first = slots[channel.pointee.firstEntry]
    let bitCount = UInt64(truncatingIfNeeded: width &* channel.pointee.room)
    let all = UInt64.max &>> (64 &- bitCount)
    let shift = UInt64(truncatingIfNeeded: first.shift)
    let queue = (words[Int(first.word)] &>> shift) & all
    let kept = (1 as UInt64) << UInt64(truncatingIfNeeded: index &* width) &- 1
    let moved = queue >> UInt64(truncatingIfNeeded: width)
    let result = queue & kept | moved & ~kept
    words[Int(first.word)] = words[Int(first.word)] & ~(all &<< shift) | result &<< shift
  }

  private static func isEqual(
    _ channel: ChannelPointer, _ slots: SlotPointer, _ words: WordPointer, _ one: Int,
    _ other: Int
  ) -> Bool {
    guard channel.pointee.form == .cells else {
      return bits(channel, slots, words, one) == bits(channel, slots, words, other)
    }
    let cells = channel.pointee.cellCount
    let first = slots + channel.pointee.firstCell
    for cell in 0..<cells
    where first[one * cells + cell].bits(words) != first[other * cells + cell].bits(words) {
      return false
    }
    return true
  }

  /// The length counts the new entry already.
  private static func insertCells(
    _ channel: ChannelPointer, _ slots: SlotPointer, _ words: WordPointer,
    _ values: UnsafeMutablePointer<Int64>, _ length: Int
  ) {
    let cells = channel.pointee.cellCount
    let first = slots + channel.pointee.firstCell
    var place = length
    if channel.pointee.isBag {
      while place > 0, isGreater(first + (place - 1) * cells, cells, words, values) { place -= 1 }
    }
    for cell in (place * cells..<length * cells).reversed() {
      first[cell + cells].setBits(first[cell].bits(words), words)
    }
    for cell in 0..<cells {
      let slot = first + (place * cells + cell)
      slot.pointee.setBits(UInt64(bitPattern: values[cell] &- slot.pointee.bias), words)
    }
  }

  /// Whether the entry at `first` comes behind the values.
  private static func isGreater(
    _ first: SlotPointer, _ cells: Int, _ words: WordPointer,
    _ values: UnsafeMutablePointer<Int64>
  ) -> Bool {
    for cell in 0..<cells {
      let here = first[cell].bits(words)
      let there = UInt64(bitPattern: values[cell] &- first[cell].bias)
      if here != there { return here > there }
    }
    return false
  }
}
