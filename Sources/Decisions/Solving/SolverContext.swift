import CZ3
import Synchronization

/// A context of Z3 with all terms and solvers of one task; from a pool, and back to it.
///
/// Threads: belongs to one at a time, but for `interrupt`.
final class SolverContext: @unchecked Sendable {
  let context: cz3_context
  /// Set once; nothing else is read or written because of it.
  private let interruption = Atomic(false)
  /// Whether a query ended in an error: what it left behind is anybody's guess.
  var isBroken = false
  /// Whether some term multiplies leaves: such queries may outlast their limits, and are copied.
  var isNonlinear = false

  init() throws(SolverUnavailable) {
    if let reason = cz3_load() {
      throw SolverUnavailable(
        words: "libz3 cannot be loaded: \(String(cString: reason)); "
          + "install it with `apt-get install libz3-dev`")
    }
    guard let context = cz3_take() else {
      throw SolverUnavailable(words: "libz3 gives no solver")
    }
    self.context = context
  }

  deinit { cz3_give_back(context, isBroken || isInterrupted) }

  var isInterrupted: Bool { interruption.load(ordering: .relaxed) }

  /// Why a query has no answer: Z3 says "canceled" both for its own time limit and for whoever
  /// interrupts it.
  func words(_ reason: String?, _ limits: SolverLimits) -> String {
    if isInterrupted { return "interrupted" }
    guard let reason else { return "no reason given" }
    let isLate = reason.hasSuffix("canceled") || ["timeout", "interrupted"].contains(reason)
    if isLate { return "no answer within \(Duration.milliseconds(limits.milliseconds).words)" }
    let isList = reason.hasPrefix("(") && reason.hasSuffix(")")
    return isList ? String(reason.dropFirst().dropLast()) : reason
  }

  /// Ends the query at hand as unknown, and all later ones. Threads: any.
  func interrupt() {
    interruption.store(true, ordering: .relaxed)
    cz3_interrupt(context)
  }
}

/// Ends queries as unknown. Threads: any.
public struct SolverInterrupter: Sendable {
  let shared: SolverContext
  public func callAsFunction() { shared.interrupt() }
}
