import Glibc

/// Runs a compiler as a child process with nothing to read, its own process group, and an end.
enum CompilerProcess {
  enum Ending: Hashable {
    case exited(Int32)
    case signalled(Int32)
    case timedOut
    case cancelled
    case notStarted(Int32)
  }

  private static let pollNanoseconds = 2_000_000

  /// Returns when the process is gone, at most a few milliseconds after `isCancelled`; then the
  /// whole group is killed. What it says goes into the file `errors`.
  static func run(
    _ path: String, _ arguments: [String], environment: [String], errors: String,
    timeout: UInt64, isCancelled: () -> Bool
  ) -> Ending {
    var child = pid_t()
    let code = spawn(&child, path, arguments, environment, errors)
    if code != 0 { return .notStarted(code) }
    let deadline = monotonicNanoseconds() &+ timeout
    var status: Int32 = 0
    while true {
      let ended = waitpid(child, &status, WNOHANG)
      if ended == child { return ending(status) }
      if ended < 0 && errno != EINTR { return .notStarted(errno) }
      let isLate = monotonicNanoseconds() >= deadline
      if isLate || isCancelled() {
        // The child is not reaped yet, so its number is still its own.
        kill(-child, SIGKILL)
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        return isLate ? .timedOut : .cancelled
      }
      var pause = timespec(tv_sec: 0, tv_nsec: pollNanoseconds)
      nanosleep(&pause, nil)
    }
  }

  private static func ending(_ status: Int32) -> Ending {
    let signal = status & 0x7f
    return signal == 0 ? .exited(status >> 8 & 0xff) : .signalled(signal)
  }

  private static func spawn(
    _ child: inout pid_t, _ path: String, _ arguments: [String], _ environment: [String],
    _ errors: String
  ) -> Int32 {
    var files = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&files)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&files)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&files, 2, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    // The group of its own keeps the terminal's interrupt away from it; the mask and the handlers
    // of this process are not its business.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    posix_spawnattr_setflags(&attributes, Int16(flags))
    return withCStrings([path] + arguments) { argv in
      withCStrings(environment) { envp in
        posix_spawn(&child, path, &files, &attributes, argv, envp)
      }
    }
  }

  /// Safety: the pointers are valid in `body` only.
  private static func withCStrings<Value>(
    _ strings: [String],
    _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Value
  ) -> Value {
    var pointers = strings.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("the list ends with nil") }
      return body(base)
    }
  }
}
