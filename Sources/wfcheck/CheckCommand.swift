import ArgumentParser
import Driver
import Exploration
import Reduction
import Report

/// `wfcheck SPEC… [flags]`, the default.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check specs (the default).",
    usage: "wfcheck SPEC... [flags]")

  @Argument(help: "Spec files; - reads standard input.", completion: .file(extensions: ["wf"]))
  var specs: [String]

  @Option(parsing: .unconditional, help: "Explore paths of at most N transitions.")
  var depth: Int?
  @Option(help: "Run only this check.") var check: String?
  @Option(help: "Look only at this property (may be repeated).") var property: [String] = []
  @Option(help: "Override a param: N=5 (may be repeated).") var set: [String] = []
  @Option(help: "bfs (shortest counterexamples), dfs or random.")
  var search: SearchName = .bfs
  @Option(parsing: .unconditional, help: "Make N random walks instead of a search.")
  var simulate: Int?
  @Option(help: "Seed of random walks.") var seed: UInt64 = 1
  @Option(parsing: .unconditional, help: "Threads; the result is the same (default: all).")
  var workers: Int?
  @Option(help: "auto (compiled C once it pays), vm or native.")
  var engine: EngineChoice = .auto
  @Option(help: "auto, none or dead,slice,por,symmetry.")
  var reduce: ReductionList = ReductionList()
  @Option(help: "How por finds stubborn sets.")
  var stubborn: StubbornChoice = .auto
  @Flag(help: "Verify each stubborn set (slow).") var checkReduction = false
  @Option(help: "How states are kept.")
  var store: StoreChoice = .exact
  @Option(help: "Size of the table of --store bitstate: 256M.") var bits: SizeFlag?
  @Option(parsing: .unconditional, help: ArgumentHelp("Stop after N states.", valueName: "n"))
  var maxStates: Int?
  @Option(help: "Stop each check after a time: 60s, 5m, 500ms.") var timeout: DurationFlag?
  @Option(help: "Memory for states: 8G, 500M (default: 80 %).")
  var memory: SizeFlag?
  @Option(
    parsing: .unconditional, help: ArgumentHelp("Most messages in one channel.", valueName: "n"))
  var channelLimit: Int = channelLimitDefault
  @Flag(help: "End at the first violation.") var stopAtFirst = false
  @Flag(help: "A bounded result is not good enough (exit 3).") var requireExhaustive = false
  @Flag(help: "Name the fairness that properties need to hold.") var explainFairness = false
  @Option(help: "Reports, comma-separated: \(FormatList.known).")
  var format: FormatList = FormatList(formats: [.text])
  @Flag(help: "The same as --format json.") var json = false
  @Option(
    name: .shortAndLong, help: "File for a format other than text, in their order.")
  var output: [String] = []
  @Option(help: "How traces are shown: diff, full or chart.") var trace: TraceStyle = .diff
  @Flag(name: .shortAndLong, help: "Only what is not as expected.") var quiet =
    false
  @Flag(name: .shortAndLong, help: "Everything there is to say.") var verbose = false
  @Flag(inversion: .prefixedNo, help: "Statistics after each check.") var stats = true
  @Option(help: "Colours; auto: on terminals without NO_COLOR.")
  var color: ColorMode = .auto

  func validate() throws { try flags.validate() }

  func run() throws {
    let code = try flags.run()
    if code != .asExpected { throw ArgumentParser.ExitCode(code.rawValue) }
  }

  var flags: CheckFlags {
    CheckFlags(
      specs: specs, depth: depth, check: check, property: property, set: set, search: search,
      simulate: simulate, seed: seed, workers: workers, engine: engine, reduce: reduce,
      stubborn: stubborn, checkReduction: checkReduction, store: store, bits: bits,
      maxStates: maxStates, timeout: timeout, memory: memory, channelLimit: channelLimit,
      stopAtFirst: stopAtFirst, requireExhaustive: requireExhaustive,
      explainFairness: explainFairness, format: format, json: json, output: output,
      trace: trace, quiet: quiet, verbose: verbose, stats: stats, color: color)
  }
}
