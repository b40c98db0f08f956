import Testing
import TransitionSystem

@testable import Exploration

/// Queues and bags in every form: one word, a field for each entry, cell by cell, no bits at all.
@Suite struct ChannelTests {
  static let shapes: [[ClosedRange<Int64>]] = [
    [], [0...1], [2...2], [0...1, 0...1], [-1...2, 0...300], [0...1 << 40], [.min ... .max],
    [0...3, .min ... .max], [0...1, 5...5],
  ]

  @Test(arguments: shapes.indices, [Channel.Order.bag, .queue])
  func operationsAgree(shape: Int, order: Channel.Order) {
    for room in 1...4 {
      var builder = SystemBuilder()
      let cells = Self.shapes[shape]
      builder.slot(0, 1)
      let channel = builder.channel(order, cells, room: room)
      let values = [cells.map(\.lowerBound), cells.map(\.upperBound)]
      for entry in values { builder.action([.send(channel, entry.map { c($0) })]) }
      for candidates in [Trigger.Candidates.deliverable, .distinct] {
        let trigger = Trigger(channel: channel, candidates: candidates, index: Register(0))
        builder.action(on: trigger, registers: 1, [.remove(channel, at: r(0))])
        builder.action(on: trigger, registers: 1, [.copy(channel, at: r(0))])
      }
      builder.action([.empty(channel)])
      // Sends stop the search where the channel is full; those states keep it going.
      builder.system.actions = builder.system.actions.map { action in
        guard action.trigger == nil, action.id.index < 2 else { return action }
        return limited(action, builder.system.channels[0].length, room)
      }
      var comparison = Comparison(builder.system)
      comparison.explore(limit: 200)
    }
  }

  private func limited(_ action: Action, _ length: SlotID, _ room: Int) -> Action {
    Action(
      id: action.id, label: "", agent: nil, kind: .step, rule: nil, isEnvironment: false,
      fairness: .none, span: nowhere,
      guards: [
        Predicate(statements: [], result: .slot(length) < c(Int64(room)), registerCount: 0)
      ], trigger: nil, body: action.body, registerCount: action.registerCount)
  }

  @Test(arguments: [true, false]) func aFullChannelInterrupts(grows: Bool) {
    var builder = SystemBuilder()
    let channel = builder.channel(.bag, [0...3], room: 2, grows: grows)
    let sends = (0..<3).map { ProgramStatement.send(channel, [c(3 - $0)]) }
    builder.action([])
    builder.action([.require(c(1) == c(1))] + sends)
    var machine = Machine(CompiledSystem(builder.system))
    var buffer = SuccessorBuffer(wordCount: 1)
    let expansion = machine.expand([0], hash: 0, into: &buffer)
    #expect(expansion.interruption == (grows ? .growth(channel) : .fullChannel(channel)))
    let step = machine.record(from: [0], .overflow)
    #expect(step?.action == ActionID(1))
    #expect(step?.state == nil && step?.failure == nil)
    #expect(step?.sent.map(\.entry) == [[3], [2]])
  }

  @Test func aRecordTellsWhatWasReceived() throws {
    var builder = SystemBuilder()
    let channel = builder.channel(.bag, [0...7, -2...1], room: 4)
    let trigger = Trigger(channel: channel, candidates: .deliverable, index: Register(0))
    builder.system.initial = [
      .send(channel, [c(5), c(-1)]), .send(channel, [c(2), c(1)]), .send(channel, [c(5), c(-1)]),
    ]
    builder.action(
      on: trigger, registers: 2,
      [
        .remove(channel, at: r(0)), set(0, c(0)),
        .choose(Register(1), .range(c(0), c(1)), ChoiceID(0)),
        .send(channel, [r(1), c(0)]),
      ])
    var machine = Machine(CompiledSystem(builder.system))
    let recorded = machine.recordInitial(.successor(0))
    let initial = try #require(recorded)
    #expect(initial.sent.count == 3 && initial.action == ActionID(-1))
    let state = try #require(initial.state)
    var comparison = Comparison(builder.system)
    // Two distinct entries, two choices each.
    let successors = comparison.expandBoth(state)
    #expect(successors.count == 4)
    let third = machine.record(from: state, .state(successors[3]))
    let step = try #require(third)
    #expect(step.received == [5, -1])
    #expect(step.choices.map(\.value) == [1])
    #expect(step.sent == [SentMessage(channel: channel, entry: [1, 0])])
    let none = machine.record(from: state, .state([0]))
    #expect(none == nil)
    let hasFired = machine.hasFired(ActionID(0))
    #expect(!hasFired, "recording is not coverage")
  }

  @Test func eachSubmultisetOnce() {
    var builder = SystemBuilder()
    let channel = builder.channel(.bag, [0...1], room: 3)
    builder.slot(0, 1)
    let drops: [ProgramStatement] = [
      .sendOrDrop(channel, [c(0)]), .sendOrDrop(channel, [c(1)]), .sendOrDrop(channel, [c(0)]),
    ]
    builder.action(registers: 1, drops)
    builder.action(
      registers: 1,
      [
        .choose(Register(0), .range(c(0), c(1)), ChoiceID(0))
      ] + drops + [
        // With 1 chosen, the full variant does not complete: no other one counts.
        .require(r(0) == c(0) || .slot(builder.system.channels[0].length) < c(3))
      ])
    var comparison = Comparison(builder.system)
    // {0, 1, 0}: 3 * 2 sub-multisets, for each of the two actions.
    #expect(comparison.expandBoth([0]).count == 12)
  }
}
