import Exploration
import Glibc

/// Turns Ctrl-C and a polite kill into a request to end; the second one ends at once.
enum Interruption {
  /// The searches of this process look at it.
  static let flag = CancellationFlag()

  static func install() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        if Interruption.flag.isCancelled { _exit(128 + number) }
        Interruption.flag.cancel()
      }
    }
    // Whoever started this process may have blocked the signals; that mask is inherited.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// Waits until there is something to read; false where somebody wants to end.
  ///
  /// A signal ends `poll`, and goes on with `read`.
  static func waitsForInput(_ descriptor: Int32) -> Bool {
    var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while !flag.isCancelled {
      // A signal may come between the look at the flag and the wait.
      let ready = poll(&wait, 1, 100)
      if ready > 0 || ready < 0 && errno != EINTR { return true }
    }
    return false
  }

  /// The exit code of what would end with `code` by itself.
  static func code(or code: ExitCode) -> ExitCode {
    flag.isCancelled ? max(code, .interrupted) : code
  }
}
