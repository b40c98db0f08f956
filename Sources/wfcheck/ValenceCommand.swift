import ArgumentParser
import Driver

/// `wfcheck valence spec.wf --decision Process.decided`.
struct ValenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "valence", abstract: "Tell which decisions are still possible in which states.",
    usage: "wfcheck valence SPEC --decision NAME [flags]")

  @Argument(help: "The spec.") var spec: String
  @Option(help: "The variable of the decision, of a type T?: Process.decided.")
  var decision: String
  @Option(help: "The check whose parameters, network and faults apply (default: the first).")
  var check: String?
  @Option(help: "Override a param: N=5 (may be repeated).") var set: [String] = []
  @Option(parsing: .unconditional, help: "Stop after N states.")
  var maxStates: Int = ValenceRequest().statesMax
  @Option(help: "text, json or both, comma-separated.")
  var format: FormatList = FormatList(formats: [.text])

  func validate() throws {
    if maxStates < 1 { throw ValidationError("--max-states takes a number of at least 1.") }
    if let other = format.formats.first(where: { $0 != .text && $0 != .json }) {
      throw ValidationError("valence has no format \(other.rawValue): text or json.")
    }
    for item in set where !item.contains("=") {
      throw ValidationError("--set takes NAME=VALUE, and was given `\(item)`.")
    }
  }

  func run() throws {
    var request = ValenceRequest()
    request.spec = spec
    request.decision = decision
    request.check = check
    request.statesMax = maxStates
    request.formats = format.formats
    request.overrides = set.map { item in
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(parts[0]), String(parts[1]))
    }
    let code = ValenceVerb.run(request)
    if code != .asExpected { throw ArgumentParser.ExitCode(code.rawValue) }
  }
}
