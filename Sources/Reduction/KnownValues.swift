/// The values of a few slots at the beginning of a program, and what is known of them later.
///
/// They are looked up one after the other: for so few that takes less time than to hash.
struct KnownValues {
  private struct Entry {
    let slot: Int
    let initial: Int64
    /// Nil where it is not known any more.
    var value: Int64?
  }

  private var entries: [Entry] = []

  init(capacity: Int) { entries.reserveCapacity(capacity) }

  /// The slots, in the order in which they were added, with their values at the beginning.
  var initial: [(slot: Int, value: Int64)] { entries.map { ($0.slot, $0.initial) } }

  /// Requires: the slot was not added before.
  mutating func add(_ slot: Int, _ value: Int64) {
    entries.append(Entry(slot: slot, initial: value, value: value))
  }

  /// What is known of a slot; nil for one that was not added, of which nothing ever is.
  subscript(slot: Int) -> Int64? {
    get { entries.first { $0.slot == slot }?.value }
    set {
      if let place = entries.firstIndex(where: { $0.slot == slot }) {
        entries[place].value = newValue
      }
    }
  }

  /// Some slots have again the values that they had at the beginning.
  mutating func restore(_ slots: Range<Int>) {
    for place in entries.indices where slots.contains(entries[place].slot) {
      entries[place].value = entries[place].initial
    }
  }

  /// Forgets those of which others know something else.
  mutating func forget(differingIn others: [KnownValues]) {
    for place in entries.indices
    where others.contains(where: { $0.entries[place].value != entries[place].value }) {
      entries[place].value = nil
    }
  }
}
