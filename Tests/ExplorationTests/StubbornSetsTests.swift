import Testing
import TransitionSystem

@testable import Exploration
@testable import Reduction

/// Stubborn sets at many states of random systems, held against their definition.
@Suite struct StubbornSetsTests {
  /// Both methods find closed sets, and none that is closed has a proper part of the enabled
  /// actions that the deletion algorithm keeps.
  @Test func areClosedAndMinimal() {
    var (reduced, states) = (0, 0)
    for seed in 0..<400 as Range<UInt64> {
      let system = RandomProcesses.system(seed: seed)
      let walk = StateWalk(system, seed: seed)
      let tables = StubbornTables(system, properties: [Int(seed) % system.properties.count])
      let (closure, deletion) = (StubbornSets(tables, .closure), StubbornSets(tables, .deletion))
      for _ in 0..<20 {
        guard let enabled = walk.step() else { break }
        states += 1
        let definition = ClosedSets(tables, walk.state, enabled)
        var kept: [Set<Int>] = []
        for sets in [closure, deletion] {
          let isSmaller = walk.choose(sets)
          let chosen =
            isSmaller ? Set(tables.isFault.indices.filter { sets.best.contains($0) }) : nil
          if let chosen { #expect(definition.isClosed(chosen), "seed \(seed)") }
          kept.append(chosen.map { $0.intersection(definition.enabled) } ?? definition.enabled)
        }
        #expect(!kept[0].isStrictSubset(of: kept[1]), "seed \(seed)")
        if kept[1] != definition.enabled { reduced += 1 }
        for one in kept[1] {
          let rest = definition.largest(without: one.union(definition.enabled, but: kept[1]))
          #expect(!definition.hasKey(rest), "seed \(seed): \(one) could go")
        }
      }
    }
    #expect(states > 1_000)
    #expect(reduced > 100, "too few states can be reduced: \(reduced)")
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
    enabled = state.withUnsafeBufferPointer { words in
      Set(actions.map { Int(tables.variants.variant(of: Int($0), words.baseAddress!)) })
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
    let range = tables.atomStart[action]..<tables.atomStart[action + 1]
    let atoms = tables.actionAtoms[range].filter { atom in
      state.withUnsafeBufferPointer { tables.atoms[atom].isFalse(in: $0.baseAddress!) }
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
    return (0..<buffer.count).map { buffer.actions[$0] }
  }

  func choose(_ sets: StubbornSets) -> Bool {
    state.withUnsafeBufferPointer {
      sets.choose(
        $0.baseAddress!, StubbornSets.Transitions(buffer.actions, count: buffer.count))
    }
  }
}
