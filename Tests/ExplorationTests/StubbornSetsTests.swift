import Testing
import TransitionSystem

@testable import Exploration
@testable import Reduction

/// Stubborn sets at many states of random systems, held against their definition.
@Suite struct StubbornSetsTests {
  /// All methods find closed sets, and none that is closed has a proper part of the enabled actions
  /// that the deletion algorithm keeps.
  @Test func areClosedAndMinimal() {
    var (reduced, states) = (0, 0)
    for seed in 0..<400 as Range<UInt64> {
      let system = RandomProcesses.system(seed: seed)
      let walk = StateWalk(system, seed: seed)
      let tables = StubbornTables(system, properties: [Int(seed) % system.properties.count])
      let methods = [StubbornChoice.local, .closure, .deletion].map { StubbornSets(tables, $0) }
      for _ in 0..<20 {
        guard let enabled = walk.step() else { break }
        states += 1
        let definition = ClosedSets(tables, walk.state, enabled)
        let kept = methods.map { sets in
          guard walk.choose(sets) else { return definition.enabled }
          #expect(walk.complete(sets), "seed \(seed)")
          let chosen = Set(tables.isFault.indices.filter { sets.best.contains($0) })
          #expect(definition.isClosed(chosen), "seed \(seed)")
          return chosen.intersection(definition.enabled)
        }
        for other in kept.dropLast() {
          #expect(!other.isStrictSubset(of: kept[2]), "seed \(seed)")
        }
        if kept[2] != definition.enabled { reduced += 1 }
        for one in kept[2] {
          let rest = definition.largest(without: one.union(definition.enabled, but: kept[2]))
          #expect(!definition.hasKey(rest), "seed \(seed): \(one) could go")
        }
      }
    }
    #expect(states > 1_000)
    #expect(reduced > 100, "too few states can be reduced: \(reduced)")
  }

