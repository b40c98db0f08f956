import Exploration
import Glibc
import Synchronization

/// Ends the solver's query when the user interrupts.
final class InterruptionWatch: Sendable {
  private let interrupter: @Sendable () -> Void
  private let isFinished = Mutex(false)

  init(_ interrupter: @escaping @Sendable () -> Void) { self.interrupter = interrupter }

  /// Starts a thread that looks ten times a second; it ends after `finish`.
  func start() { startDetachedThread { self.run() } }

  private func run() {
    while true {
      usleep(100_000)
      let goesOn = isFinished.withLock { isFinished -> Bool in
        if !isFinished, Interruption.flag.isCancelled { interrupter() }
        return !isFinished
      }
      if !goesOn { return }
    }
  }

  func finish() { isFinished.withLock { $0 = true } }
}
