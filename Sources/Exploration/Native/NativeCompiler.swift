import Glibc
import TransitionSystem

/// Where the native tier finds things; read from the environment once.
struct NativeSettings: Sendable {
  /// `PATH`.
  var searchPath: String
  /// Nil: no cache.
  var cacheFolder: String?
  var temporaryFolder: String
  /// Passed on to the compiler.
  var environment: [String]
  /// For the compiler, in nanoseconds.
  var timeout: UInt64 = 120_000_000_000
  var cacheBytesMax = 64 << 20
  /// Further arguments of the compiler. Warnings are not for users.
  var flags = ["-w"]

  static func fromEnvironment() -> NativeSettings {
    func variable(_ name: String) -> String? {
      guard let value = getenv(name), value.pointee != 0 else { return nil }
      return String(cString: value)
    }
    // A relative folder is to be ignored (XDG Base Directory Specification).
    let caches =
      variable("XDG_CACHE_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? variable("HOME").flatMap { $0.hasPrefix("/") ? "\($0)/.cache" : nil }
    let kept = ["PATH", "HOME", "LD_LIBRARY_PATH", "COMPILER_PATH", "GCC_EXEC_PREFIX"]
    return NativeSettings(
      searchPath: variable("PATH") ?? "/usr/local/bin:/usr/bin:/bin",
      cacheFolder: caches.map { "\($0)/wfcheck" },
      temporaryFolder: variable("TMPDIR") ?? "/tmp",
      environment: kept.compactMap { name in variable(name).map { "\(name)=\($0)" } })
  }
}

/// Makes native modules: from the cache, or with a C compiler that is found on this machine.
///
/// Anything that goes wrong is a reason for people and never an error of the run: no compiler, one
/// that fails or takes too long, a disk that cannot be written. What cannot be cached is still
/// used.
enum NativeCompiler {
  /// No headers and no libraries: a compiler and a linker are enough.
  private static let flags = [
    "-std=gnu11", "-O2", "-fPIC", "-shared", "-nostdlib", "-fwrapv", "-fvisibility=hidden",
    "-fno-stack-protector", "-fno-asynchronous-unwind-tables", "-g0",
  ]
  /// A larger text takes compilers minutes.
  private static let sourceBytesMax = 8 << 20

  static func module(
    for system: TransitionSystem, _ settings: NativeSettings, isCancelled: () -> Bool
  ) throws(NativeUnavailable) -> (module: NativeModule, fromCache: Bool) {
    let compiler = try Toolchain.find(settings.searchPath)
    let flags = flags + settings.flags
    let toolchain = "\(compiler.identity)\n\(flags.joined(separator: " "))"
    let source = NativeSource(system, toolchain: toolchain)
    guard source.text.utf8.count <= sourceBytesMax else {
      throw NativeUnavailable(reason: "the system is too large for the C compiler")
    }
    let cache = settings.cacheFolder.flatMap {
      ModuleCache($0, bytesMax: settings.cacheBytesMax)
    }
    if let path = cache?.find(source.key),
      let module = try? NativeModule(path: path, key: source.key)
    {
      return (module, true)
    }
    if isCancelled() { throw NativeUnavailable(reason: "the run ended before the compiler began") }
    let folder = try TemporaryFolder(in: settings.temporaryFolder)
    let object = try compile(source, compiler, flags, folder, settings, isCancelled)
    let cached = cache?.store(object, source.key)
    do {
      return (try NativeModule(path: folder.path("module.so"), key: source.key), false)
    } catch {
      // A temporary folder from which nothing may be executed.
      guard let cached else { throw error }
      return (try NativeModule(path: cached, key: source.key), false)
    }
  }

  /// The bytes of the module, which is then in the folder too.
  private static func compile(
    _ source: NativeSource, _ compiler: Toolchain, _ flags: [String],
    _ folder: borrowing TemporaryFolder,
    _ settings: NativeSettings, _ isCancelled: () -> Bool
  ) throws(NativeUnavailable) -> [UInt8] {
    let (input, output) = (folder.path("module.c"), folder.path("module.so"))
    let errors = folder.path("errors")
    guard NativeFile.write(Array(source.text.utf8), to: input) else {
      throw NativeUnavailable(reason: "the temporary folder cannot be written")
    }
    let ending = CompilerProcess.run(
      compiler.path, flags + ["-o", output, input],
      environment: settings.environment + ["TMPDIR=\(folder.path)", "LC_ALL=C"], errors: errors,
      timeout: settings.timeout, isCancelled: isCancelled)
    switch ending {
    case .exited(0):
      guard let object = NativeFile.read(output, limit: 64 << 20) else {
        throw NativeUnavailable(reason: "\(compiler.path) gave no module")
      }
      return object
    case .exited(let code):
      throw NativeUnavailable(
        reason: "\(compiler.path) failed with exit code \(code)\(firstError(errors))")
    case .signalled(let signal):
      throw NativeUnavailable(reason: "\(compiler.path) was ended by signal \(signal)")
    case .timedOut: throw NativeUnavailable(reason: "\(compiler.path) took too long")
    case .cancelled: throw NativeUnavailable(reason: "the run ended before the compiler did")
    case .notStarted(let code):
      throw NativeUnavailable(
        reason: "\(compiler.path) could not be started: \(String(cString: strerror(code)))")
    }
  }

  /// The line that says most, of what the compiler said.
  private static func firstError(_ file: String) -> String {
    let lines = (NativeFile.read(file, limit: 1 << 20) ?? []).split(separator: 10)
      .map { String(decoding: $0.prefix(200), as: UTF8.self) }
    guard let line = lines.first(where: { Toolchain.isError($0) }) ?? lines.first else {
      return ""
    }
    return ": \(line)"
  }
}

/// The C compiler of this machine.
struct Toolchain: Sendable {
  let path: String
  /// Changes when another compiler is installed there: the file behind all links, with size and
  /// time of its last change.
  let identity: String

  /// Whether a line of its output names an error: both compilers write `file:line:column: error:
  /// …`.
  static func isError(_ line: String) -> Bool {
    line.split(separator: ":").contains { $0 == " error" }
  }

  /// The first of `cc`, `clang`, `gcc` in the folders of `searchPath`.
  static func find(_ searchPath: String) throws(NativeUnavailable) -> Toolchain {
    let folders = searchPath.split(separator: ":").filter { $0.hasPrefix("/") }
    for name in ["cc", "clang", "gcc"] {
      for folder in folders {
        let path = "\(folder)/\(name)"
        var status = stat()
        guard access(path, X_OK) == 0, stat(path, &status) == 0,
          status.st_mode & S_IFMT == S_IFREG, let real = realpath(path, nil)
        else { continue }
        defer { free(real) }
        let time = "\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
        return Toolchain(
          path: path,
          identity: "\(String(cString: real)) \(status.st_size) \(time) \(status.st_ino)")
      }
    }
    throw NativeUnavailable(reason: "no C compiler (cc, clang, gcc) is in PATH")
  }
}
