import Glibc

/// Whole files, as the native tier needs them.
enum NativeFile {
  /// A new file that only this user may touch; false where that is not possible.
  static func write(_ bytes: [UInt8], to path: String) -> Bool {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    if file < 0 { return false }
    let isWritten = write(bytes, to: file)
    return close(file) == 0 && isWritten
  }

  static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        // Safety: `done` is below the count.
        let count = Glibc.write(file, buffer.baseAddress! + done, buffer.count - done)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 { return false }
        done += count
      }
      return true
    }
  }

  /// The contents; nil where it cannot be read or is larger than `limit`.
  static func read(_ path: String, limit: Int) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    if file < 0 { return nil }
    defer { close(file) }
    return read(file, limit: limit)
  }

  static func read(_ file: Int32, limit: Int) -> [UInt8]? {
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      status.st_size <= limit
    else { return nil }
    let size = Int(status.st_size)
    var isWhole = true
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, used in
      while used < size {
        // Safety: there is room for `size` bytes.
        let count = Glibc.read(file, buffer.baseAddress! + used, size - used)
        if count < 0 && errno == EINTR { continue }
        if count <= 0 {
          isWhole = false
          return
        }
        used += count
      }
    }
    return isWhole ? bytes : nil
  }

  /// The names in a folder, without `.` and `..`.
  static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }
}

/// A folder of our own for one compilation, gone with this value.
struct TemporaryFolder: ~Copyable {
  let path: String

  init(in parent: String) throws(NativeUnavailable) {
    var template = Array("\(parent)/wfcheck-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw NativeUnavailable(reason: "no temporary folder can be made in \(parent)")
    }
    path = template.withUnsafeBufferPointer { buffer in
      String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  deinit {
    for name in NativeFile.names(in: path) { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  func path(_ name: String) -> String { "\(path)/\(name)" }
}
