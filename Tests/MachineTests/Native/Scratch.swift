import Glibc

@testable import Exploration

/// A folder for one test, gone with this value.
final class Scratch {
  let path: String

  init() throws {
    var template = Array("/tmp/wfcheck-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw NativeUnavailable(reason: "no folder for the test")
    }
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    if unlink(path) == 0 { return }
    for name in NativeFile.names(in: path) { remove("\(path)/\(name)") }
    rmdir(path)
  }

  func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

  /// A folder with a shell script named `cc`; the value for a `PATH` that has nothing else first.
  func compiler(_ script: String) -> String {
    let folder = self("bin")
    mkdir(folder, 0o700)
    _ = NativeFile.write(Array("#!/bin/sh\n\(script)\n".utf8), to: "\(folder)/cc")
    chmod("\(folder)/cc", 0o700)
    return folder
  }
}
