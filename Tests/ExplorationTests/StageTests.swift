import Testing
import TransitionSystem

@testable import Exploration

/// Stages beside keys, against a dictionary.
@Suite struct StageTests {
  /// What is known of a state without a table.
  private struct Life {
    let depth: Int
    var isUnsettled = false

    /// Where it stands while a level is expanded; levels so far apart have one stage.
    func standing(at level: Int, period: Int) -> Standing {
      if isUnsettled { return .behind }
      switch (level + 1 - depth) % period {
      case 0: return .ahead
      case 1: return .behind
      default: return .settled
      }
    }
  }

  /// States of one word and of two, whose table grows while levels of all depths are expanded: each
  /// stands where its depth says, or was unsettled.
  @Test(arguments: [0, 3, 12])
  func areThoseGivenLast(bits: Int) throws {
    let states = LeveledStates(bits: bits)
    var grownAt: Set<Int> = []
    for stateCount in [17_000, 20_000, 34_000, 40_000] {
      let filling = try #require(StoreFilling<KeyStore<QuotientTable>>(states.plan))
      let kept = filling.store
      var expected: [[UInt64]: Life] = [:]
      // By place in the store.
      var order: [[UInt64]] = []
      var writer = KeyWriter(worker: 0)
      var batch = InsertionBatch()
      var wrong = 0
      for depth in 0..<3 * states.period {
        kept.pointee.beginLevel(fresh: states.code.stored(depth: depth + 1))
        for number in 0..<stateCount / (3 * states.period) {
          let state = states.state(depth, number)
          if insert(state, kept, &writer, &batch) { grownAt.insert(depth % 2) }
          if expected[state] == nil {
            expected[state] = Life(depth: depth + 1)
            order.append(state)
          }
        }
        wrong += disagreements(kept, order, &expected, depth, states)
      }
      #expect(wrong == 0, "\(stateCount) states")
      #expect(kept.pointee.count == expected.count)
    }
    #expect(bits > 3 || grownAt == [0, 1])
  }

  /// How many states stand elsewhere than expected; unsettles some of them.
  private func disagreements(
    _ store: UnsafeMutablePointer<KeyStore<QuotientTable>>, _ order: [[UInt64]],
    _ expected: inout [[UInt64]: Life], _ depth: Int, _ states: LeveledStates
  ) -> Int {
    let settled = SettledStates(workers: 1, budget: states.plan.budget, remembers: false)
    let isReady = settled.begin(
      0, of: LevelTable(workers: 1), LevelStages(depth: depth, states.code))
    #expect(isReady)
    // Now and then many together, else some.
    let isTogether = depth % 4 == 3
    var wrong = 0
    for (index, state) in order.enumerated() {
      guard let life = expected[state] else { continue }
      state.withUnsafeBufferPointer { words in
        guard let base = words.baseAddress else { return }
        let hash = StateHash.hash(base, state.count)
        let standing = store.pointee.standing(base, hash: hash, settled)
        if standing != life.standing(at: depth, period: states.period) { wrong += 1 }
        if (index + depth) % (isTogether ? 2 : 17) == 0 {
          store.pointee.unsettle(base, hash: hash)
          expected[state]?.isUnsettled = true
        }
      }
    }
    return wrong
  }

  /// Whole states stand where keys do; where only states of the next level lead on, nothing else is
  /// taken for one.
  @Test func areThoseOfWholeStates() {
    let states = LeveledStates(bits: 3)
    for wantsNext in [false, true] {
      let settled = SettledStates(
        workers: 1, budget: MemoryBudget(limit: 1 << 20), remembers: true,
        wantsNext: wantsNext)
      var levels = LevelTable(workers: 1)
      for depth in 0..<20 {
        // Two states a level, of which the second is unsettled.
        levels.close(counts: [2 * depth + 2])
        let isReady = settled.begin(
          depth, of: levels, LevelStages(depth: depth, states.code))
        #expect(isReady)
        for place in 0..<2 * depth + 4 {
          let life = Life(depth: place / 2, isUnsettled: place % 2 == 1 && place / 2 < depth)
          let standing = settled.standing(StateID(worker: 0, place: place))
          let isBehind = wantsNext && life.depth <= depth
          let wanted = isBehind ? .behind : life.standing(at: depth, period: states.period)
          #expect(standing == wanted)
        }
        settled.unsettle(StateID(worker: 0, place: 2 * depth + 1))
      }
    }
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
  let code: StageCode
  /// Levels of which stages say the same are so far apart.
  let period: Int

  init(bits: Int) {
    self.bits = bits
    var layout = StateLayout()
    layout.add(Slot(name: "wide", minimum: 0, width: 64))
    if bits > 0 { layout.add(Slot(name: "narrow", minimum: 0, width: bits)) }
    code = StageCode(layout)
    period = 1 << code.bitCount - 1
    plan = StorePlan(
      wordCount: bits > 0 ? 2 : 1, workers: 1, budget: MemoryBudget(limit: 1 << 30),
      quotient: StateQuotient(layout, memoryMax: 1 << 30), stages: code)
  }

  /// Some states of a level are those of earlier ones.
  func state(_ depth: Int, _ number: Int) -> [UInt64] {
    var random = RandomSource(seed: 11, stream: UInt64(depth * 40_000 + number))
    let seed = UInt64(random.below(60_000))
    let first = (seed >> UInt64(bits)) &* 0x9E37_79B9_7F4A_7C15
    return bits > 0 ? [first, seed & (1 << UInt64(bits) - 1)] : [first]
  }
}
