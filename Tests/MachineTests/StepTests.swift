import Testing
import TransitionSystem

@testable import Exploration

/// Guards, choices, failures, order.
@Suite struct StepTests {
  @Test func successorsComeInOrder() {
    var builder = SystemBuilder()
    let control = builder.slot(0, 3)
    let flag = builder.slot(0, 1)
    let out = builder.slot(0, 9)
    for (index, place) in [0, 1, 0, 2, 0, 1].enumerated() {
      builder.action(
        when: [.slot(control) == c(Int64(place))] + (index == 2 ? [.slot(flag)] : []),
        [.store(out, c(Int64(index)))])
    }
    builder.action(when: [!(.slot(flag)), .slot(control) == c(0)], [.store(out, c(6))])
    builder.action([.store(flag, c(1)), .store(control, c(1))])
    var comparison = Comparison(builder.system)
    comparison.explore()
    let order = actions(Machine(CompiledSystem(builder.system)), [0])
    #expect(order == [0, 4, 6, 7])
  }

  private func actions(_ machine: consuming Machine, _ state: [UInt64]) -> [Int32] {
    var buffer = SuccessorBuffer(wordCount: state.count)
    _ = machine.expand(state, hash: 0, into: &buffer)
    return (0..<buffer.count).map { buffer.actions[$0] }
  }

