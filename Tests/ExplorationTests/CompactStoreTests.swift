import Testing

@testable import Exploration

/// Tree compression against a Swift `Set`, for trees of every shape, with several threads, while
/// both tables grow.
@Suite struct CompactStoreTests {
  @Test(arguments: [(1, 2), (2, 3), (1, 5), (4, 7), (2, 16), (2, 1)])
  func agreesWithASet(workers: Int, wordCount: Int) throws {
    let states = RepeatingStates(count: 30_000, wordCount: wordCount)
    let filled = try fill(states, workers: workers, limit: 1 << 30)
    let expected = Set((0..<states.count).map(states.words))
    #expect(!filled.isRefused)
    #expect(filled.contents() == expected)
    #expect(filled.freshTotal == expected.count)
    #expect(filled.store.pointee.growths > 2)
  }

  /// States of many widths, with fields anywhere in their words and units of any size; half of the
  /// trees of one leaf. Whatever comes out of the store went in, once.
  @Test(arguments: 0..<24)
  func anyTreeLosesNothing(seed: Int) throws {
    let states = FieldStates(count: 12_000, seed: UInt64(seed), bitsMax: seed % 2 == 0 ? 37 : 500)
    let tree = StateTree(wordCount: states.wordCount, units: states.units)
    #expect(tree.pairs.isEmpty == (states.bits <= StateTree.leafBitsMax))
    let filled = try fill(states, tree, workers: 1 + seed % 3, limit: 1 << 30)
    let expected = Set((0..<states.count).map(states.words))
    #expect(!filled.isRefused)
    #expect(filled.contents() == expected)
    #expect(filled.freshTotal == expected.count)
    filled.startOver()
    filled.insertAll(states)
    #expect(filled.freshTotal == expected.count)
  }

