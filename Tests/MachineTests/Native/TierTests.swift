import Testing
import TransitionSystem

@testable import Exploration

/// Native module against machine on programs built by hand, one for each way of the generator.
@Suite struct TierTests {
  /// Compares everything that is reachable; returns what was compared.
  @discardableResult
  private func compare(
    _ builder: SystemBuilder, limit: Int = 400, from states: [[UInt64]] = [],
    location: SourceLocation = #_sourceLocation
  ) -> (transitions: Int, failures: Int, interruptions: Int, returned: Int) {
    guard var comparison = TierComparison(builder.system, settings()) else {
      return (0, 0, 0, 0)
    }
    comparison.explore(limit: limit, from: states)
    return (
      comparison.transitions, comparison.failures, comparison.interruptions,
      comparison.expander.returned
    )
  }

  @Test func choicesBecomeLoops() {
    var builder = SystemBuilder()
    let (first, second) = (builder.slot(0, 7), builder.slot(0, 7))
    builder.action(
      registers: 4,
      [
        set(2, c(5)),
        // Ends before the choices.
        .if(.slot(first) == c(7), [.store(second, c(1)), .finish], else: []),
        .choose(Register(0), .range(c(1), c(7)), ChoiceID(0)),
        .require(r(0) != c(3)),
        set(2, r(2) + r(0)),
        .store(first, r(0)),
        .choose(Register(1), .bits(c(0b1011), base: 1), ChoiceID(1)),
        .require(!(r(0) == c(2) && r(1) == c(2))),
        .setAt(first: Register(2), count: 2, index: c(1), r(1)),
        .store(second, .binary(.bitAnd, r(2) + r(3), c(7))),
      ])
    builder.action([.choose(Register(0), .range(c(2), c(1)), ChoiceID(2))])
    let (transitions, _, _, returned) = compare(builder)
    #expect(transitions > 100 && returned == 0)
  }

  @Test func choicesInsideTakeTheOdometer() {
    var builder = SystemBuilder()
    let out = builder.slot(0, 63)
    builder.action(
      registers: 3,
      [
        .forRange(
          Register(0), from: c(0), through: c(2),
          [.if(r(0) != c(1), [.choose(Register(1), .range(c(0), r(0)), ChoiceID(0))], else: [])]),
        .choose(Register(2), .bits(.slot(out), base: 0), ChoiceID(1)),
        .store(out, .binary(.bitAnd, r(1) + r(2) + .slot(out), c(63))),
      ])
    #expect(compare(builder, from: [[5], [63]]).transitions > 20)
  }

  @Test func manyChoicesGoToTheMachine() {
    var builder = SystemBuilder()
    let out = builder.slot(0, 1)
    builder.action(
      registers: 3,
      [
        .forRange(
          Register(0), from: c(1), through: c(100),
          [.choose(Register(1), .range(c(5), c(5)), ChoiceID(0))]),
        .choose(Register(2), .range(c(1), c(1000)), ChoiceID(1)),
        .store(out, .binary(.bitAnd, r(2), c(1))),
      ])
    #expect(compare(builder).returned > 0)
  }

  @Test func failuresGoToTheMachine() {
    var builder = SystemBuilder()
    let slot = builder.slot(0, 9)
    builder.action(
      when: [.checked(.divide, c(6), .slot(slot) + c(-3), FailureID(0)) < c(9)],
      [.store(slot, .checked(.remainder, .slot(slot) + c(1), c(10), FailureID(1)))])
    builder.action(isFault: true, [.check(.slot(slot) < c(5), FailureID(2))])
    builder.action(
      registers: 1,
      [
        .while(r(0) < .slot(slot) + c(99_995), [set(0, r(0) + c(1))], FailureID(3)),
        .store(slot, c(0)),
      ])
    let states = (0..<10).map { [UInt64($0)] }
    let (transitions, failures, _, returned) = compare(builder, from: states)
    #expect(transitions > 10 && failures > 5 && returned > 0)
  }

  @Test(arguments: [Channel.Order.bag, .queue], [0, 1, 2, 3])
  func channelsOfEveryForm(order: Channel.Order, form: Int) {
    let cells: [[ClosedRange<Int64>]] = [
      // One word; one field each; cell by cell; no bits.
      [0...2, -1...1], [0...1, 0...Int64.max / 2], [0...1, Int64.min...Int64.max], [3...3],
    ]
    for room in [1, 3] {
      var builder = SystemBuilder()
      let turn = builder.slot(0, 3)
      let channel = builder.channel(order, cells[form], room: room)
      let length = ProgramExpression.slot(builder.system.channels[0].length)
      func entry(_ value: ProgramExpression) -> [ProgramExpression] {
        form == 3 ? [c(3)] : [.binary(.bitAnd, value, c(1)), value == c(2)]
      }
      builder.action(
        when: [length < c(Int64(room))], registers: 2,
        [.choose(Register(0), .range(c(0), c(2)), ChoiceID(0)), .send(channel, entry(r(0)))])
      for candidates in [Trigger.Candidates.deliverable, .distinct] {
        let trigger = Trigger(channel: channel, candidates: candidates, index: Register(0))
        builder.action(
          on: trigger,
          [.remove(channel, at: r(0)), .store(turn, .binary(.bitAnd, .slot(turn) + c(1), c(3)))])
        builder.action(
          when: [length < c(Int64(room))], on: trigger, isFault: true,
          [.copy(channel, at: r(0))])
      }
      builder.action(when: [.slot(turn) == c(2)], [.empty(channel)])
      // The last one does not ask for room.
      builder.action(when: [.slot(turn) == c(3)], [.send(channel, entry(c(1)))])
      let (transitions, _, interruptions, _) = compare(builder)
      #expect(transitions > 20 && interruptions > 0)
    }
  }

