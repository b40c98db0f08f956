import Glibc

/// Why a file could not be read or written, in plain words.
struct FileError: Error {
  let words: String
}

/// Reads a whole file; `-` is standard input.
func readFile(_ path: String) -> Result<[UInt8], FileError> {
  // A pipe is opened before anybody writes to it, so that Ctrl-C ends the wait.
  let descriptor =
    path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
  guard descriptor >= 0 else { return .failure(FileError(words: systemError())) }
  defer { if path != "-" { close(descriptor) } }
  var status = stat()
  if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
    return .failure(FileError(words: "it is a directory"))
  }
  var text: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    guard Interruption.waitsForInput(descriptor) else {
      return .failure(FileError(words: "interrupted"))
    }
    let count = read(descriptor, &chunk, chunk.count)
    if count == 0 { return .success(text) }
    if count < 0 {
      if errno == EINTR || errno == EAGAIN { continue }
      return .failure(FileError(words: systemError()))
    }
    text += chunk[0..<count]
    if text.count > sourceBytesMax {
      return .failure(FileError(words: "it is larger than \(sourceBytesMax >> 20) MiB"))
    }
  }
}

/// No spec is larger than this; a device or a wrong file is.
private let sourceBytesMax = 16 << 20

/// Writes a whole file anew.
func writeFile(_ path: String, _ text: String) -> Result<Void, FileError> {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
  guard descriptor >= 0 else { return .failure(FileError(words: systemError())) }
  let written = writeAll(descriptor, text)
  // A full disk may show only here.
  if close(descriptor) != 0, written { return .failure(FileError(words: systemError())) }
  return written ? .success(()) : .failure(FileError(words: systemError()))
}

/// Writes all of a text to a descriptor; false with `errno` set where that fails.
@discardableResult
func writeAll(_ descriptor: Int32, _ text: String) -> Bool {
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count < 0 {
      if errno == EINTR { continue }
      return false
    }
    rest = rest.dropFirst(count)
  }
  return true
}

/// The one path of a file however it is named; the path itself where there is no such file.
func canonicalPath(_ path: String) -> String {
  guard path != "-", let resolved = realpath(path, nil) else { return path }
  defer { free(resolved) }
  return String(cString: resolved)
}

/// Prints a result to standard output; a reader that has gone is no mistake.
public func printResult(_ text: String) -> ExitCode {
  if writeAll(STDOUT_FILENO, text) || errno == EPIPE { return .asExpected }
  writeAll(STDERR_FILENO, "wfcheck: cannot write to standard output: \(systemError())\n")
  return .badInput
}

/// Why the last call failed, in plain words.
func systemError() -> String {
  let words = String(cString: strerror(errno))
  return words.prefix(1).lowercased() + words.dropFirst()
}
