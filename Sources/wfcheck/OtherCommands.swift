import ArgumentParser
import Driver
import Glibc

/// `wfcheck explain WF0203`.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain a diagnostic code, such as WF0203.")

  @Argument(help: "The code; without one, the list of all codes.") var code: String?

  func run() throws { try finish(Explain.run(code)) }
}

/// `wfcheck fmt spec.wf`.
struct FormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt", abstract: "Format specs in place.")

  @Argument(help: "Spec files; - formats standard input to standard output.") var specs: [String]
  @Flag(help: "Change nothing; exit 1 if a file is not formatted.") var check = false

  func run() throws { try finish(Format.run(specs, checkOnly: check)) }
}

/// `wfcheck dump --stage system spec.wf`.
struct DumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump", abstract: "Print a stage of a spec's compilation.")

  @Argument(help: "The spec.") var spec: String
  @Option(help: "typed or system.") var stage: DumpStage = .system
  @Option(help: "The check whose parameters, network and faults apply.") var check: String?
  @Option(help: "Override a param: N=5 (may be repeated).") var set: [String] = []

  func run() throws {
    try finish(Dump.run(spec, stage: stage, check: check, overrides: try overrides(set)))
  }
}

extension DumpStage: ExpressibleByArgument {}

/// `wfcheck graph spec.wf | dot -Tsvg`.
struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph", abstract: "Print the state graph of a small spec for Graphviz.",
    usage: "wfcheck graph SPEC [flags]",
    discussion: "As in: wfcheck graph spec.wf | dot -Tsvg -o spec.svg")

  @Argument(help: "The spec; - reads standard input.", completion: .file(extensions: ["wf"]))
  var spec: String
  @Option(help: "The check whose parameters, network and faults apply.") var check: String?
  @Option(help: "Override a param: N=5 (may be repeated).") var set: [String] = []
  @Option(parsing: .unconditional, help: "Show the first N states.") var maxStates = 200
  @Option(parsing: .unconditional, help: "Show paths of at most N transitions.")
  var depth: Int?

  func validate() throws {
    if maxStates < 1 { throw ValidationError("--max-states takes a number of at least 1.") }
    if let depth, depth < 0 { throw ValidationError("--depth takes a number of at least 0.") }
  }

  func run() throws {
    let graph = Graph(
      spec, check: check, overrides: try overrides(set), statesMax: maxStates, depthMax: depth)
    try finish(graph.run())
  }
}

/// `wfcheck replay report.json`.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Take the steps of a report's traces again.",
    usage: "wfcheck replay REPORT [--spec SPEC]",
    discussion: """
      REPORT is what --json or --format json wrote; - reads standard input. Every trace is taken \
      step by step in the spec as it is now. Exit: 0 when all can still happen and end as they \
      did, 1 when one cannot, 2 when the report or the spec is wrong.
      """)

  @Argument(help: "The report.", completion: .file(extensions: ["json"])) var report: String
  @Option(help: "The spec, instead of those that the report names.") var spec: String?

  func run() throws { try finish(Replay(report, spec: spec).run()) }
}

func finish(_ code: Driver.ExitCode) throws {
  if code != .asExpected { throw ArgumentParser.ExitCode(code.rawValue) }
}