  /// What is chosen for a state does not depend on the states before it.
  @Test(arguments: [StubbornChoice.local, .closure])
  func areRememberedRightly(_ method: StubbornChoice) {
    var (reduced, again) = (0, 0)
    for seed in 0..<200 as Range<UInt64> {
      let system = RandomProcesses.system(seed: seed)
      let tables = StubbornTables(system, properties: [Int(seed) % system.properties.count])
      let remembering = StubbornSets(tables, method)
      var met: Set<[UInt64]> = []
      for walkSeed in 0..<8 as Range<UInt64> {
        let walk = StateWalk(system, seed: 31 * seed + walkSeed)
        while walk.stepCount < 20, walk.step() != nil {
          again += met.insert(walk.state).inserted ? 0 : 1
          let forgetful = StubbornSets(tables, method)
          let (first, second) = (walk.choose(forgetful), walk.choose(remembering))
          #expect(first == second, "seed \(seed)")
          if !first { continue }
          reduced += 1
          let actions = walk.enabled
          #expect(
            actions.map { forgetful.contains($0) } == actions.map { remembering.contains($0) },
            "seed \(seed)")
        }
      }
    }
    #expect(reduced > 500)
    #expect(again > 500)
  }

  /// Where rows would be too long to tell kinds of local states apart, from the beginning or after
  /// a while, the same is chosen.
  @Test(arguments: [0, 1]) func rowsForOneStateSayTheSame(_ wordsMax: Int) {
    var reduced = 0
    for seed in 0..<200 as Range<UInt64> {
      let system = RandomProcesses.system(seed: seed)
      let tables = StubbornTables(system, properties: [Int(seed) % system.properties.count])
      let sets = [StubbornSets(tables, .local), StubbornSets(tables, .local, wordsMax: wordsMax)]
      for walkSeed in 0..<4 as Range<UInt64> {
        let walk = StateWalk(system, seed: 31 * seed + walkSeed)
        while walk.stepCount < 20, let enabled = walk.step() {
          let found = sets.map { walk.choose($0) }
          #expect(found[0] == found[1], "seed \(seed)")
          if !found[0] { continue }
          reduced += 1
          let chosen = sets.map { one in enabled.map { one.contains($0) } }
          #expect(chosen[0] == chosen[1], "seed \(seed)")
        }
      }
    }
    #expect(reduced > 300)
  }

  /// A key is poor after closures in vain, and good again after one that was not; what is chosen
  /// among good keys is stubborn.
  @Test func prospectsFollowWhatBecomesOfClosures() {
    var (left, good) = (0, 0)
    for seed in 0..<200 as Range<UInt64> {
      let system = RandomProcesses.system(seed: seed)
      let tables = StubbornTables(system, properties: [Int(seed) % system.properties.count])
      let sets = StubbornSets(tables, .local)
      var prospects = Prospects(tables, triedMin: 2)
      for walkSeed in 0..<8 as Range<UInt64> {
        let walk = StateWalk(system, seed: 31 * seed + walkSeed)
        while walk.stepCount < 20, let enabled = walk.step() {
          let definition = ClosedSets(tables, walk.state, enabled)
          let keys = definition.enabled.filter { !prospects.isPoor[$0] }
          #expect(walk.hasProspects(sets) == !keys.isEmpty, "seed \(seed)")
          let isReduced = walk.choose(sets, triesAll: walkSeed == 4)
          if keys.isEmpty && walkSeed != 4 { #expect(!isReduced, "seed \(seed)") }
          if !isReduced { continue }
          #expect(walk.complete(sets), "seed \(seed)")
          let chosen = Set(tables.isFault.indices.filter { sets.best.contains($0) })
          #expect(definition.isClosed(chosen), "seed \(seed)")
        }
        let before = prospects.isPoor
        prospects.take(sets)
        #expect(prospects.decide() == (before != prospects.isPoor), "seed \(seed)")
        sets.follow(prospects)
        for (was, isPoor) in zip(before, prospects.isPoor) where was != isPoor {
          left += isPoor ? 1 : 0
          good += isPoor ? 0 : 1
        }
      }
    }
    #expect(left > 100 && good > 0, "\(left) times poor, \(good) times good again")
  }

  /// What is said before anybody is asked what leads on is what is chosen then, and keys are
  /// counted once.
  @Test(arguments: [StubbornChoice.local, .closure])
  func outlooksComeTrue(_ method: StubbornChoice) {
    var (single, vain, all) = (0, 0, 0)
    for seed in 0..<200 as Range<UInt64> {
      let system = RandomProcesses.system(seed: seed)
      let tables = StubbornTables(system, properties: [Int(seed) % system.properties.count])
      let (asked, told) = (StubbornSets(tables, method), StubbornSets(tables, method))
      for walkSeed in 0..<8 as Range<UInt64> {
        let walk = StateWalk(system, seed: 31 * seed + walkSeed)
        while walk.stepCount < 20, let enabled = walk.step() {
          let leadsOn = walk.answers
          let isReduced = walk.choose(asked, leadsOn: leadsOn)
          let chosen = enabled.map { isReduced && asked.contains($0) }
          let outlook = walk.outlook(told)
          let only = Int(outlook.transition)
          if outlook.isAll {
            all += 1
            #expect(!isReduced, "seed \(seed)")
          } else if !outlook.isOpen && (leadsOn[only] || !told.hasProviso) {
            single += 1
            #expect(chosen == enabled.indices.map { $0 == only }, "seed \(seed)")
          } else {
            vain += outlook.isOpen ? 0 : 1
            #expect(
              walk.choose(told, outlook: outlook, leadsOn: leadsOn) == isReduced, "seed \(seed)")
            #expect(enabled.map { isReduced && told.contains($0) } == chosen, "seed \(seed)")
          }
        }
      }
      for variant in tables.isFault.indices {
        let (one, other) = (asked.takeCount(of: variant), told.takeCount(of: variant))
        #expect((one.tried, one.closed) == (other.tried, other.closed), "seed \(seed)")
      }
    }
    #expect(single > 100 && vain > 100 && all > 100, "\(single), \(vain), \(all)")
  }

  /// A safe action with transitions is a closed set by itself, and none has fewer transitions where
  /// it has one only; which one it is does not depend on the states before.
  @Test(arguments: [StubbornChoice.local, .closure])
  func safeActionsAreSets(_ method: StubbornChoice) {
    var (enabled, disabled) = (0, 0)
    for seed in 0..<300 as Range<UInt64> {
      let system = RandomProcesses.system(seed: seed)
      let tables = StubbornTables(system, properties: [Int(seed) % system.properties.count])
      let sets = StubbornSets(tables, method)
      for walkSeed in 0..<8 as Range<UInt64> {
        let walk = StateWalk(system, seed: 31 * seed + walkSeed)
        while walk.stepCount < 20, let actions = walk.step() {
          let action = walk.safeAction(sets)
          #expect(walk.safeAction(StubbornSets(tables, method)) == action, "seed \(seed)")
          if action < 0 { continue }
          let transitions = actions.count { $0 == action }
          if transitions == 0 {
            disabled += 1
            continue
          }
          enabled += 1
          let definition = ClosedSets(tables, walk.state, actions)
          #expect(walk.chooseSafeAction(sets, action), "seed \(seed)")
          #expect(actions.allSatisfy { sets.contains($0) == ($0 == action) }, "seed \(seed)")
          #expect(walk.complete(sets), "seed \(seed)")
          let chosen = Set(tables.isFault.indices.filter { sets.best.contains($0) })
          #expect(definition.isClosed(chosen), "seed \(seed)")
          if transitions > 1 || transitions == actions.count { continue }
          #expect(walk.choose(sets), "seed \(seed)")
          #expect(actions.count { sets.contains($0) } == 1, "seed \(seed)")
        }
      }
    }
    #expect(enabled > 300, "\(enabled) safe actions, and \(disabled) that are not enabled")
  }

  /// One place for each key, of which later ones drive out earlier ones and nobody gets another's.
  @Test func cacheForgetsButNeverMixesUp() {
    let cache = WordCache(keyWidth: 2, valueWidth: 1, bytesMax: 1 << 16)
    var found = 0
    for round in 0..<3 {
      for number in 0..<10_000 as Range<UInt64> {
        let key = [number, number &* 7]
        key.withUnsafeBufferPointer { words in
          let value = cache.find(words.baseAddress!)?.pointee
          #expect(value == nil || value == number * number)
          if value == nil { cache.add(words.baseAddress!).pointee = number * number }
          found += value == nil || round == 0 ? 0 : 1
        }
      }
    }
    #expect(found > 0)
  }
}

