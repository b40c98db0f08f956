import Testing
import TransitionSystem

@testable import Exploration

/// Stages beside keys, against a dictionary.
@Suite struct StageTests {
  /// States of one word and of two, whose table grows while levels of even and of odd depth are
  /// expanded: each has the stage that it was given last.
  @Test(arguments: [0, 3, 12])
  func areThoseGivenLast(bits: Int) throws {
    let states = LeveledStates(bits: bits)
    var grownAt: Set<Int> = []
    for levelSize in [1_700, 2_000] {
      let filling = try #require(StoreFilling<KeyStore<QuotientTable>>(states.plan))
      let kept = filling.store
      var expected: [[UInt64]: Stage] = [:]
      // By place in the store.
      var order: [[UInt64]] = []
      var writer = KeyWriter(worker: 0)
      var batch = InsertionBatch()
      var wrong = 0
      for depth in 0..<10 {
        kept.pointee.beginLevel(fresh: .waiting(depth: depth + 1))
        for number in 0..<levelSize {
          let state = states.state(depth, number)
          if insert(state, kept, &writer, &batch) { grownAt.insert(depth % 2) }
          if expected[state] == nil {
            expected[state] = .waiting(depth: depth + 1)
            order.append(state)
          }
        }
        wrong += disagreements(kept, order, &expected, depth, states.plan)
      }
      #expect(wrong == 0, "levels of \(levelSize)")
      #expect(kept.pointee.count == expected.count)
    }
    #expect(bits > 3 || grownAt == [0, 1])
  }

  /// How many states stand elsewhere than expected; gives some of them another stage.
  private func disagreements(
    _ store: UnsafeMutablePointer<KeyStore<QuotientTable>>, _ order: [[UInt64]],
    _ expected: inout [[UInt64]: Stage], _ depth: Int, _ plan: StorePlan
  ) -> Int {
    let settled = SettledStates(workers: 1, budget: plan.budget, keepsLevel: true)
    // All states as one level.
    var levels = LevelTable(workers: 1)
    levels.close(counts: [order.count])
    let isReady = settled.begin(0, of: levels)
    #expect(isReady)
    // Now and then of all states together, else of some.
    let isTogether = depth % 4 == 3
    var (wrong, given) = (0, [Range<Int>]())
    for (index, state) in order.enumerated() {
      state.withUnsafeBufferPointer { words in
        guard let base = words.baseAddress else { return }
        let hash = StateHash.hash(base, state.count)
        let wanted: Standing =
          switch expected[state] {
          case .waiting(depth: depth + 1): .ahead
          case .settled: .settled
          default: .behind
          }
        if store.pointee.standing(base, hash: hash, settled) != wanted { wrong += 1 }
        if isTogether || (index + depth) % 7 == 0 {
          let stage = index % 2 == 0 ? Stage.settled : .unsettled
          if stage == .settled { settled.settle(0, index) }
          given.append(index..<index + 1)
          expected[state] = stage
        }
      }
    }
    if isTogether { given = [0..<order.count] }
    for places in given {
      store.pointee.noteStages(worker: 0, places: places) {
        settled.wasSettled(0, $0) ? .settled : .unsettled
      }
    }
    return wrong
  }

  private let team = WorkerTeam(count: 1)

  /// Whether the table grew for it.
  private func insert(
    _ state: [UInt64], _ store: UnsafeMutablePointer<KeyStore<QuotientTable>>,
    _ writer: inout KeyWriter, _ batch: inout InsertionBatch
  ) -> Bool {
    let growths = store.pointee.growths
    state.withUnsafeBufferPointer { words in
      guard let base = words.baseAddress else { return }
      var hash = StateHash.hash(base, state.count)
      while true {
        let outcome = store.pointee.insert(
          base, hashes: &hash, count: 1, writer: &writer, batch: &batch
        ).outcome
        if outcome == .done && !store.pointee.growthIsDue { return }
        #expect(team.grow(store, counts: [writer.arena.count], isSmall: true))
        if outcome == .done { return }
      }
    }
    return store.pointee.growths > growths
  }
}

/// States of a word, or of one more of some bits.
private struct LeveledStates {
  let bits: Int
  let plan: StorePlan

  init(bits: Int) {
    self.bits = bits
    var layout = StateLayout()
    layout.add(Slot(name: "wide", minimum: 0, width: 64))
    if bits > 0 { layout.add(Slot(name: "narrow", minimum: 0, width: bits)) }
    plan = StorePlan(
      wordCount: bits > 0 ? 2 : 1, workers: 1, budget: MemoryBudget(limit: 1 << 30),
      quotient: StateQuotient(layout, memoryMax: 1 << 30), needsStandings: true)
  }

  /// Some states of a level are those of earlier ones.
  func state(_ depth: Int, _ number: Int) -> [UInt64] {
    var random = RandomSource(seed: 11, stream: UInt64(depth * 2_000 + number))
    let seed = UInt64(random.below(60_000))
    let first = (seed >> UInt64(bits)) &* 0x9E37_79B9_7F4A_7C15
    return bits > 0 ? [first, seed & (1 << UInt64(bits) - 1)] : [first]
  }
}
