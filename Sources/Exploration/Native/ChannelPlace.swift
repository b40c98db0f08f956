import TransitionSystem

/// Where the entries of a channel lie, for its C: the same three forms as the machine's.
struct ChannelPlace {
  let channel: Channel
  let form: EntryForm
  /// Width of an entry (0 … 64), unless it goes cell by cell.
  let entryWidth: Int
  /// The entries as one bit field each; empty in the form `cells`.
  let entries: [SlotDescriptor]
  /// The slots of all entries.
  let cells: [SlotID]

  /// `descriptors`: of all slots.
  init(_ channel: Channel, in layout: StateLayout, _ descriptors: [SlotDescriptor]) {
    self.channel = channel
    // The descriptor appends the entries to the slots.
    var slots = descriptors
    let descriptor = ChannelDescriptor(channel, in: layout, slots: &slots)
    form = descriptor.form
    entryWidth = descriptor.entryWidth
    entries = Array(slots[layout.slots.count...])
    let first = channel.entries.index
    cells = (first..<first + channel.room * channel.cellCount).map { SlotID($0) }
  }

  /// Bits of the whole queue, in the form `oneWord`.
  var queueMask: UInt64 {
    let bits = entryWidth * channel.room
    return bits == 0 ? 0 : UInt64.max >> UInt64(64 - bits)
  }

  /// The words that sends and removals may write.
  func words(_ layout: StateLayout) -> Set<Int32> {
    Set(
      (cells + [channel.length]).filter { layout.slots[$0.index].width > 0 }
        .map { layout.positions[$0.index].word })
  }
}
