import TransitionSystem

/// Where the slots that an oracle is asked about lie in a state, and the answers in a table.
struct MemberPlan {
  /// Neighbouring members whose slots are neighbouring bits of one word.
  struct Run {
    let word: Int
    let shift: UInt64
    let mask: UInt64
    let target: Int
    let targetShift: UInt64
  }

  /// A question has a power of two of entries in the table.
  static let tableBits = 12
  /// Of the multiplicative hash of a set (Knuth, TAOCP 3, 6.4).
  static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  private(set) var runs: [Run] = []
  let wordCount: Int

  init(_ system: TransitionSystem) {
    wordCount = max(1, (system.members.count + 63) / 64)
    let slots = system.members.map(\.slot.index)
    // A reduction may have taken slots out of the layout: these members are never in.
    let hasBit = slots.map { system.layout.slots[$0].width > 0 }
    let places = slots.map { system.layout.positions[$0] }
    var start = 0
    while start < places.count {
      let first = places[start]
      var end = start + 1
      if !hasBit[start] {
        start = end
        continue
      }
      while end < places.count, end % 64 != 0, hasBit[end], places[end].word == first.word,
        Int(places[end].shift) == Int(first.shift) + end - start
      {
        end += 1
      }
      runs.append(
        Run(
          word: Int(first.word), shift: UInt64(first.shift),
          mask: .max >> UInt64(64 - (end - start)), target: start / 64,
          targetShift: UInt64(start % 64)))
      start = end
    }
  }

  /// The first word of a question's entries: behind the count of answers found.
  func firstEntry(of question: Int) -> Int {
    1 + question * (wordCount + 1) << Self.tableBits
  }
}
