import Testing

@testable import Exploration

/// The bijection of roots, and tables of their quotients against a Swift `Set`.
@Suite struct RootCodeTests {
  private static let codes =
    [1, 31, 32, 33, 36, 37, 64].map { RootCode(leafBits: $0) }
    + [16, 17, 20, 23, 31, 32].map { RootCode(numberBits: $0) }

  @Test(arguments: codes)
  func keysGiveRootsBack(code: RootCode) {
    var random = RandomSource(seed: 5, stream: code.low << 8 | code.high)
    for number in 0..<4000 {
      let word = random.next() >> UInt64(number % 64)
      let root = word & (1 << code.low - 1) | (word >> 32 & (1 << code.high - 1)) << 32
      #expect(code.keeps(root))
      let key = code.key(root)
      #expect(key >> UInt64(code.bits - 1) <= 1)
      #expect(code.root(key) == root)
    }
  }

  @Test func numbersWithMoreBitsAreNotKept() {
    let code = RootCode(numberBits: 17)
    #expect(code.keeps(0x1_FFFF | 0x1_FFFF << 32))
    #expect(!code.keeps(0x2_0000) && !code.keeps(0x2_0000 << 32))
    let leaf = RootCode(leafBits: 36)
    #expect(leaf.keeps(1 << 35) && !leaf.keeps(1 << 36))
  }

  /// A table of roots that is filled up to where it grows, then streamed into others: of the same
  /// code, of wider ones, with slots of 4 and of 8 bytes. Neighbouring numbers are spread.
  @Test(arguments: [16, 17, 20, 24, 32])
  func tablesLoseNothing(numberBits: Int) throws {
    let roots = (0..<14_000).map { UInt64($0 % 150) | UInt64($0 / 150) << 32 }
    guard let table = QuotientTable(slotCount: 1 << 14, shape: shape(numberBits)) else {
      Issue.record("no memory")
      return
    }
    let first = insert(roots, numberBits, into: table)
    #expect(first.fresh == roots.count)
    // 7/8 full: as with random keys.
    #expect(first.probes < 12 * roots.count)
    #expect(insert(roots, numberBits, into: table).known == roots.count)
    var source = table
    for bits in [numberBits, min(32, numberBits + 2), 32] {
      guard let larger = QuotientTable(slotCount: 20_000, shape: shape(bits)) else {
        Issue.record("no memory")
        return
      }
      let isDone = source.stream(
        0..<source.positionCount, into: larger, shared: bits > 20)
      #expect(isDone)
      #expect(insert(roots, bits, into: larger).known == roots.count)
      #expect(insert([151, 151], bits, into: larger) == Counts(fresh: 1, known: 1))
      guard let next = QuotientTable(slotCount: 20_000, shape: shape(bits)) else { return }
      #expect(insert(roots, bits, into: next, shared: true).fresh == roots.count)
      source = next
    }
  }

  /// A table that is filled to the brim says so, and keeps what it has.
  @Test func fullTablesSaySo() throws {
    guard let table = QuotientTable(slotCount: 1 << 13, shape: shape(16)) else {
      Issue.record("no memory")
      return
    }
    let roots = (0..<40_000).map { UInt64($0 & 0xFF) | UInt64($0 >> 8) << 32 }
    let first = insert(roots, 16, into: table)
    #expect(first.full > 20_000 && first.fresh > 1 << 13 && first.known == 0)
    let second = insert(roots, 16, into: table, shared: true)
    #expect(second == Counts(fresh: 0, known: first.fresh, full: first.full))
  }

  private struct Counts: Equatable {
    var fresh = 0
    var known = 0
    var full = 0
    var probes = 0

    static func == (left: Counts, right: Counts) -> Bool {
      (left.fresh, left.known, left.full) == (right.fresh, right.known, right.full)
    }
  }

  private func shape(_ numberBits: Int) -> KeyShape { .root(RootCode(numberBits: numberBits)) }

  private func insert(
    _ roots: [UInt64], _ numberBits: Int, into table: borrowing QuotientTable, shared: Bool = false
  ) -> Counts {
    let code = RootCode(numberBits: numberBits)
    var counts = Counts()
    for root in roots {
      let key = Key(first: code.key(root) << UInt64(64 - code.bits), second: 0)
      switch table.insert(key, shared: shared, probes: &counts.probes) {
      case .fresh: counts.fresh += 1
      case .known: counts.known += 1
      case .full: counts.full += 1
      }
    }
    return counts
  }
}
