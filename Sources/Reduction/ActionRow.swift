/// A set of actions as bits: bit i of word w is action 64 w + i.
struct ActionRow: Equatable {
  private(set) var words: [UInt64]

  init(count: Int) { words = Array(repeating: 0, count: max(1, (count + 63) / 64)) }

  mutating func insert(_ action: Int) { words[action >> 6] |= 1 << UInt64(action & 63) }
  mutating func remove(_ action: Int) { words[action >> 6] &= ~(1 << UInt64(action & 63)) }
  func contains(_ action: Int) -> Bool { words[action >> 6] >> UInt64(action & 63) & 1 == 1 }

  mutating func formUnion(_ other: ActionRow) {
    for word in words.indices { words[word] |= other.words[word] }
  }

  mutating func subtract(_ other: ActionRow) {
    for word in words.indices { words[word] &= ~other.words[word] }
  }

  /// Ascending.
  var members: [Int] {
    var result: [Int] = []
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        result.append(index << 6 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    return result
  }
}
