import Synchronization
import TransitionSystem

/// The budgets of a search, and the one reason to stop that came first.
///
/// Threads: any.
final class SearchLimits: Sendable {
  private let statesMax: Int
  private let deadline: UInt64
  private let cancellation: CancellationFlag
  private let isTracing: Bool
  // Relaxed: the value stands for itself; what goes with it is read behind a barrier.
  private let reason = Atomic<Int>(0)

  private static let reasons: [StopReason] = [
    .stateLimit, .memory, .time, .cancelled, .internalFault, .storeFull,
  ]

  init(_ options: SearchOptions, _ cancellation: CancellationFlag) {
    statesMax = options.statesMax ?? .max
    deadline = options.deadline ?? .max
    self.cancellation = cancellation
    isTracing = false
  }

  /// For the traces of a search that `other` ended: as long as they may take.
  init(tracingUntilCancelled other: SearchLimits) {
    statesMax = .max
    deadline = .max
    cancellation = other.cancellation
    isTracing = true
  }

  /// For a trial that goes on as the search itself, with the budget of states that the user gave.
  init(goingOnFrom other: SearchLimits, statesMax: Int?) {
    self.statesMax = statesMax ?? .max
    deadline = other.deadline
    cancellation = other.cancellation
    isTracing = false
  }

  /// Asks everybody to stop, unless somebody did already.
  func stop(_ wanted: StopReason) {
    let number = SearchLimits.reasons.firstIndex(of: wanted).map { $0 + 1 } ?? 5
    _ = reason.compareExchange(expected: 0, desired: number, ordering: .relaxed)
  }

  var isStopped: Bool { reason.load(ordering: .relaxed) != 0 }

  var stopReason: StopReason? {
    let number = reason.load(ordering: .relaxed)
    return number == 0 ? nil : SearchLimits.reasons[number - 1]
  }

  /// Looks at states, clock and cancellation; some 30 ns, so once in many states.
  func check(states: Int) {
    if states > statesMax { stop(.stateLimit) }
    if isTracing ? tracingIsCancelled : cancellation.isCancelled { stop(.cancelled) }
    if deadline != .max && monotonicNanoseconds() >= deadline { stop(.time) }
  }

  /// After a request to cancel, traces may take as long as keeps the end within a second.
  var tracingIsCancelled: Bool {
    guard let request = cancellation.requestTime else { return false }
    return monotonicNanoseconds() >= request + 700_000_000
  }
}
