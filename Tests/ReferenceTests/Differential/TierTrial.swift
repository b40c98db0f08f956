import TransitionSystem

@testable import Exploration

/// One system in bytecode and in compiled C, state by state: the same successors in the same order,
/// the same failures, the same truth of every property.
struct TierTrial {
  let system: TransitionSystem
  /// States that are compared at most.
  var statesMax = 2_000
  /// The least optimisation compiles fastest; the meaning of C does not depend on it.
  var flags = ["-w", "-O0"]

  var differences: [String] {
    var settings = NativeSettings.fromEnvironment()
    settings.cacheFolder = nil
    settings.flags = flags
    let compiled = CompiledSystem(system)
    let tier = NativeTier(system, .native, settings)
    var pair = TierPair(system, Machine(compiled), Expander(compiled, tier))
    if !pair.isNative { return ["compiled C: \(tier.status)"] }
    return pair.differences(statesMax: statesMax)
  }
}

/// Both tiers, and what differed so far.
private struct TierPair: ~Copyable {
  private let system: TransitionSystem
  private let wordCount: Int
  private var machine: Machine
  private var expander: Expander
  private var found: [String] = []

  init(
    _ system: TransitionSystem, _ machine: consuming Machine, _ expander: consuming Expander
  ) {
    self.system = system
    wordCount = system.layout.wordCount
    self.machine = machine
    self.expander = expander
  }

  var isNative: Bool { expander.isNative }

  /// Compares the states in breadth-first order, to the first one that differs.
  mutating func differences(statesMax: Int) -> [String] {
    var buffer = SuccessorBuffer(wordCount: wordCount)
    if machine.initialStates(into: &buffer).interruption != nil { return [] }
    var states: [[UInt64]] = []
    var seen: Set<[UInt64]> = []
    for state in words(buffer) where seen.insert(state).inserted { states.append(state) }
    var next = 0
    while next < states.count, next < statesMax, found.isEmpty {
      for state in successors(states[next]) where seen.insert(state).inserted {
        states.append(state)
      }
      compareProperties(states[next])
      next += 1
    }
    return found
  }

  private func words(_ buffer: borrowing SuccessorBuffer) -> [[UInt64]] {
    (0..<buffer.count).map { index in
      let state = buffer.state(index)
      return (0..<wordCount).map { state[$0] }
    }
  }

  private mutating func compare<Value: Equatable>(_ name: String, _ one: Value, _ other: Value) {
    if one != other { found.append("compiled C, \(name): bytecode \(one), compiled \(other)") }
  }

  private mutating func successors(_ state: [UInt64]) -> [[UInt64]] {
    let source = state.isEmpty ? [0] : state
    let hash = StateHash.hash(source, wordCount)
    var one = SuccessorBuffer(wordCount: wordCount)
    var other = SuccessorBuffer(wordCount: wordCount)
    let expected = machine.expand(source, hash: hash, into: &one)
    let actual = expander.expand(source, hash: hash, into: &other)
    compare("interruption", expected.interruption, actual.interruption)
    if expected.interruption != nil { return [] }
    compare("enabled", expected.enabled, actual.enabled)
    compare("failures", machine.failures, expander.failures)
    compare("successors", words(one), words(other))
    compare("actions", actions(one), actions(other))
    return words(one)
  }

  private func actions(_ buffer: borrowing SuccessorBuffer) -> [Int] {
    (0..<buffer.count).map { Int(buffer.actions[$0]) }
  }

  private mutating func compareProperties(_ state: [UInt64]) {
    let source = state.isEmpty ? [0] : state
    for quiescent in [false, true] {
      for index in system.properties.indices {
        let expected = machine.evaluate(.property(index), on: source, quiescent: quiescent)
        let actual = expander.evaluate(.property(index), on: source, quiescent: quiescent)
        compare("property \(index)", expected, actual)
        // What is no suspect is never looked at again; a suspect may be a false alarm.
        let isSuspect =
          expander.suspects(.max, source, quiescent: quiescent) >> UInt64(index) & 1 != 0
        let uninteresting = system.properties[index].kind == .reachability ? Truth.false : .true
        if expected != uninteresting { compare("suspect \(index)", true, isSuspect) }
      }
    }
  }
}
