import Exploration
import Glibc

/// Lines of standard input; Ctrl-C ends the wait for one at once, which `readLine` sits out.
struct InputLines {
  enum Line {
    case text(String)
    case end
    case interrupted
  }

  private var bytes: [UInt8] = []
  private var hasEnded = false

  mutating func next() -> Line {
    while true {
      if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
        let line = String(decoding: bytes[..<end], as: UTF8.self)
        bytes.removeSubrange(...end)
        return .text(line)
      }
      if hasEnded {
        if bytes.isEmpty { return .end }
        defer { bytes = [] }
        return .text(String(decoding: bytes, as: UTF8.self))
      }
      if !waitForInput() { return .interrupted }
      read()
    }
  }

  /// False where somebody wants to end: a signal ends `poll`, and goes on with `read`.
  private func waitForInput() -> Bool {
    var wait = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    while !Interruption.flag.isCancelled {
      // A signal may come between the look at the flag and the wait.
      let ready = poll(&wait, 1, 100)
      if ready > 0 || ready < 0 && errno != EINTR { return true }
    }
    return false
  }

  private mutating func read() {
    var chunk = [UInt8](repeating: 0, count: 1 << 12)
    let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
    if count > 0 { bytes += chunk[..<count] } else { hasEnded = true }
  }
}
