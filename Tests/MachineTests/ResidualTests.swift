import Testing
import TransitionSystem

@testable import Exploration

/// What `AffectedProperties` leaves of properties against the whole of them, behind all steps from
/// random states of random systems.
@Suite struct ResidualTests {
  @Test(arguments: 0..<4) func residualsAreTheWholeWhereNothingWasFound(part: Int) {
    var counts = Counts()
    for seed in UInt64(part) * 150..<UInt64(part + 1) * 150 {
      var system = RandomSystem.system(seed: seed)
      var conditions = RandomConditions(system, seed: seed)
      system.properties = (0..<12).map { _ in conditions.property() }
      compare(system, RandomSystem.states(seed: seed, count: 10), "seed \(seed)", &counts)
    }
    // The generator must not degenerate.
    #expect(counts.untouched > 1_500)
    #expect(counts.residuals > 500)
    #expect(counts.found > 50)
    #expect(counts.ruledOut > 50)
  }

  private struct Counts {
    var untouched = 0
    var residuals = 0
    /// Residuals by which a property is found.
    var found = 0
    /// Those that were ruled out at a glance.
    var ruledOut = 0
  }

  private func compare(
    _ system: TransitionSystem, _ states: [[UInt64]], _ comment: Comment, _ counts: inout Counts
  ) {
    let affected = AffectedProperties(system)
    var machine = Machine(CompiledSystem(system, affected: affected))
    for source in states where !source.isEmpty {
      var buffer = SuccessorBuffer(wordCount: system.layout.wordCount)
      let expansion = machine.expand(source, hash: 0, into: &buffer)
      if expansion.interruption != nil { continue }
      let before = truths(system, source, &machine)
      for index in 0..<buffer.count {
        let after = truths(system, buffer.state(index), &machine)
        for (place, property) in system.properties.enumerated() {
          let wanted: Truth = property.kind == .reachability ? .true : .false
          // Then a candidate comes first.
          if before[place] == wanted { continue }
          let action = buffer.actions[index]
          if affected.table.mask(action) >> UInt64(place) & 1 == 0 {
            counts.untouched += 1
            #expect(after[place] == before[place], "\(comment), property \(place)")
          } else if case .residual = affected.table.predicate(place, action) {
            let predicate = affected.table.predicate(place, action)
            let truth = machine.evaluate(predicate, on: buffer.state(index), quiescent: false)
            counts.residuals += 1
            if truth == wanted { counts.found += 1 }
            #expect(truth == after[place], "\(comment), property \(place), action \(action)")
            if !affected.table.rulesOut(place, action, buffer.state(index)) { continue }
            counts.ruledOut += 1
            #expect(truth != wanted, "\(comment), property \(place), action \(action)")
          }
        }
      }
    }
  }

  private func truths(
    _ system: TransitionSystem, _ state: UnsafePointer<UInt64>, _ machine: inout Machine
  ) -> [Truth] {
    system.properties.indices.map {
      machine.evaluate(.property($0), on: state, quiescent: false)
    }
  }

  /// Two agents of a family of three, of which no two may be inside.
  @Test func ofPairsThoseOfTheAgentThatMovedRemain() {
    var builder = SystemBuilder()
    let places = (0..<3).map { _ in builder.slot(0, 2) }
    for place in places {
      builder.action(when: [.slot(place) == c(0)], [.store(place, c(1))])
      builder.action(when: [.slot(place) == c(1)], [.store(place, c(2))])
      builder.action([.store(place, c(0))])
    }
    let pairs = [(0, 1), (0, 2), (1, 2)].map { first, second in
      !(ProgramExpression.slot(places[first]) == c(2) && .slot(places[second]) == c(2))
    }
    builder.invariant(pairs[0] && pairs[1] && pairs[2])
    let affected = AffectedProperties(builder.system)
    // Only who enters may violate it.
    #expect((0..<9).map { affected.table.mask(Int32($0)) } == [0, 1, 0, 0, 1, 0, 0, 1, 0])
    #expect(affected.table.mask(-1) == ~0)
    let read = affected.residuals.map {
      AccessSets($0, channels: []).reads.slots.map(\.index)
    }
    #expect(read == [[1, 2], [0, 2], [0, 1]])
  }

  /// A property that may fail is evaluated as a whole: what fails first depends on all of it.
  @Test func whatMayFailIsNotTakenApart() {
    var builder = SystemBuilder()
    let slots = (0..<2).map { _ in builder.slot(0, 3) }
    builder.action([.store(slots[0], c(1))])
    let ratio = ProgramExpression.checked(.divide, c(1), .slot(slots[1]), FailureID(0))
    builder.invariant(.slot(slots[0]) == c(0) && ratio == c(1))
    let affected = AffectedProperties(builder.system)
    #expect(affected.table.mask(0) == 1 && affected.residuals.isEmpty)
  }
}

/// Random conditions on slots that the programs of a system write.
private struct RandomConditions {
  private var random: RandomSource
  private let slots: [SlotID]
  private let layout: StateLayout

  init(_ system: TransitionSystem, seed: UInt64) {
    random = RandomSource(seed: seed &+ 1_000_000)
    layout = system.layout
    let written = Set(
      system.actions.flatMap { AccessSets($0, channels: system.channels).mayWrite.slots })
    // A few that are not written, too.
    let all = written.sorted { $0.index < $1.index } + [SlotID(0), SlotID(1)]
    slots = Array(all.shuffled(using: &random).prefix(6))
  }

  mutating func property() -> StateProperty {
    let result = condition(3)
    let kind: StateProperty.Kind = Bool.random(using: &random) ? .invariant : .reachability
    return StateProperty(
      name: "property", kind: kind,
      predicate: Predicate(statements: [], result: result, registerCount: 0), antecedent: nil,
      readsQuiescent: false, documentation: nil, span: nowhere)
  }

  private mutating func condition(_ depth: Int) -> ProgramExpression {
    if depth == 0 || number(0...9) == 0 { return test() }
    switch number(0...6) {
    case 0: return !condition(depth - 1)
    case 1: return .conditional(test(), condition(depth - 1), condition(depth - 1))
    case 2...4: return condition(depth - 1) || condition(depth - 1)
    default: return condition(depth - 1) && condition(depth - 1)
    }
  }

  private mutating func test() -> ProgramExpression {
    let slot = slots[number(0...slots.count - 1)]
    let other = ProgramExpression.slot(slots[number(0...slots.count - 1)])
    switch number(0...11) {
    case 0: return .slot(slot) == other
    case 1: return .slot(slot) < other
    case 2: return .checked(.add, .slot(slot), other, FailureID(0)) == c(1)
    case 3: return .slot(slot) < c(value(slot))
    case 4: return c(value(slot)) <= .slot(slot)
    case 5...7: return .slot(slot) != c(value(slot))
    default: return .slot(slot) == c(value(slot))
    }
  }

  private mutating func value(_ slot: SlotID) -> Int64 {
    layout.slots[slot.index].minimum &+ Int64(number(0...3))
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }
}