  @Test func choicesGoAsAnOdometer() {
    var builder = SystemBuilder()
    let (first, second) = (builder.slot(0, 7), builder.slot(0, 7))
    builder.action(
      registers: 2,
      [
        .choose(Register(0), .range(c(1), c(2)), ChoiceID(0)),
        .require(r(0) != c(9)),
        .store(first, r(0)),
        .choose(Register(1), .bits(c(0b1011), base: 0), ChoiceID(1)),
        .require(!(r(0) == c(2) && r(1) == c(1))),
        .store(second, r(1)),
      ])
    builder.action([.choose(Register(0), .range(c(2), c(1)), ChoiceID(2))])
    var comparison = Comparison(builder.system)
    let successors = comparison.expandBoth([0])
    let reference = ReferenceMachine(system: builder.system)
    #expect(
      successors.map { reference.unpack($0) } == [[1, 0], [1, 1], [1, 3], [2, 0], [2, 3]])
    let taken = (0..<3).map { comparison.machine.valuesTaken(at: ChoiceID($0)) }
    #expect(taken == [[1, 2], [0, 1, 3], []])
    let fired = (0..<2).map { comparison.machine.hasFired(ActionID($0)) }
    #expect(fired == [true, false])
  }

  @Test func manyChoicesAndSuccessorsGrowTheirMemory() {
    var builder = SystemBuilder()
    let out = builder.slot(0, 1)
    // 100 choices of one value, then 1000 values.
    builder.action(
      registers: 3,
      [
        .forRange(
          Register(0), from: c(1), through: c(100),
          [
            .choose(Register(1), .range(c(5), c(5)), ChoiceID(0))
          ]),
        .choose(Register(2), .range(c(1), c(1000)), ChoiceID(1)),
        .store(out, .binary(.bitAnd, r(2), c(1))),
      ])
    var machine = Machine(CompiledSystem(builder.system))
    var buffer = SuccessorBuffer(wordCount: 1, capacity: 2)
    let expansion = machine.expand([0], hash: 17, into: &buffer)
    #expect(expansion.transitions == 1000)
    #expect((0..<1000).allSatisfy { buffer.state($0)[0] == UInt64(($0 + 1) & 1) })
    #expect(buffer.hashes[1] == 17)
    let step = machine.record(from: [0], .successor(999))
    #expect(step?.choices.count == 101)
  }

  @Test func failuresAreRecordsInOrder() {
    var builder = SystemBuilder()
    let value = builder.slot(0, 3)
    let failing = ProgramExpression.checked(.divide, c(1), .slot(value), FailureID(0))
    builder.action(when: [c(1) <= failing || c(1) == c(1)], [])
    builder.action(
      registers: 1,
      [
        .choose(Register(0), .range(c(0), c(2)), ChoiceID(0)),
        .check(r(0) != c(1), FailureID(1)),
        .store(value, c(1)),
      ])
    builder.action(isFault: true, [.fail(FailureID(2))])
    var comparison = Comparison(builder.system)
    comparison.explore()
    _ = comparison.expandBoth([0])
    #expect(
      comparison.machine.failures == [
        StepFailure(action: 0, failure: FailureID(0)),
        StepFailure(action: 1, failure: FailureID(1)),
        StepFailure(action: 2, failure: FailureID(2)),
      ])
  }

  @Test func onlyFaultsIsNotEnabled() {
    var builder = SystemBuilder()
    builder.slot(0, 1)
    builder.action(isFault: true, [])
    builder.action(isFault: true, [.fail(FailureID(0))])
    var machine = Machine(CompiledSystem(builder.system))
    var buffer = SuccessorBuffer(wordCount: 1)
    let expansion = machine.expand([0], hash: 0, into: &buffer)
    #expect(!expansion.enabled && expansion.transitions == 1 && expansion.failureCount == 1)
  }

  @Test(arguments: [100_000, 100_001]) func whileLoopsAreBounded(iterations: Int64) {
    var builder = SystemBuilder()
    builder.slot(0, 1)
    // Two loops: the iterations of one step are summed.
    let loop: (Int64) -> [ProgramStatement] = { count in
      [set(0, c(0)), .while(r(0) < c(count), [set(0, r(0) + c(1))], FailureID(3))]
    }
    builder.action(registers: 1, loop(60_000) + loop(iterations - 60_000))
    var machine = Machine(CompiledSystem(builder.system))
    var buffer = SuccessorBuffer(wordCount: 1)
    let expansion = machine.expand([0], hash: 0, into: &buffer)
    #expect(expansion.transitions == (iterations > 100_000 ? 0 : 1))
    let failed = [StepFailure(action: 0, failure: FailureID(3))]
    #expect(machine.failures == (iterations > 100_000 ? failed : []))
  }

  @Test func predicatesOfEachKind() {
    var builder = SystemBuilder()
    let value = builder.slot(-4, 3)
    builder.invariant(
      Predicate(statements: [], result: .slot(value) < c(0), registerCount: 0),
      antecedent: Predicate(statements: [], result: .slot(value) == c(-4), registerCount: 0))
    builder.invariant(.quiescent)
    let failing = ProgramExpression.checked(.divide, c(1), .slot(value), FailureID(2))
    builder.invariant(failing != c(0))
    builder.system.waiting = Predicate(
      statements: [set(0, .slot(value)), .require(r(0) < c(2)), .finish, set(0, c(0))],
      result: r(0) == c(1), registerCount: 1)
    var machine = Machine(CompiledSystem(builder.system))
    // The state is value + 4.
    let cases: [(PredicateID, UInt64, Bool, Truth)] = [
      (.property(0), 3, false, .true), (.property(0), 4, false, .false),
      (.antecedent(0), 0, false, .true), (.antecedent(0), 1, false, .false),
      (.antecedent(1), 0, false, .true), (.property(1), 0, true, .true),
      (.property(1), 0, false, .false), (.property(2), 4, false, .failure(FailureID(2))),
      (.property(2), 5, false, .true), (.waiting, 5, false, .true),
      (.waiting, 6, false, .false), (.undelivered, 6, false, .false),
    ]
    for (predicate, state, quiescent, expected) in cases {
      let truth = machine.evaluate(predicate, on: [state], quiescent: quiescent)
      #expect(truth == expected, "\(predicate) on \(state)")
    }
  }

  @Test func registersAreZeroAfterAnEarlyFinish() {
    var builder = SystemBuilder()
    let value = builder.slot(0, 3)
    // Found by random programs: `finish` skips the assignment, and the result reads the register.
    builder.invariant(
      Predicate(
        statements: [.if(.slot(value) == c(0), [.finish], else: []), set(0, c(1))],
        result: r(0) == c(0), registerCount: 1))
    var comparison = Comparison(builder.system)
    for state: UInt64 in [1, 0, 2, 0] { _ = comparison.expandBoth([state]) }
  }

  @Test func errorsInTheProgramAreInterruptions() {
    var builder = SystemBuilder()
    let slot = builder.slot(0, 7)
    builder.action([
      .storeAt(first: slot, stride: 1, count: 1, index: .slot(slot), c(1))
    ])
    var machine = Machine(CompiledSystem(builder.system))
    var buffer = SuccessorBuffer(wordCount: 1)
    let outside = machine.expand([1], hash: 0, into: &buffer).interruption
    #expect(outside == .indexOutOfRange(action: 0))
    builder.action(registers: 0, [.fail(FailureID(99))])
    var broken = Machine(CompiledSystem(builder.system))
    let expansion = broken.expand([1], hash: 0, into: &buffer)
    let initial = broken.initialStates(into: &buffer)
    #expect(expansion.interruption == .malformed && initial.interruption == .malformed)
  }
}
