import ArgumentParser
import Decisions
import Driver
import Glibc
import Report

/// `wfcheck lint SPEC…`.
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint", abstract: "Find conditions that can never hold, and other likely slips.",
    usage: "wfcheck lint SPEC... [flags]",
    discussion: """
      Explores nothing: Z3 says which conditions no values satisfy, which hold always, which rules \
      take the same message, and which messages none takes; docs/lints.md. Exit: 0 without a \
      warning (notes do not count), 1 with one, 2 when a spec is wrong, 3 when the solver gave up.
      """)

  @Argument(help: "Spec files; - reads standard input.", completion: .file(extensions: ["wf"]))
  var specs: [String]
  @Option(help: "Time for each question (default: 5s).") var timeout: DurationFlag?
  @Option(help: "text, json, sarif or github.")
  var format: FormatList = FormatList(formats: [.text])
  @Flag(name: .shortAndLong, help: "Only warnings.") var quiet = false
  @Option(help: "Colours; auto: on terminals without NO_COLOR.") var color: ColorMode = .auto

  func validate() throws {
    let known: [ReportFormat] = [.text, .json, .sarif, .github]
    if let other = format.formats.first(where: { !known.contains($0) }) {
      throw ValidationError("lint has no format \(other.rawValue): text, json, sarif or github.")
    }
    if format.formats.count > 1 {
      throw ValidationError("lint prints one format; call it once for each.")
    }
    if specs.isEmpty { throw ValidationError("Name a spec, as in wfcheck lint spec.wf.") }
  }

  func run() throws {
    var request = LintRequest()
    request.specs = specs
    request.formats = format.formats
    request.quiet = quiet
    request.color = color.isOn(STDOUT_FILENO)
    if let timeout {
      request.limits.milliseconds = UInt32(clamping: max(1, timeout.nanoseconds / 1_000_000))
    }
    var lint = Lint(request)
    try finish(lint.run())
  }
}