  /// States that differ in one word of many, and states with the same words at other places.
  @Test func aTreeIsNotAMultiset() throws {
    let filled = try #require(
      StoreFilling<CompactStore>(
        wordCount: 4, workers: 1, budget: MemoryBudget(limit: 1 << 30), choice: .compact))
    var writer = CompactStore.Writer(worker: 0)
    var batch = InsertionBatch()
    let rows: [[UInt64]] = [
      [1, 2, 3, 4], [2, 1, 3, 4], [3, 4, 1, 2], [1, 2, 4, 3], [1, 1, 1, 1], [0, 0, 0, 0],
      [0, 0, 0, 1], [1, 2, 1, 2], [1, 2, 3, 4], [0, 0, 0, 0],
    ]
    var fresh: [Int] = []
    rows.flatMap(\.self).withUnsafeBufferPointer { words in
      guard let states = words.baseAddress else { return }
      // Hashes that are all equal: they only say where to look for recent states.
      [UInt64](repeating: 7, count: rows.count).withUnsafeBufferPointer { hashes in
        guard let hashes = hashes.baseAddress else { return }
        _ = filled.store.pointee.insert(
          states, hashes: hashes, count: rows.count, writer: &writer, batch: &batch)
      }
      fresh = (0..<batch.freshCount).map { Int(batch.fresh[$0]) }
    }
    #expect(fresh == Array(0..<8))
  }

  /// Numbers outgrow the code of roots again and again, and at last the slots of 4 bytes.
  @Test(arguments: [1, 2, 4])
  func codesGrow(workers: Int) throws {
    let states = RepeatingStates(count: 90_000, wordCount: 4, distinct: true)
    let filled = try fill(states, workers: workers, limit: 1 << 30)
    #expect(filled.store.pointee.name.hasSuffix("8-byte roots)"))
    #expect(filled.freshTotal == states.count)
    #expect(filled.contents().count == states.count)
    filled.startOver()
    filled.insertAll(states)
    #expect(filled.freshTotal == states.count)
  }

  /// What ends the search at any point of growth of either table leaves a set that is what it says.
  @Test(arguments: [1, 2], Array(stride(from: 2, through: 30, by: 4)))
  func budgetIsKept(workers: Int, megabytes: Int) throws {
    let budget = MemoryBudget(limit: megabytes << 20)
    let plan = StorePlan(wordCount: 3, workers: workers, budget: budget, choice: .compact)
    guard let filled = StoreFilling<CompactStore>(plan) else { return }
    let states = RepeatingStates(count: 900_000, wordCount: 3, distinct: true)
    filled.insertAll(states)
    #expect(filled.isRefused)
    #expect(budget.peak <= megabytes << 20)
    #expect(megabytes < 24 || filled.freshTotal > 100_000)
    #expect(filled.contents().count == filled.freshTotal)
  }

  /// States that were refused, by a full table or for want of memory, are no recent ones when they
  /// come again: nobody takes them for known.
  @Test func refusedStatesAreNotKnown() throws {
    var (full, refused) = (0, 0)
    for megabytes in stride(from: 2, through: 30, by: 4) {
      let budget = MemoryBudget(limit: megabytes << 20)
      let plan = StorePlan(wordCount: 3, workers: 1, budget: budget, choice: .compact)
      guard var refusals = CompactRefusals(plan) else { continue }
      refusals.insert(RepeatingStates(count: 2_000_000, wordCount: 3, distinct: true), until: 5)
      #expect(refusals.takenForKnown == 0, "\(megabytes) MiB")
      full += refusals.full
      refused += refusals.refused
    }
    #expect(full > 0 && refused > 0)
  }

  @Test func memoryIsGivenBack() throws {
    let budget = MemoryBudget(limit: 1 << 30)
    do {
      let filled = try #require(
        StoreFilling<CompactStore>(wordCount: 3, workers: 2, budget: budget, choice: .compact))
      filled.insertAll(RepeatingStates(count: 200_000, wordCount: 3))
      #expect(filled.store.pointee.growths > 3)
      #expect(budget.inUse > 0)
    }
    #expect(budget.inUse == 0)
  }

  /// Eight agents of 48 bits that vary by themselves: at most 5 leaves, 25 pairs, and 625 pairs of
  /// pairs, which both halves share; and at most 7 bytes a state.
  @Test func productsAreSmall() throws {
    let states = ProductStates(agents: 8, values: 5)
    let tree = StateTree(wordCount: states.wordCount, units: states.units)
    let filled = try fill(states, tree, workers: 1, limit: 1 << 30)
    #expect(filled.freshTotal == 390_625)
    let words = filled.store.pointee.name.split(separator: " ")
    let nodes = try #require(Int(words[1].dropFirst()))
    #expect(nodes >= 625 && nodes <= 5 + 25 + 625)
    #expect(filled.store.pointee.tableBytes < 7 * 390_625)
  }

  private func fill(
    _ states: some NumberedStates, _ tree: StateTree? = nil, workers: Int, limit: Int
  ) throws -> StoreFilling<CompactStore> {
    let plan = StorePlan(
      wordCount: states.wordCount, workers: workers, budget: MemoryBudget(limit: limit),
      choice: .compact, tree: tree)
    let filled = try #require(StoreFilling<CompactStore>(plan))
    filled.insertAll(states)
    return filled
  }
}

/// States with random values in random fields; a third of them more than once.
struct FieldStates: NumberedStates {
  let count: Int
  let wordCount: Int
  let units: [[Field]]
  private let seed: UInt64

  var bits: Int { units.reduce(0) { $0 + $1.reduce(0) { $0 + $1.width } } }

  init(count: Int, seed: UInt64, bitsMax: Int) {
    self.count = count
    self.seed = seed
    var random = RandomSource(seed: seed, stream: 99)
    var fields: [Field] = []
    var bits = 1 + random.below(bitsMax)
    var (word, shift) = (0, 0)
    while bits > 0 {
      let width = min(bits, 1 + random.below(random.below(4) == 0 ? 64 : 9))
      shift += random.below(3)
      if shift + width > 64 { (word, shift) = (word + 1, 0) }
      fields.append(Field(word: Int32(word), shift: shift, width: width))
      shift += width
      bits -= width
    }
    wordCount = word + 1
    units = fields.reduce(into: [[Field]]()) { units, field in
      if units.isEmpty || random.below(3) == 0 { units.append([]) }
      units[units.count - 1].append(field)
    }
  }

