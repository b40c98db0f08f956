import Testing
import TransitionSystem

@testable import Exploration

/// Models whose numbers of states and transitions are known (`bench/models.md`).
@Suite struct KnownCountTests {
  @Test(arguments: [(3, 2_415, 6_019)])
  func filterLock(processes: Int, states: Int, transitions: Int) {
    let compiled = CompiledSystem(Self.filterLock(processes))
    var machine = Machine(compiled)
    var buffer = SuccessorBuffer(wordCount: compiled.wordCount)
    _ = machine.initialStates(into: &buffer)
    var seen: Set<UInt64> = []
    var frontier = [buffer.state(0)[0]]
    var transitionCount = 0
    seen.insert(frontier[0])
    while let state = frontier.popLast() {
      buffer.removeAll()
      let expansion = machine.expand([state], hash: StateHash.hash([state], 1), into: &buffer)
      transitionCount += expansion.transitions
      for index in 0..<buffer.count where seen.insert(buffer.state(index)[0]).inserted {
        #expect(buffer.hashes[index] == StateHash.mix(0, buffer.state(index)[0]))
        frontier.append(buffer.state(index)[0])
      }
    }
    #expect(seen.count == states && transitionCount == transitions)
  }

  /// Peterson's filter lock as guarded commands, locals reset.
  static func filterLock(_ processes: Int) -> TransitionSystem {
    var builder = SystemBuilder()
    let count = Int64(processes)
    let slots = (0..<processes).map { _ in
      (
        control: builder.slot(0, 4), level: builder.slot(0, count - 1), j: builder.slot(0, count),
        k: builder.slot(0, count)
      )
    }
    let last = (0..<processes).map { _ in builder.slot(0, count - 1) }
    for (index, own) in slots.enumerated() {
      let (j, k) = (ProgramExpression.slot(own.j), ProgramExpression.slot(own.k))
      let me = c(Int64(index))
      let level = ProgramExpression.slotAt(
        first: slots[0].level, stride: 4, count: processes, index: k)
      let lastHere = ProgramExpression.slotAt(
        first: last[0], stride: 1, count: processes, index: j)
      func step(
        _ place: Int64, when condition: ProgramExpression = c(1), _ body: [ProgramStatement]
      ) {
        builder.action(when: [.slot(own.control) == c(place) && condition], body)
      }
      func go(_ place: Int64) -> ProgramStatement { .store(own.control, c(place)) }
      step(0, [.store(own.j, c(1)), go(1)])
      step(1, when: j < c(count), [.store(own.level, j), go(2)])
      step(1, when: j == c(count), [.store(own.j, c(0)), go(4)])
      step(
        2,
        [
          .storeAt(first: last[0], stride: 1, count: processes, index: j, me),
          .store(own.k, c(0)), go(3),
        ])
      step(
        3, when: k < c(count) && (k == me || level < j || lastHere != me), [.store(own.k, k + c(1))]
      )
      step(3, when: k == c(count), [.store(own.j, j + c(1)), .store(own.k, c(0)), go(1)])
      step(4, [.store(own.level, c(0)), go(0)])
    }
    return builder.system
  }
}
