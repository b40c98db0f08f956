import ArgumentParser
import Driver
import Exploration
import Glibc
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

  func validate() throws {
    for (name, value) in [
      ("--depth", depth), ("--max-states", maxStates), ("--simulate", simulate),
      ("--workers", workers), ("--channel-limit", channelLimit),
    ] {
      if let value, value < (name == "--depth" ? 0 : 1) {
        throw ValidationError("\(name) takes a number of at least \(name == "--depth" ? 0 : 1).")
      }
    }
    if let workers, workers > 1024 { throw ValidationError("--workers takes at most 1024.") }
    if let word = specs.first, let meant = verb(meantBy: word, among: Wfcheck.verbs) {
      throw ValidationError(
        "There is no file and no command `\(word)`. Did you mean `wfcheck \(meant)`?")
    }
    if specs.isEmpty { throw ValidationError("Name a spec to check, as in wfcheck spec.wf.") }
    _ = try overrides(set)
    if store == .bitstate, let workers, workers > 1 {
      throw ValidationError("--store bitstate has one worker: its result depends on the order.")
    }
    if let complaint = try request().storeComplaint { throw ValidationError(complaint) }
  }

  func run() throws {
    var run = Run(try request())
    let code = run.run()
    if code != .asExpected { throw ArgumentParser.ExitCode(code.rawValue) }
  }

  private func request() throws -> RunRequest {
    var request = RunRequest()
    request.specs = specs
    request.check = check
    request.properties = property
    request.overrides = try overrides(set)
    request.strategy = strategy
    request.depthMax = depth
    request.seed = seed
    request.workers = workers ?? MachineLimits.processors
    request.statesMax = maxStates
    request.timeout = timeout?.nanoseconds
    request.memoryMax = memory?.bytes
    request.stopAtFirst = stopAtFirst
    request.engine = engine
    request.store = store
    request.bitTableBytes = bits?.bytes
    request.reductions = reduce.request
    request.stubborn = stubborn
    request.checksStubbornSets = checkReduction
    request.requireExhaustive = requireExhaustive
    request.explainsFairness = explainFairness
    request.channelLimit = channelLimit
    request.formats = json ? [.json] : format.formats
    request.outputs = output
    request.text.color = color.isOn(STDOUT_FILENO)
    request.text.trace = trace
    request.text.quiet = quiet
    request.text.verbose = verbose
    request.text.statistics = stats && !quiet
    return request
  }

  private var strategy: SearchStrategy {
    if let simulate { return .randomWalk(count: simulate) }
    switch search {
    case .bfs: return .breadthFirst
    case .dfs: return .depthFirst
    case .random: return .randomWalk(count: randomWalksDefault)
    }
  }
}

/// Walks of `--search random` without `--simulate`.
private let randomWalksDefault = 1_000