  func write(_ number: Int, to state: UnsafeMutablePointer<UInt64>) {
    var pick = RandomSource(seed: seed, stream: UInt64(number))
    var random = RandomSource(seed: seed &+ 1, stream: UInt64(pick.below(count * 3 / 2)))
    for word in 0..<wordCount { state[word] = 0 }
    for field in units.joined() {
      // Few values, so that parts repeat.
      let value = UInt64(random.below(5)) &* 0x9E37_79B9_7F4A_7C15 &>> 7 & field.maximum
      state[Int(field.word)] |= value << UInt64(field.shift)
    }
  }

  func words(_ number: Int) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: wordCount) { buffer, initialized in
      if let base = buffer.baseAddress { write(number, to: base) }
      initialized = wordCount
    }
  }
}

/// All combinations of the values of some agents, each of which has 48 bits.
struct ProductStates: NumberedStates {
  let agents: Int
  let values: Int

  var count: Int { (0..<agents).reduce(1) { product, _ in product * values } }
  var wordCount: Int { (48 * agents + 63) / 64 }
  /// Fields of 16 bits, three for each agent.
  var units: [[Field]] {
    (0..<agents).map { agent in
      (3 * agent..<3 * agent + 3).map { Field(word: Int32($0 / 4), shift: $0 % 4 * 16, width: 16) }
    }
  }

  func write(_ number: Int, to state: UnsafeMutablePointer<UInt64>) {
    for word in 0..<wordCount { state[word] = 0 }
    var rest = number
    for agent in 0..<agents {
      let value = UInt64(rest % values)
      rest /= values
      for part in 3 * agent..<3 * agent + 3 {
        let field = value &* 0x1234_5678 &>> UInt64(part % 3) & 0xFFFF
        state[part / 4] |= field << UInt64(part % 4 * 16)
      }
    }
  }
}

/// Inserts states that are all different, and each refused one a second time.
private struct CompactRefusals: ~Copyable {
  private var store: CompactStore
  private let team = WorkerTeam(count: 1)
  private var writer = KeyWriter(worker: 0)
  private var batch = InsertionBatch()
  /// Refusals of each kind.
  private(set) var (full, refused) = (0, 0)
  /// States that the second time were not refused, though nothing had changed.
  private(set) var takenForKnown = 0

  init?(_ plan: StorePlan) {
    guard let store = CompactStore(plan) else { return nil }
    self.store = store
  }

  mutating func insert(_ states: RepeatingStates, until refusalsMax: Int) {
    for first in stride(from: 0, to: states.count, by: 100) where full + refused < refusalsMax {
      grow()
      var words: [UInt64] = []
      var hashes: [UInt64] = []
      for number in first..<first + 100 {
        let state = states.words(number)
        words += state
        hashes.append(StateHash.hash(state, states.wordCount))
      }
      let (consumed, outcome) = store.insert(
        words, hashes: hashes, count: 100, writer: &writer, batch: &batch)
      switch outcome {
      case .done: continue
      case .tableFull: full += 1
      case .memoryRefused: refused += 1
      }
      let (again, _) = store.insert(
        Array(words[(consumed * states.wordCount)...]), hashes: Array(hashes[consumed...]),
        count: 100 - consumed, writer: &writer, batch: &batch)
      takenForKnown += again
    }
  }

  private mutating func grow() {
    let count = writer.arena.count
    let team = team
    withUnsafeMutablePointer(to: &store) { store in
      while store.pointee.growthIsDue, team.grow(store, counts: [count], isSmall: true) {}
    }
  }
}
