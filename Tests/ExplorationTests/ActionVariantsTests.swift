import Testing
import TransitionSystem

@testable import Exploration
@testable import Reduction

/// Actions taken apart by the values of slots do what the whole ones do.
@Suite struct ActionVariantsTests {
  @Test func areTheSameSystem() {
    var more = 0
    for seed in 0..<2_000 as Range<UInt64> {
      let whole = RandomProcesses.system(seed: seed)
      let parts = split(whole)
      if parts.actions.count > whole.actions.count { more += 1 }
      let (expected, found) = (search(whole), search(parts))
      #expect(expected.states == found.states, "seed \(seed)")
      #expect(expected.transitions == found.transitions, "seed \(seed)")
      #expect(expected.depth == found.depth, "seed \(seed)")
      #expect((expected.assertion.finding == nil) == (found.assertion.finding == nil))
      #expect((expected.deadlock.finding == nil) == (found.deadlock.finding == nil))
    }
    #expect(more > 50, "too few systems have arrays: \(more)")
  }

  @Test func areTheSameFilterLock() {
    let parts = split(filterLock(3))
    let (expected, found) = (search(filterLock(3)), search(parts))
    #expect(parts.actions.count > filterLock(3).actions.count)
    #expect((found.states, found.transitions) == (expected.states, expected.transitions))
  }

  /// One variant says what the index is, reads one element, and leaves one value.
  @Test func readOneElement() throws {
    var builder = SystemBuilder("array")
    let array = builder.slots("array", count: 3, upper: 3)
    let index = builder.slot("index", upper: 2)
    builder.action(
      "go", when: [.slot(index) < constant(2)], agent: 0,
      [
        .storeAt(first: array, stride: 1, count: 3, index: .slot(index), .slot(index) + 1),
        .store(index, .slot(index) + 1),
      ])
    let channelOfSlot = Analysis.channelOfSlot(builder.system)
    let variants = ActionVariants(builder.system, channelOfSlot: channelOfSlot)
    #expect(variants.facts.count == 2)
    #expect(variants.facts[1].writes.slots == [SlotID(array.index + 1), index])
    #expect(variants.facts[1].written[array.index + 1] == 1 << 2)
  }

  /// Those of values that nobody stores are left out; an action may come before those that store
  /// what it asks for.
  @Test func areMadeForPossibleValues() {
    var builder = SystemBuilder("values")
    let array = builder.slots("array", count: 8, upper: 1)
    let index = builder.slot("index", upper: 7)
    let mark = ProgramStatement.storeAt(
      first: array, stride: 1, count: 8, index: .slot(index), constant(1))
    builder.action("mark", when: [], agent: 0, [mark])
    builder.action(
      "end", when: [.slot(index) == constant(5)], agent: 0, [.store(index, constant(3))])
    builder.action(
      "skip", when: [.slot(index) == constant(0)], agent: 0, [.store(index, constant(5))])
    let channelOfSlot = Analysis.channelOfSlot(builder.system)
    let variants = ActionVariants(builder.system, channelOfSlot: channelOfSlot)
    #expect(variants.table.prefix(8) == [0, -1, -1, 1, -1, 2, -1, -1])
    #expect(variants.facts.count == 5)
  }

  /// A program is worked out once for all variants that agree on what it reads.
  @Test func shareWhatIsLeftOfPrograms() throws {
    var builder = SystemBuilder("guards")
    let (one, other) = (builder.slot("one", upper: 3), builder.slot("other", upper: 3))
    let guards = [
      ProgramExpression.slot(one) < constant(2), .slot(other) < constant(3),
      .slot(one) < .slot(other),
    ].map { Predicate(statements: [], result: $0, registerCount: 0) }
    let body = [ProgramStatement.store(one, .constant(0)), .store(other, .slot(other) + 1)]
    var rests = ProgramRests(
      guards, body, builder.system, fields: [(one.index, 3), (other.index, 12)])
    for number in 0..<16 as Range<UInt64> {
      var values = KnownValues(capacity: 2)
      values.add(one.index, Int64(number & 3))
      values.add(other.index, Int64(number >> 2))
      let alone = guards.map { Specializer.specialize($0, values, builder.system).result.constant }
      let found = rests.guards(number, values)
      #expect(found?.map(\.result.constant) == (alone.contains(0) ? nil : alone))
      let stores = rests.body(number, values).map { statement -> Int64? in
        if case .store(_, let value) = statement { value.constant } else { nil }
      }
      #expect(stores == [0, Int64(number >> 2) + 1])
    }
  }

  private func split(_ system: TransitionSystem) -> TransitionSystem {
    var parts = ActionVariants(system, channelOfSlot: Analysis.channelOfSlot(system)).system
    parts.actions = parts.actions.enumerated().map { $1.numbered($0) }
    return parts
  }
}

extension Action {
  fileprivate func numbered(_ index: Int) -> Action {
    Action(
      id: ActionID(index), label: label, agent: agent, kind: kind, rule: rule,
      isEnvironment: isEnvironment, fairness: fairness, span: span, guards: guards,
      trigger: trigger, body: body, registerCount: registerCount)
  }
}
