import Testing
import TransitionSystem

@testable import Exploration

/// What `WriteMasks` says of pairs of states against all steps of random systems.
@Suite struct WriteMasksTests {
  @Test func noPredecessorIsRuledOut() {
    var ruledOut = 0
    for seed: UInt64 in 1...150 {
      let steps = Steps(RandomProcesses.system(seed: seed), statesMax: 60)
      let states = Array(steps.successors.keys)
      for target in states {
        steps.masks.withTest(of: [target]) { mayLead in
          for source in states where !source.withUnsafeBufferPointer({ mayLead($0.baseAddress!) }) {
            #expect(steps.successors[source]?.contains(target) == false, "seed \(seed)")
            ruledOut += 1
          }
        }
      }
    }
    #expect(ruledOut > 5_000)
  }

  /// The first states of a system, each with all its successors.
  private struct Steps {
    let masks: WriteMasks
    private(set) var successors: [[UInt64]: Set<[UInt64]>] = [:]

    init(_ system: TransitionSystem, statesMax: Int) {
      masks = WriteMasks(system)
      var machine = Machine(CompiledSystem(system))
      var buffer = SuccessorBuffer(wordCount: system.layout.wordCount)
      _ = machine.initialStates(into: &buffer)
      var queue = Self.states(buffer)
      while let state = queue.popLast(), successors.count < statesMax {
        if successors[state] != nil { continue }
        buffer.removeAll()
        _ = machine.expand(state, hash: 0, into: &buffer)
        successors[state] = Set(Self.states(buffer))
        queue += Self.states(buffer)
      }
    }

    private static func states(_ buffer: borrowing SuccessorBuffer) -> [[UInt64]] {
      (0..<buffer.count).map {
        Array(UnsafeBufferPointer(start: buffer.state($0), count: buffer.wordCount))
      }
    }
  }
}
