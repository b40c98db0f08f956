import Glibc

/// Compiled modules of earlier runs, in a folder of the user's: file names are keys.
///
/// Trust: code from here is executed, so the folder and each file must belong to the user, and
/// nobody else may write to them. A file ends with a digest of what stands before it; one that is
/// cut off or damaged is removed and made again.
/// Threads and processes: a module is written under a name of its own and then renamed, so that
/// others see it whole or not at all; what is open stays readable when it is removed.
struct ModuleCache: Sendable {
  private let folder: String
  private let bytesMax: Int

  private static let suffix = ".so"
  private static let temporaryPrefix = "new-"
  private static let moduleBytesMax = 64 << 20
  /// A digest and a word that says what it is.
  private static let trailerMark = Array("wfcheck\n".utf8)
  private static let trailerBytes = 32 + 8
  /// What a run that was killed left behind.
  private static let staleSeconds = 3600

  /// Nil where the folder is not one to trust and cannot be made.
  init?(_ folder: String, bytesMax: Int) {
    self.folder = folder
    self.bytesMax = bytesMax
    Self.makeFolders(folder)
    var status = stat()
    guard lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
      Self.isOurs(status)
    else { return nil }
  }

  /// Whether it belongs to this user, and nobody else may write to it.
  private static func isOurs(_ status: stat) -> Bool {
    status.st_uid == geteuid() && status.st_mode & (S_IWGRP | S_IWOTH) == 0
  }

  private static func makeFolders(_ folder: String) {
    if mkdir(folder, 0o700) == 0 || errno != ENOENT { return }
    guard let end = folder.lastIndex(of: "/"), end != folder.startIndex else { return }
    makeFolders(String(folder[..<end]))
    mkdir(folder, 0o700)
  }

  private func path(_ key: ModuleKey) -> String { "\(folder)/\(key.text)\(Self.suffix)" }

  /// The file of a module that is whole, now the most recently used one.
  func find(_ key: ModuleKey) -> String? {
    let path = path(key)
    // Not blocking: a pipe by that name would have to be waited for.
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    if file < 0 { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, Self.isOurs(status) else { return nil }
    guard let bytes = NativeFile.read(file, limit: Self.moduleBytesMax), isWhole(bytes) else {
      unlink(path)
      return nil
    }
    futimens(file, nil)
    return path
  }

  private func isWhole(_ bytes: [UInt8]) -> Bool {
    let size = bytes.count - Self.trailerBytes
    guard size > 0, Array(bytes[(size + 32)...]) == Self.trailerMark else { return false }
    return SHA256.digest(Array(bytes[..<size])) == Array(bytes[size..<size + 32])
  }

  /// Keeps a module; nil where that is not possible.
  func store(_ object: [UInt8], _ key: ModuleKey) -> String? {
    let size = object.count + Self.trailerBytes
    guard size <= min(Self.moduleBytesMax, bytesMax) else { return nil }
    // The clock tells apart the threads of a process and processes with a recycled number.
    let name = "\(Self.temporaryPrefix)\(getpid())-\(monotonicNanoseconds())"
    let temporary = "\(folder)/\(name)"
    let bytes = object + SHA256.digest(object) + Self.trailerMark
    guard NativeFile.write(bytes, to: temporary), rename(temporary, path(key)) == 0 else {
      unlink(temporary)
      return nil
    }
    trim(keeping: key)
    return path(key)
  }

  /// Removes the least recently used modules until the others fit.
  private func trim(keeping key: ModuleKey) {
    var modules: [(name: String, size: Int, time: timespec)] = []
    for name in NativeFile.names(in: folder) {
      var status = stat()
      guard lstat("\(folder)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG
      else { continue }
      if name.hasSuffix(Self.suffix) {
        modules.append((name, Int(status.st_size), status.st_mtim))
      } else if name.hasPrefix(Self.temporaryPrefix),
        status.st_mtim.tv_sec < time(nil) - Self.staleSeconds
      {
        unlink("\(folder)/\(name)")
      }
    }
    var total = modules.reduce(0) { $0 + $1.size }
    let kept = "\(key.text)\(Self.suffix)"
    let oldestFirst = modules.sorted {
      ($0.time.tv_sec, $0.time.tv_nsec) < ($1.time.tv_sec, $1.time.tv_nsec)
    }
    for module in oldestFirst where total > bytesMax && module.name != kept {
      unlink("\(folder)/\(module.name)")
      total -= module.size
    }
  }
}
