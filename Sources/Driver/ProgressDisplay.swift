import Exploration
import Glibc
import Synchronization

/// One line on standard error about a search that takes long: refreshed ten times a second on a
/// terminal, written once a minute elsewhere.
final class ProgressDisplay: Sendable {
  private struct State {
    var isFinished = false
    var isShown = false
  }
  private let state = Mutex(State())
  private let progress: SearchProgress
  private let memoryMax: Int
  private let began = monotonicNanoseconds()
  private let isTerminal: Bool

  init(_ progress: SearchProgress, memoryMax: Int) {
    self.progress = progress
    self.memoryMax = memoryMax
    isTerminal = isatty(STDERR_FILENO) == 1
  }

  /// Starts the thread that writes; it ends by itself after `finish`.
  func start() { startDetachedThread { self.run() } }

  /// Takes the line off the terminal; nothing is written after it.
  func finish() {
    state.withLock {
      $0.isFinished = true
      if $0.isShown, isTerminal { writeAll(STDERR_FILENO, "\r\u{1B}[K") }
    }
  }

  private func run() {
    var last = began
    while true {
      usleep(100_000)
      let now = monotonicNanoseconds()
      let isDue = isTerminal ? now - began > 300_000_000 : now - last >= 60_000_000_000
      let isFinished = state.withLock { state -> Bool in
        if isDue, !state.isFinished {
          let line = text(at: now)
          writeAll(STDERR_FILENO, isTerminal ? "\r\u{1B}[K" + fitted(line) : line + "\n")
          state.isShown = true
        }
        return state.isFinished
      }
      if isFinished { return }
      if isDue { last = now }
    }
  }

  /// As much of the line as the terminal shows without wrapping: a wrapped line cannot be taken
  /// back with one carriage return. Asked each time, since windows change their size.
  private func fitted(_ line: String) -> String {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1 else { return line }
    return String(line.prefix(Int(size.ws_col) - 1))
  }

  private func text(at now: UInt64) -> String {
    let seconds = max(Double(now - began) / 1e9, 0.001)
    let states = progress.states
    if progress.phase == .tracing { return "wfcheck: finding the way to what was found …" }
    let share = memoryMax > 0 ? progress.memory * 100 / memoryMax : 0
    return "\(states) states, frontier \(progress.frontier), depth \(progress.depth), "
      + "\(Int(Double(states) / seconds)) states/s, \(progress.memory >> 20) MiB "
      + "(\(share) % of the budget), \(Int(seconds)) s"
  }
}
