import ArgumentParser
import Decisions
import Driver
import Report

/// `wfcheck refine PROMPT CLAIMS…`.
struct RefineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refine", abstract: "Do the agents' claims refine one program?",
    usage: "wfcheck refine FILE… [--against OLD]",
    discussion: """
      FILE is a prompt, claims, or both; a folder stands for the specs in it. Says whether the \
      prompt can be satisfied, whether all claims agree with it and with each other, what clashes \
      and what to withdraw, what is still open, and who must talk to whom. Exit: 0 when the claims \
      refine one program, 1 when they clash, 2 when a file is wrong, 3 when the solver gave up.
      """)

  @Argument(help: "The prompt and the claims.", completion: .file(extensions: ["wf"]))
  var files: [String]
  @Option(help: "Claims of before, to say what changes (may be repeated).")
  var against: [String] = []
  @Option(help: "What withdrawing a claim costs: Backend=5 (may be repeated).")
  var weight: [String] = []
  @Option(help: "List at most N conflicts.") var conflicts = 16
  @Option(help: "Time for each question (default: 5s).") var timeout: DurationFlag?
  @Option(help: "text, json or both, comma-separated.")
  var format: FormatList = FormatList(formats: [.text])

  func validate() throws {
    if conflicts < 1 { throw ValidationError("--conflicts takes a number of at least 1.") }
    if let other = format.formats.first(where: { $0 != .text && $0 != .json }) {
      throw ValidationError("refine has no format \(other.rawValue): text or json.")
    }
    _ = try weights()
  }

  func run() throws {
    var request = RefineRequest()
    request.files = files
    request.against = against
    request.formats = format.formats
    request.options.conflictsMax = conflicts
    request.options.weights = try weights()
    if let timeout {
      let milliseconds = max(1, timeout.nanoseconds / 1_000_000)
      request.options.limits.milliseconds = UInt32(clamping: milliseconds)
      request.options.conflictTime = .nanoseconds(Int64(clamping: timeout.nanoseconds))
      request.options.coordinationTime = .nanoseconds(Int64(clamping: timeout.nanoseconds))
    }
    try finish(Refine.run(request))
  }

  private func weights() throws -> [String: Int32] {
    var weights: [String: Int32] = [:]
    for item in weight {
      let parts = item.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let number = Int32(parts[1]), (1...1_000_000).contains(number) else {
        throw ValidationError("--weight takes AGENT=NUMBER, and was given `\(item)`.")
      }
      weights[String(parts[0])] = number
    }
    return weights
  }
}
