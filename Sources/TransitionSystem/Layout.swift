/// Index of a slot in `StateLayout.slots`.
public struct SlotID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

/// One scalar of the state: a bit field of `width` bits that holds `value - minimum`.
///
/// A field of width 64 holds the bits of the value itself (`minimum` is 0). A cleared field is all
/// zero bits, that is, the value `minimum`.
public struct Slot: Sendable, Hashable {
  /// For dumps: `Node[1].level`, `Merger.inbox[0].sender`.
  public let name: String
  public let minimum: Int64
  /// 0 … 64 bits; 0 for a value that never varies.
  public let width: Int
  public init(name: String, minimum: Int64, width: Int) {
    self.name = name
    self.minimum = minimum
    self.width = width
  }

  /// The slot for the values `lower ... upper`.
  public init(name: String, lower: Int64, upper: Int64) {
    let (range, overflow) = upper.subtractingReportingOverflow(lower)
    if overflow || range < 0 {
      self.init(name: name, minimum: 0, width: 64)
    } else {
      let width = 64 - range.leadingZeroBitCount
      self.init(name: name, minimum: width == 64 ? 0 : lower, width: width)
    }
  }
}

/// Where a slot lies in the packed state vector: `word` of 64 bits, from bit `shift` up.
public struct SlotPosition: Sendable, Hashable {
  public let word: Int32
  public let shift: UInt8
  public init(word: Int32, shift: UInt8) {
    self.word = word
    self.shift = shift
  }
}

/// The shape of the packed state vector: `wordCount` words of 64 bits, no slot across two words.
///
/// Slots that must lie side by side are added as a group: the entries of a channel, so that an
/// entry of at most 64 bits is one bit field (cell 0 in the highest bits of the field), and a whole
/// queue of at most 64 bits lies in one word (entry 0 in the lowest bits).
public struct StateLayout: Sendable {
  public private(set) var slots: [Slot] = []
  public private(set) var positions: [SlotPosition] = []
  public private(set) var wordCount = 0
  /// Bits in use in each word.
  private var used: [Int] = []

  public init() {}

  /// Adds one slot, in the first word of the last few with room.
  @discardableResult
  public mutating func add(_ slot: Slot) -> SlotID {
    let word = findWord(bits: slot.width)
    place(slot, word: word, shift: used[word])
    used[word] += slot.width
    return SlotID(slots.count - 1)
  }

  /// Adds `count` entries of the given cells; returns the first slot. Entry e, cell c is slot
  /// `first + e * cells.count + c`. See the type for how they lie.
  public mutating func addEntries(cells: [Slot], count: Int) -> SlotID {
    let first = SlotID(slots.count)
    let entryWidth = cells.reduce(0) { $0 + $1.width }
    guard entryWidth <= 64 else {
      for _ in 0..<count { for cell in cells { add(cell) } }
      return first
    }
    var word = findWord(bits: entryWidth * count <= 64 ? entryWidth * count : 64)
    for _ in 0..<count {
      if used[word] + entryWidth > 64 { word = newWord() }
      var shift = used[word] + entryWidth
      for cell in cells {
        shift -= cell.width
        place(cell, word: word, shift: shift)
      }
      used[word] += entryWidth
    }
    return first
  }

  /// The same slots, by number, but some have no bits; the entries of channels stay together.
  public func without(_ dropped: Set<SlotID>, channels: [Channel]) -> StateLayout {
    var result = StateLayout()
    while result.slots.count < slots.count {
      let next = result.slots.count
      if let channel = channels.first(where: {
        $0.entries.index == next && $0.room * $0.cellCount > 0
      }) {
        let cells = Array(slots[next..<next + channel.cellCount])
        _ = result.addEntries(cells: cells, count: channel.room)
      } else if dropped.contains(SlotID(next)) {
        result.add(Slot(name: slots[next].name, minimum: slots[next].minimum, width: 0))
      } else {
        result.add(slots[next])
      }
    }
    return result
  }

  /// Bits of a state without padding.
  public var bitCount: Int { used.reduce(0, +) }

  private mutating func place(_ slot: Slot, word: Int, shift: Int) {
    slots.append(slot)
    // A slot of width 0 may begin behind the last bit of a word; it reads no bits.
    positions.append(SlotPosition(word: Int32(word), shift: UInt8(min(shift, 63))))
  }

  private mutating func newWord() -> Int {
    used.append(0)
    wordCount = used.count
    return used.count - 1
  }

  private mutating func findWord(bits: Int) -> Int {
    for word in used.indices.suffix(8) where used[word] + bits <= 64 { return word }
    return newWord()
  }

  /// Reads a slot of a packed state.
  public func read(_ slot: SlotID, from words: [UInt64]) -> Int64 {
    let position = positions[slot.index]
    let description = slots[slot.index]
    if description.width == 0 { return description.minimum }
    let bits = words[Int(position.word)] >> UInt64(position.shift)
    if description.width == 64 { return Int64(bitPattern: bits) }
    return Int64(bitPattern: bits & (1 << UInt64(description.width) - 1)) &+ description.minimum
  }
}
