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
      if !Interruption.waitsForInput(STDIN_FILENO) { return .interrupted }
      read()
    }
  }

  private mutating func read() {
    var chunk = [UInt8](repeating: 0, count: 1 << 12)
    let count = Glibc.read(STDIN_FILENO, &chunk, chunk.count)
    if count > 0 { bytes += chunk[..<count] } else { hasEnded = true }
  }
}
