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
    // A reader that goes away (`| head`) shows as a failed write.
    signal(SIGPIPE, SIG_IGN)
  }
}