extension Int {
  /// This and the members of `all` that are not in `kept`.
  fileprivate func union(_ all: Set<Int>, but kept: Set<Int>) -> Set<Int> {
    all.subtracting(kept).union([self])
  }
}

/// The definition, by sets and without haste.
private struct ClosedSets {
  let tables: StubbornTables
  let enabled: Set<Int>
  private let state: [UInt64]

  init(_ tables: StubbornTables, _ state: [UInt64], _ actions: [Int32]) {
    self.tables = tables
    self.state = state
    let variants = VariantTable(tables.variants)
    enabled = state.withUnsafeBufferPointer { words in
      Set(actions.map { variants.variant(of: Int($0), words.baseAddress!) })
    }
  }

  private func row(_ rows: [UInt64], _ index: Int) -> Set<Int> {
    Set(
      tables.isFault.indices.filter {
        rows[index * tables.rowWords + $0 >> 6] >> UInt64($0 & 63) & 1 == 1
      })
  }

  private func needsAreMet(_ action: Int, by set: Set<Int>) -> Bool {
    if enabled.contains(action) { return row(tables.brings, action).isSubset(of: set) }
    let atoms = tables.atoms.of(action).filter { atom in
      state.withUnsafeBufferPointer { tables.atoms.placed[atom].isFalse(in: $0.baseAddress!) }
    }
    if atoms.isEmpty { return row(tables.remedies, action).isSubset(of: set) }
    return row(tables.remedies, action).isSubset(of: set)
      || atoms.contains { row(tables.atomRows, $0).isSubset(of: set) }
  }

