import Testing
import TransitionSystem

@testable import Exploration

/// A machine and a native module on the same system.
struct TierComparison: ~Copyable {
  let system: TransitionSystem
  var machine: Machine
  var expander: Expander
  /// In bytecode.
  private var other: Expander
  private(set) var transitions = 0
  private(set) var failures = 0
  private(set) var interruptions = 0
  /// Successors that were the only one by their action.
  private(set) var onlyOnes = 0

  /// Nil where there is no module; why is an issue.
  init?(_ system: TransitionSystem, _ settings: NativeSettings, _ comment: Comment = "") {
    let compiled = CompiledSystem(system)
    let tier = NativeTier(system, .native, settings)
    machine = Machine(compiled)
    expander = Expander(compiled, tier)
    other = Expander(compiled)
    let singles = SingleActions(system)
    expander.prepareSingles(singles)
    other.prepareSingles(singles)
    self.system = system
    if !expander.isNative {
      Issue.record("\(comment): \(tier.status)")
      return nil
    }
  }

  /// Explores up to `limit` states, from `others` too, and compares everything in each of them.
  mutating func explore(limit: Int, from others: [[UInt64]] = [], _ comment: Comment = "") {
    var states = others
    for state in initialStates() where !states.contains(state) { states.append(state) }
    var seen = Set(states)
    var next = 0
    while next < states.count, next < limit {
      for state in expandBoth(states[next], comment) where seen.insert(state).inserted {
        states.append(state)
      }
      compareProperties(states[next], comment)
      next += 1
    }
    compareCoverage(comment)
  }

  private mutating func initialStates() -> [[UInt64]] {
    var buffer = SuccessorBuffer(wordCount: system.layout.wordCount)
    let expansion = machine.initialStates(into: &buffer)
    _ = expander.initialStates(into: &buffer)
    if expansion.interruption != nil { return [] }
    return (0..<expansion.transitions).map { words(of: $0, buffer) }
  }

  private func words(of index: Int, _ buffer: borrowing SuccessorBuffer) -> [UInt64] {
    let state = buffer.state(index)
    return (0..<buffer.wordCount).map { state[$0] }
  }

  /// Compares the successors of one state; returns them.
  mutating func expandBoth(_ state: [UInt64], _ comment: Comment = "") -> [[UInt64]] {
    let wordCount = system.layout.wordCount
    // A full buffer, so that both must grow it.
    var one = SuccessorBuffer(wordCount: wordCount, capacity: 2)
    var other = SuccessorBuffer(wordCount: wordCount, capacity: 2)
    let source = state.isEmpty ? [0] : state
    let hash = StateHash.hash(source, wordCount)
    let expected = machine.expand(source, hash: hash, into: &one)
    let found = expander.expand(source, hash: hash, into: &other)
    #expect(found.interruption == expected.interruption, comment)
    if expected.interruption != nil {
      interruptions += 1
      return []
    }
    #expect(found.transitions == expected.transitions, comment)
    #expect(found.enabled == expected.enabled, comment)
    #expect(found.failureCount == expected.failureCount, comment)
    #expect(expander.failures == machine.failures, comment)
    #expect(other.count == one.count && other.count < other.capacity, comment)
    failures += expected.failureCount
    transitions += expected.transitions
    var successors: [[UInt64]] = []
    for index in 0..<min(one.count, other.count) {
      successors.append(words(of: index, one))
      #expect(words(of: index, other) == successors[index], comment)
      #expect(other.hashes[index] == one.hashes[index], comment)
      #expect(other.actions[index] == one.actions[index], comment)
    }
    for action in system.actions.indices { compareOnly(Int32(action), source, hash, one, comment) }
    return successors
  }

  /// Compares what both tiers say of one action alone with what it does among all.
  private mutating func compareOnly(
    _ action: Int32, _ source: [UInt64], _ hash: UInt64, _ all: borrowing SuccessorBuffer,
    _ comment: Comment
  ) {
    let places = (0..<all.count).filter { all.actions[$0] == action }
    let isOnly = places.count == 1 && !machine.failures.contains { $0.action == action }
    var buffer = SuccessorBuffer(wordCount: all.wordCount, capacity: 2)
    let found = [
      expander.expandOnly(action, source, hash: hash, into: &buffer),
      other.expandOnly(action, source, hash: hash, into: &buffer),
    ]
    #expect(found == [isOnly, isOnly], comment)
    #expect(buffer.count == (isOnly ? 2 : 0), comment)
    guard isOnly, buffer.count == 2 else { return }
    onlyOnes += 1
    for index in 0..<2 {
      #expect(words(of: index, buffer) == words(of: places[0], all), comment)
      #expect(buffer.hashes[index] == all.hashes[places[0]], comment)
      #expect(buffer.actions[index] == action, comment)
    }
  }

  private mutating func compareProperties(_ state: [UInt64], _ comment: Comment) {
    let source = state.isEmpty ? [0] : state
    for quiescent in [false, true] {
      let suspects = expander.suspects(.max, source, quiescent: quiescent)
      let antecedents = expander.antecedentSuspects(.max, source, quiescent: quiescent)
      for (index, property) in system.properties.enumerated() {
        let truth = machine.evaluate(.property(index), on: source, quiescent: quiescent)
        let isFound = truth != (property.kind == .invariant ? .true : .false)
        let isSuspect = suspects >> UInt64(index) & 1 != 0
        // What asks the oracle is the machine's until it has asked once.
        let asks = AccessSets(property.predicate, channels: system.channels).asksOracle
        #expect(isSuspect == isFound || isSuspect && asks, comment)
        if asks { compareAnswered(source, index, truth, quiescent: quiescent, comment) }
        guard property.antecedent != nil else { continue }
        let antecedent = machine.evaluate(.antecedent(index), on: source, quiescent: quiescent)
        #expect((antecedents >> UInt64(index) & 1 != 0) == (antecedent != .false), comment)
      }
    }
  }

  /// Once the machine has asked, compiled C knows the answer.
  private mutating func compareAnswered(
    _ state: [UInt64], _ index: Int, _ truth: Truth, quiescent: Bool, _ comment: Comment
  ) {
    let property = system.properties[index]
    #expect(expander.evaluate(.property(index), on: state, quiescent: quiescent) == truth, comment)
    let isFound = truth != (property.kind == .invariant ? .true : .false)
    let suspects = expander.suspects(.max, state, quiescent: quiescent)
    #expect((suspects >> UInt64(index) & 1 != 0) == isFound, comment)
  }

  private func compareCoverage(_ comment: Comment) {
    for action in system.actions {
      #expect(expander.hasFired(action.id) == machine.hasFired(action.id), comment)
    }
    for choice in system.choices.indices {
      let id = ChoiceID(choice)
      #expect(expander.valuesTaken(at: id) == machine.valuesTaken(at: id), comment)
    }
  }
}

/// The settings of tests: no cache but that of the test, if any.
func settings(cache: String? = nil, flags: [String] = ["-w"]) -> NativeSettings {
  var settings = NativeSettings.fromEnvironment()
  settings.cacheFolder = cache
  settings.flags = flags
  return settings
}
