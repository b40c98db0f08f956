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
      var machine = Machine(CompiledSystem(system))
      for step in steps(system, statesMax: 50) {
        for property in system.properties.indices.prefix(AffectedProperties.limit) {
          let before = truth(&machine, property, step.source)
          let after = truth(&machine, property, step.target)
          if affected.masks.mask(step.action) >> UInt64(property) & 1 == 0 {
            #expect(before == after, "seed \(seed), property \(property), action \(step.action)")
            kept += 1
          } else if before != after {
            changed += 1
          }
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
    #expect((0..<3).map { affected.masks.mask($0) } == [0b101, 0b110, 0b110] as [UInt64])
    #expect(affected.masks.mask(-1) == ~0)
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
