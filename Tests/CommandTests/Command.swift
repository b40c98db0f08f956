import Foundation

/// Runs the program as a user would.
struct Command {
  let status: Int32
  let output: String
  let errors: String

  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The program lies beside the test bundle.
  static let program = URL(fileURLWithPath: "/proc/self/exe")
    .resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("wfcheck")

  /// Runs a line of the shell in the project's folder.
  static func shell(_ line: String) throws -> Command {
    try run(URL(fileURLWithPath: "/bin/sh"), ["-c", line], "", nil)
  }

  /// Runs `wfcheck` with arguments in the project's folder; `input` is its standard input.
  static func wfcheck(
    _ arguments: [String], input: String = "", interruptAfter seconds: Double? = nil
  ) throws -> Command {
    try run(program, arguments, input, seconds)
  }

  private static func run(
    _ program: URL, _ arguments: [String], _ input: String, _ seconds: Double?
  ) throws -> Command {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = root
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("wfcheck-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["in", "out", "err"].map { folder.appendingPathComponent($0) }
    try input.write(to: files[0], atomically: false, encoding: .utf8)
    for file in files[1...] { try Data().write(to: file) }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    if let seconds {
      Thread.sleep(forTimeInterval: seconds)
      process.interrupt()
    }
    process.waitUntilExit()
    return Command(
      status: process.terminationReason == .exit ? process.terminationStatus : -1,
      output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
  }
}