  func isClosed(_ set: Set<Int>) -> Bool {
    hasKey(set) && set.allSatisfy { needsAreMet($0, by: set) }
  }

  /// The largest set without some actions in which everybody's needs are met.
  func largest(without dropped: Set<Int>) -> Set<Int> {
    var set = Set(tables.isFault.indices).subtracting(dropped)
    while let next = set.first(where: { !needsAreMet($0, by: set) }) { set.remove(next) }
    return set
  }

  func hasKey(_ set: Set<Int>) -> Bool {
    set.contains { enabled.contains($0) && !tables.isFault[$0] }
  }
}

/// A random walk through a system.
private final class StateWalk {
  private(set) var state: [UInt64] = []
  private(set) var stepCount = 0
  private var machine: Machine
  private var buffer: SuccessorBuffer
  private var random: UInt64

  init(_ system: TransitionSystem, seed: UInt64) {
    let compiled = CompiledSystem(system)
    machine = Machine(compiled)
    buffer = SuccessorBuffer(wordCount: compiled.wordCount)
    random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    _ = machine.initialStates(into: &buffer)
  }

  /// Goes on to a successor; the actions of its transitions, or nil at the end.
  func step() -> [Int32]? {
    if buffer.count == 0 { return nil }
    stepCount += 1
    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let index = Int(random >> 33) % buffer.count
    state = Array(UnsafeBufferPointer(start: buffer.state(index), count: buffer.wordCount))
    buffer.removeAll()
    let expansion = state.withUnsafeBufferPointer {
      machine.expand(
        $0.baseAddress!, hash: StateHash.hash($0.baseAddress!, buffer.wordCount), into: &buffer)
    }
    if expansion.interruption != nil || expansion.failureCount > 0 || buffer.count < 2 {
      return nil
    }
    return enabled
  }

  /// The actions of the transitions.
  var enabled: [Int32] { (0..<buffer.count).map { buffer.actions[$0] } }

  func complete(_ sets: StubbornSets) -> Bool {
    state.withUnsafeBufferPointer { sets.complete($0.baseAddress!) }
  }

  /// Whether each transition is said to lead on; others in each state.
  var answers: [Bool] { (0..<buffer.count).map { random >> UInt64(20 + $0 % 40) & 1 == 1 } }

  func safeAction(_ sets: StubbornSets) -> Int32 {
    state.withUnsafeBufferPointer { sets.safeAction($0.baseAddress!) }
  }

  func chooseSafeAction(_ sets: StubbornSets, _ action: Int32) -> Bool {
    state.withUnsafeBufferPointer {
      sets.chooseSafeAction(action, $0.baseAddress!, buffer.actions, count: buffer.count)
    }
  }

  func outlook(_ sets: StubbornSets) -> Outlook {
    state.withUnsafeBufferPointer {
      sets.outlook($0.baseAddress!, buffer.actions, count: buffer.count, triesAll: true)
    }
  }

  func choose(
    _ sets: StubbornSets, triesAll: Bool = true, outlook: Outlook = .open, leadsOn: [Bool]? = nil
  ) -> Bool {
    state.withUnsafeBufferPointer {
      sets.choose(
        $0.baseAddress!, buffer.actions, count: buffer.count, triesAll: triesAll, outlook: outlook
      ) { leadsOn?[$0] ?? true }
    }
  }

  func hasProspects(_ sets: StubbornSets) -> Bool {
    state.withUnsafeBufferPointer { words in
      enabled.contains { sets.goodKeys.contain($0, in: words.baseAddress!) == 1 }
    }
  }
}