  @Test func droppedMessagesAreCountedOnce() {
    var builder = SystemBuilder()
    let done = builder.slot(0, 1)
    let channel = builder.channel(.bag, [0...3, -1...4], room: 6)
    let other = builder.channel(.queue, [0...1], room: 4)
    builder.action(
      when: [.slot(done) == c(0)], registers: 2,
      [
        .choose(Register(0), .range(c(0), c(2)), ChoiceID(0)),
        .sendOrDrop(channel, [r(0), c(-1)]), .sendOrDrop(channel, [c(1), c(-1)]),
        .sendOrDrop(other, [c(1)]), .sendOrDrop(channel, [c(1), c(-1)]),
        .require(!(r(0) == c(2) && .slot(builder.system.channels[1].length) == c(1))),
        .send(other, [c(0)]), .store(done, c(1)),
      ])
    let (transitions, _, _, returned) = compare(builder)
    #expect(transitions > 10 && returned == 0)
  }

  @Test func manyWordsAndAgents() {
    var builder = SystemBuilder()
    let slots = (0..<40).map { _ in builder.slot(.min, .max) }
    for (index, slot) in slots.enumerated() {
      builder.action(
        when: [.slot(slot) < c(2)], registers: 1,
        [
          .storeAt(
            first: slots[0], stride: 1, count: 40, index: c(Int64(index)), .slot(slot) + c(1)),
          .forBits(
            Register(0), in: c(0b101),
            [.storeAt(first: slots[0], stride: 2, count: 20, index: r(0), r(0))]),
        ])
    }
    builder.system.actions = builder.system.actions.enumerated().map { index, action in
      Action(
        id: action.id, label: "", agent: index / 3, kind: .step, rule: nil, isEnvironment: false,
        fairness: .none, span: nowhere, guards: action.guards, trigger: nil, body: action.body,
        registerCount: action.registerCount)
    }
    let (transitions, _, _, returned) = compare(builder, limit: 60)
    #expect(transitions > 1000 && returned == 0)
  }

  @Test func indicesOutOfRangeGoToTheMachine() {
    var builder = SystemBuilder()
    let slots = (0..<4).map { _ in builder.slot(0, 7) }
    builder.action([
      .storeAt(first: slots[0], stride: 1, count: 4, index: .slot(slots[1]), .slot(slots[1]) + c(1))
    ])
    builder.action(when: [.slot(slots[1]) < c(7)], [.store(slots[1], .slot(slots[1]) + c(1))])
    let (transitions, _, interruptions, returned) = compare(builder)
    #expect(transitions > 5 && interruptions > 0 && returned > 0)
  }

  @Test func propertiesAreFiltered() {
    var builder = SystemBuilder()
    let slot = builder.slot(0, 9)
    builder.action(
      when: [.slot(slot) < c(9)], [.store(slot, .slot(slot) + c(1))])
    builder.invariant(.slot(slot) < c(5))
    builder.invariant(.checked(.divide, c(8), .slot(slot) + c(-4), FailureID(0)) < c(5))
    builder.invariant(.quiescent)
    builder.invariant(
      Predicate(
        statements: [
          .require(.slot(slot) != c(2)),
          .forRange(Register(0), from: c(0), through: .slot(slot), [set(1, r(1) + r(0))]),
          .if(r(1) < c(9), [.finish], else: []), set(1, c(20)),
        ], result: r(1) < c(20), registerCount: 2),
      antecedent: Predicate(
        statements: [], result: c(3) < .slot(slot), registerCount: 0))
    #expect(compare(builder).transitions == 9)
  }

  @Test func bufferGrows() {
    var builder = SystemBuilder()
    let out = builder.slot(0, 1023)
    builder.action(
      registers: 1, [.choose(Register(0), .range(c(0), c(999)), ChoiceID(0)), .store(out, r(0))])
    let (transitions, _, _, returned) = compare(builder, limit: 3)
    #expect(transitions == 3000 && returned == 0)
  }

  @Test func sourcesAreEqualForEqualSystems() {
    let texts = (0..<3).map { _ in CGenerator.text(RandomSystem.system(seed: 7)) }
    #expect(texts[0] == texts[1] && texts[1] == texts[2])
  }
}
