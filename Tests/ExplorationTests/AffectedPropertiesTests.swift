import Testing
import TransitionSystem

@testable import Exploration

/// What `AffectedProperties` says of actions against all steps of random systems.
@Suite struct AffectedPropertiesTests {
  @Test func theOthersKeepTheirTruth() {
    var (kept, changed) = (0, 0)
    for seed: UInt64 in 1...100 {
      let system = withAllSlots(RandomProcesses.system(seed: seed))
      let affected = AffectedProperties(system)
      var machine = Machine(CompiledSystem(system, affected: affected))
      for step in steps(system, statesMax: 50) {
        for property in system.properties.indices.prefix(AffectedProperties.limit) {
          let before = truth(&machine, property, step.source)
          let after = truth(&machine, property, step.target)
          // Where it was found, a candidate comes first.
          if before == wanted(system.properties[property]) { continue }
          if affected.table.mask(step.action) >> UInt64(property) & 1 == 0 {
            #expect(before == after, "seed \(seed), property \(property), action \(step.action)")
            kept += 1
            continue
          }
          let predicate = affected.table.predicate(property, step.action)
          let truth = machine.evaluate(predicate, on: step.target, quiescent: false)
          #expect(truth == after, "seed \(seed), property \(property), action \(step.action)")
          if before != after { changed += 1 }
        }
      }
    }
    #expect(kept > 10_000 && changed > 1_000)
  }

  /// Each slot, those of channels too, in a property of its own.
  private func withAllSlots(_ system: TransitionSystem) -> TransitionSystem {
    var system = system
    for slot in system.layout.slots.indices {
      system.properties.append(
        StateProperty(
          name: "slot \(slot)", kind: .reachability,
          predicate: SystemBuilder.predicate(SlotID(slot) == 1), antecedent: nil,
          readsQuiescent: false, documentation: nil, span: SystemBuilder.span))
    }
    return system
  }

  @Test func actionsAffectWhatTheyWrite() {
    var builder = SystemBuilder("three")
    let slots = (0..<3).map { builder.slot("s\($0)", upper: 3) }
    for slot in slots { builder.action("write", when: [slot == 0], [.store(slot, constant(1))]) }
    builder.property("first", .invariant, slots[0] == 0)
    builder.property("implication", .reachability, slots[1] == 0, antecedent: slots[2] == 0)
    builder.property("rest", .invariant, .quiescent, readsQuiescent: true)
    builder.property("constant", .invariant, constant(1))
    let affected = AffectedProperties(builder.system)
    // What can only become false is not reached, and what can only become true not violated.
    #expect((0..<3).map { affected.table.mask($0) } == [0b101, 0b100, 0b100] as [UInt64])
    #expect(affected.table.mask(-1) == ~0)
  }

  private func wanted(_ property: StateProperty) -> Truth {
    property.kind == .invariant ? .false : .true
  }

  private struct Step {
    let source: [UInt64]
    let target: [UInt64]
    let action: Int32
  }

  private func steps(_ system: TransitionSystem, statesMax: Int) -> [Step] {
    var machine = Machine(CompiledSystem(system))
    var buffer = SuccessorBuffer(wordCount: system.layout.wordCount)
    _ = machine.initialStates(into: &buffer)
    var queue = (0..<buffer.count).map { state($0, buffer) }
    var expanded: Set<[UInt64]> = []
    var steps: [Step] = []
    while let source = queue.popLast(), expanded.count < statesMax {
      if !expanded.insert(source).inserted { continue }
      buffer.removeAll()
      _ = machine.expand(source, hash: 0, into: &buffer)
      for index in 0..<buffer.count {
        let target = state(index, buffer)
        steps.append(Step(source: source, target: target, action: buffer.actions[index]))
        queue.append(target)
      }
    }
    return steps
  }

  private func state(_ index: Int, _ buffer: borrowing SuccessorBuffer) -> [UInt64] {
    Array(UnsafeBufferPointer(start: buffer.state(index), count: buffer.wordCount))
  }

  private func truth(_ machine: inout Machine, _ property: Int, _ state: [UInt64]) -> Truth {
    machine.evaluate(.property(property), on: state, quiescent: false)
  }
}
