/// Where the spots of local states lie in rows of bits.
///
/// A group has so many bits for each kind of its local states as they have spots: as one kind is at
/// hand at a time, what an action needs of all groups is one row, which says what it needs in the
/// state at hand under a mask of the kinds there. Groups lie in their order, so that the order of
/// bits depends on the state only, not on which kind was met first. No kind lies in two words.
///
/// Where rows would be too long, all kinds of a group share their bits, and a row is for one state.
struct SpotLayout {
  /// What rows look like.
  struct Form: BitwiseCopyable {
    var wordCount = 1
    var kindsShareBits = false
    /// How often all places have changed.
    var number = 0
  }

  /// A group's bits: those taken by kinds, and a few that wait for more.
  private struct Region {
    var start = 0
    var used = 0
    var end = 0
  }

  private var regions: [Region]
  /// By group and kind: spots, and the first bit.
  private var sizes: [[Int]]
  private var places: [[Int]]
  private let wordsMax: Int
  private(set) var form = Form()
  private(set) var groupOfBit: [Int32] = []

  init(groupCount: Int, wordsMax: Int) {
    regions = Array(repeating: Region(), count: groupCount)
    sizes = Array(repeating: [], count: groupCount)
    places = sizes
    self.wordsMax = wordsMax
    arrange()
  }

  func firstBit(of kind: Int, in group: Int) -> Int { places[group][kind] }

  func bits(of group: Int) -> Range<Int> { regions[group].start..<regions[group].end }

  /// Adds the next kind of a group.
  mutating func addKind(of spotCount: Int, to group: Int) {
    sizes[group].append(spotCount)
    places[group].append(0)
    if !place(sizes[group].count - 1, of: group) {
      form.number += 1
      arrange()
    }
  }

  /// Finds bits for a kind among those of its group; false where there are none.
  private mutating func place(_ kind: Int, of group: Int) -> Bool {
    let size = sizes[group][kind]
    // No bits, wherever: behind the last ones there may be no word.
    if size == 0 { return true }
    let region = regions[group]
    let first = SpotLayout.fit(size, form.kindsShareBits ? region.start : region.used)
    if first + size > region.end { return false }
    places[group][kind] = first
    regions[group].used = max(region.used, first + size)
    return true
  }

  /// The first place from `bit` on where so many bits lie in one word.
  private static func fit(_ size: Int, _ bit: Int) -> Int {
    bit & 63 + size > 64 ? (bit | 63) + 1 : bit
  }

  /// Gives each group a quarter more bits than its kinds take.
  private mutating func arrange() {
    var bit = 0
    for group in regions.indices {
      if form.kindsShareBits { bit = SpotLayout.fit(sizes[group].max() ?? 0, bit) }
      regions[group] = Region(start: bit, used: bit, end: .max)
      for kind in sizes[group].indices { _ = place(kind, of: group) }
      bit = regions[group].used
      if !form.kindsShareBits { bit += (bit - regions[group].start + 3) / 4 }
      regions[group].end = bit
    }
    form.wordCount = max(1, (bit + 63) / 64)
    if form.wordCount > wordsMax && !form.kindsShareBits {
      form.kindsShareBits = true
      return arrange()
    }
    groupOfBit = Array(repeating: 0, count: 64 * form.wordCount)
    for group in regions.indices {
      for bit in bits(of: group) { groupOfBit[bit] = Int32(group) }
    }
  }
}
