import Glibc
import Synchronization
import Testing

@testable import Exploration

/// Tasks one after the other on threads that look for the next one and then sleep.
@Suite struct WorkerTeamTests {
  /// Each worker executes each task once, and the owner sees what they wrote.
  @Test(arguments: [1, 2, 5], [true, false])
  func everyTaskOnEveryWorker(count: Int, startsAtOnce: Bool) {
    let team = WorkerTeam(count: count, startsAtOnce: startsAtOnce)
    #expect(team.count == count)
    let cells = Cells(count)
    for round in 1...3000 {
      team.run { worker in cells.values[worker] += 1 }
      for worker in 0..<team.count where cells.values[worker] != round {
        Issue.record("task \(round) of worker \(worker)")
        break
      }
    }
    team.end()
  }

  /// Threads that have not started need not end.
  @Test func aTeamWithoutTasksEnds() {
    WorkerTeam(count: 3).end()
  }

  /// Longer pauses than anybody looks, between tasks and in those of one worker.
  @Test func sleepersWake() {
    let team = WorkerTeam(count: 3)
    let done = Atomic<Int>(0)
    for round in 0..<40 {
      usleep(round % 2 == 0 ? 1000 : 200)
      team.run { worker in
        if worker == round % 4 { usleep(1000) }
        done.add(1, ordering: .relaxed)
      }
      #expect(done.load(ordering: .relaxed) == (round + 1) * team.count)
    }
    usleep(1000)
    team.end()
  }

  /// Plain memory, one cell a worker: only the team orders who reads and writes it.
  private final class Cells: @unchecked Sendable {
    let values: UnsafeMutablePointer<Int>

    init(_ count: Int) {
      values = .allocate(capacity: count)
      values.initialize(repeating: 0, count: count)
    }

    deinit { values.deallocate() }
  }
}
