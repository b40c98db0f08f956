import ArgumentParser
import Driver
import Exploration

/// `wfcheck valence spec.wf`.
struct ValenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "valence", abstract: "Tell which decisions are still possible in which states.",
    usage: "wfcheck valence SPEC [--decision EXPR] [flags]")

  @Argument(help: "The spec.") var spec: String
  @Option(
    help: "What is decided, none until then: Process.decided (default: the spec's `valence of`).")
  var decision: String?
  @Option(help: "The property `valence of …` of the spec to look at.") var property: String?
  @Option(help: "The check whose parameters, network and faults apply (default: the first).")
  var check: String?
  @Option(help: "Override a param: N=5 (may be repeated).") var set: [String] = []
  @Option(parsing: .unconditional, help: "Stop after N states.")
  var maxStates: Int = ValenceRequest().statesMax
  @Option(parsing: .unconditional, help: "Paths of at most N transitions.") var depth: Int?
  @Option(parsing: .unconditional, help: "Threads; the result is the same (default: all).")
  var workers: Int?
  @Option(help: "auto (compiled C once it pays), vm or native.")
  var engine: EngineChoice = .auto
  @Option(help: "text, json or both, comma-separated.")
  var format: FormatList = FormatList(formats: [.text])

  func validate() throws {
    if maxStates < 1 { throw ValidationError("--max-states takes a number of at least 1.") }
    if let workers, !(1...1024).contains(workers) {
      throw ValidationError("--workers takes a number from 1 to 1024.")
    }
    if let depth, depth < 0 { throw ValidationError("--depth takes a number of at least 0.") }
    if decision != nil, property != nil {
      throw ValidationError("--decision and --property are two ways to say the same.")
    }
    if let other = format.formats.first(where: { $0 != .text && $0 != .json }) {
      throw ValidationError("valence has no format \(other.rawValue): text or json.")
    }
    _ = try overrides(set)
  }

  func run() throws {
    var request = ValenceRequest()
    request.spec = spec
    request.decision = decision
    request.property = property
    request.depthMax = depth
    request.check = check
    request.statesMax = maxStates
    request.workers = workers
    request.engine = engine
    request.formats = format.formats
    request.overrides = try overrides(set)
    let code = ValenceVerb.run(request)
    if code != .asExpected { throw ArgumentParser.ExitCode(code.rawValue) }
  }
}
