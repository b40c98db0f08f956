import Glibc
import Synchronization

/// Asks a search to end soon.
///
/// Threads: any thread (or a signal handler) may set it; a search reads it once per chunk.
public final class CancellationFlag: Sendable {
  /// 0: not asked; else the time of the first request, in nanoseconds of CLOCK_MONOTONIC.
  private let requestedAt = Atomic<UInt64>(0)

  public init() {}

  public func cancel() {
    // Relaxed: the flag publishes no other data.
    _ = requestedAt.compareExchange(
      expected: 0, desired: max(1, monotonicNanoseconds()), ordering: .relaxed)
  }

  public var isCancelled: Bool { requestedAt.load(ordering: .relaxed) != 0 }

  /// When `cancel` was called first; nil if it was not.
  public var requestTime: UInt64? {
    let time = requestedAt.load(ordering: .relaxed)
    return time == 0 ? nil : time
  }
}

/// Where a search stands, as numbers that another thread may read at any time.
///
/// Each is a little behind (a chunk for each worker); they are not one consistent picture.
public final class SearchProgress: Sendable {
  // Relaxed everywhere: independent counters for people, they order nothing.
  let stateCount = Atomic<Int>(0)
  let transitionCount = Atomic<Int>(0)
  let frontierCount = Atomic<Int>(0)
  let depthNow = Atomic<Int>(0)
  let memoryBytes = Atomic<Int>(0)
  let phaseNow = Atomic<Int>(0)

  public enum Phase: Int, Sendable { case searching, tracing, finished }

  public init() {}

  /// States stored (random walks: steps taken).
  public var states: Int { stateCount.load(ordering: .relaxed) }
  public var transitions: Int { transitionCount.load(ordering: .relaxed) }
  /// States of the present level that wait to be expanded (depth-first: length of the stack,
  /// of one worker).
  public var frontier: Int { frontierCount.load(ordering: .relaxed) }
  /// Depth of the states that are being expanded.
  public var depth: Int { depthNow.load(ordering: .relaxed) }
  /// Bytes that count against the memory budget.
  public var memory: Int { memoryBytes.load(ordering: .relaxed) }
  public var phase: Phase { Phase(rawValue: phaseNow.load(ordering: .relaxed)) ?? .searching }
}

/// The monotonic clock, in nanoseconds.
public func monotonicNanoseconds() -> UInt64 { nanoseconds(of: CLOCK_MONOTONIC) }

/// The CPU time that this process has used, in nanoseconds.
func processorNanoseconds() -> UInt64 { nanoseconds(of: CLOCK_PROCESS_CPUTIME_ID) }

private func nanoseconds(of clock: clockid_t) -> UInt64 {
  var time = timespec()
  clock_gettime(clock, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
