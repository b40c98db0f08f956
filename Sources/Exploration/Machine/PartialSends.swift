import TransitionSystem

/// Which partial variants of one candidate of an action were seen.
///
/// A variant is given by its choices and the multiset of messages that got out. The odometer sends
/// first and drops later, so the full variant of some choices comes before the others: they count
/// only if it completed.
struct PartialSends {
  private var complete: Set<[Int64]> = []
  private var variants: Set<[Int64]> = []

  /// The messages of the variant in progress that got out: channel, then cells.
  private var kept: [[Int64]] = []

  mutating func beginVariant() { kept.removeAll(keepingCapacity: true) }

  mutating func keep(_ message: SentMessage) {
    kept.append([Int64(message.channel.index)] + message.entry)
  }

  mutating func removeAll() {
    complete.removeAll(keepingCapacity: true)
    variants.removeAll(keepingCapacity: true)
  }

  /// Whether a variant that completed is a transition of its own.
  mutating func admits(choices: [Int64], isFull: Bool) -> Bool {
    if isFull { complete.insert(choices) }
    guard complete.contains(choices) else { return false }
    let messages = kept.sorted { $0.lexicographicallyPrecedes($1) }
    // Lengths follow from the channels: the concatenation is unambiguous.
    return variants.insert(choices + messages.flatMap { $0 }).inserted
  }
}

extension Machine {
  /// Whether the instance in progress, which completes, is not a repetition.
  @inline(never)
  mutating func admitsPartial(_ choiceCount: Int) -> Bool {
    var values: [Int64] = []
    var isFull = true
    for point in UnsafeBufferPointer(start: choices, count: choiceCount) {
      if point.choiceID == nil {
        if point.value != 0 { isFull = false }
      } else {
        values.append(point.value)
      }
    }
    values.insert(Int64(values.count), at: 0)
    return partial.admits(choices: values, isFull: isFull)
  }
}
