/// What demands need of local states, as rows of bits (`SpotLayout`); each is worked out when it is
/// first asked for.
///
/// A row has two bits for each spot of each kind of local states: whether it is needed, and whether
/// that is not known yet. They lie in turn, a word of one and a word of the other.
///
/// Safety: demands are below their count.
///
/// Threads: one; it belongs to its `LocalStates`.
struct DemandRows: ~Copyable {
  private let words: Pool<UInt64>
  private let size: Cells<Int>

  /// `width`: words of a row, of each of the two.
  init(width: Int) {
    words = Pool()
    size = Cells(repeating: 2 * width, count: 1)
  }

  var byteCount: Int { words.byteCount }

  /// Where the rows lie until a demand is added.
  @inline(__always)
  var base: UnsafePointer<UInt64> { words.base }

  /// Forgets all demands.
  func startAgain(width: Int) {
    words.removeAll()
    size[0] = 2 * width
  }

  /// Adds a demand that may need something of these groups.
  func add(groups: [Int], _ layout: SpotLayout) {
    var row = [UInt64](repeating: 0, count: size[0])
    for group in groups {
      for bit in layout.bits(of: group) { row[bit >> 6 * 2 + 1] |= 1 << UInt64(bit & 63) }
    }
    for word in row { words.append(word) }
  }

  /// Of the spots `present` of a word, those that a demand needs; nil where that is not known.
  func needs(_ demand: Int, word: Int, present: UInt64) -> UInt64? {
    let place = demand * size[0] + 2 * word
    return words[place + 1] & present != 0 ? nil : words[place] & present
  }

  /// Notes which of the spots `present` of a word a demand needs.
  func note(_ needed: UInt64, _ demand: Int, word: Int, present: UInt64) {
    let place = demand * size[0] + 2 * word
    words.replace(place, by: words[place] | needed)
    words.replace(place + 1, by: words[place + 1] & ~present)
  }
}
