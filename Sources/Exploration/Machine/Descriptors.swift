import TransitionSystem

/// Where a slot lies, for accesses by a computed index; 24 bytes.
struct SlotDescriptor: BitwiseCopyable, Sendable {
  /// Of the value, not shifted; 0 for a slot without bits.
  let mask: UInt64
  let bias: Int64
  let word: Int32
  let shift: Int32

  init(mask: UInt64, bias: Int64, word: Int32, shift: Int32) {
    self.mask = mask
    self.bias = bias
    self.word = word
    self.shift = shift
  }

  init(_ slot: SlotID, in layout: StateLayout) {
    let width = layout.slots[slot.index].width
    let position = layout.positions[slot.index]
    self.init(
      mask: width == 0 ? 0 : UInt64.max >> UInt64(64 - width),
      bias: layout.slots[slot.index].minimum, word: position.word, shift: Int32(position.shift))
  }

  /// The bits of the slot. Requires: `words` has the word.
  @inline(__always)
  func bits(_ words: UnsafeMutablePointer<UInt64>) -> UInt64 {
    (words[Int(word)] &>> UInt64(truncatingIfNeeded: shift)) & mask
  }

  @inline(__always)
  func setBits(_ bits: UInt64, _ words: UnsafeMutablePointer<UInt64>) {
    assert(bits & ~mask == 0, "the value does not fit its slot")
    let shift = UInt64(truncatingIfNeeded: shift)
    words[Int(word)] = words[Int(word)] & ~(mask &<< shift) | (bits & mask) &<< shift
  }

  @inline(__always)
  func value(_ words: UnsafeMutablePointer<UInt64>) -> Int64 {
    Int64(bitPattern: bits(words)) &+ bias
  }
}

/// How the entries of a channel lie in the state.
enum EntryForm: Sendable {
  /// All in one word, entry 0 lowest: operations are shifts of the whole queue.
  case oneWord
  /// Each entry is one bit field.
  case fields
  /// An entry takes several words: cell by cell.
  case cells
}

/// A channel, for the machine.
struct ChannelDescriptor: BitwiseCopyable, Sendable {
  let form: EntryForm
  let isBag: Bool
  let grows: Bool
  let room: Int
  let cellCount: Int
  let length: SlotDescriptor
  /// Width of an entry (0 … 64), unless it goes cell by cell.
  let entryWidth: Int
  /// Index of the descriptor of entry 0 among the entries' descriptors (forms `oneWord`,
  /// `fields`), which follow those of the slots.
  let firstEntry: Int
  /// Index of the descriptor of entry 0, cell 0.
  let firstCell: Int
}

extension ChannelDescriptor {
  /// Appends the descriptors of the entries of `channel` to `slots`.
  init(_ channel: Channel, in layout: StateLayout, slots: inout [SlotDescriptor]) {
    let (cells, first) = (channel.cellCount, channel.entries.index)
    // The cells of entry 0 tell the width of all.
    let slotCells = channel.room == 0 ? [] : layout.slots[first..<first + cells]
    let width = slotCells.reduce(0) { $0 + $1.width }
    var entries: [SlotDescriptor] = []
    if width <= 64 {
      for entry in 0..<channel.room {
        entries.append(Self.entry(first + entry * cells, cells, width, slots))
      }
    }
    let shifts = entries.enumerated().allSatisfy { index, entry in
      entry.word == entries[0].word && Int(entry.shift) == Int(entries[0].shift) + index * width
    }
    let fits = width * channel.room <= 64
    form = width > 64 ? .cells : shifts && fits ? .oneWord : .fields
    isBag = channel.order == .bag
    grows = channel.grows
    room = channel.room
    cellCount = cells
    length = SlotDescriptor(channel.length, in: layout)
    entryWidth = width
    firstEntry = slots.count
    firstCell = first
    slots += entries
  }

  /// The cells from `first` on as one field: cell 0 highest.
  private static func entry(
    _ first: Int, _ cells: Int, _ width: Int, _ slots: [SlotDescriptor]
  ) -> SlotDescriptor {
    guard width > 0, let last = (first..<first + cells).last(where: { slots[$0].mask != 0 }) else {
      return SlotDescriptor(mask: 0, bias: 0, word: 0, shift: 0)
    }
    return SlotDescriptor(
      mask: UInt64.max >> UInt64(64 - width), bias: 0, word: slots[last].word,
      shift: slots[last].shift)
  }
}
