import ArgumentParser
import Driver
import Exploration
import Glibc
import Reduction
import Report

/// What the flags of `wfcheck SPEC…` say, whoever read them.
struct CheckFlags {
  var specs: [String] = []
  var depth: Int?
  var check: String?
  var property: [String] = []
  var set: [String] = []
  var search = SearchName.bfs
  var simulate: Int?
  var seed: UInt64 = 1
  var workers: Int?
  var engine = EngineChoice.auto
  var reduce = ReductionList()
  var stubborn = StubbornChoice.auto
  var checkReduction = false
  var store = StoreChoice.exact
  var bits: SizeFlag?
  var maxStates: Int?
  var timeout: DurationFlag?
  var memory: SizeFlag?
  var channelLimit = channelLimitDefault
  var stopAtFirst = false
  var requireExhaustive = false
  var explainFairness = false
  var format = FormatList(formats: [.text])
  var json = false
  var output: [String] = []
  var trace = TraceStyle.diff
  var quiet = false
  var verbose = false
  var stats = true
  var color = ColorMode.auto

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

  func run() throws -> Driver.ExitCode {
    var run = Run(try request())
    return run.run()
  }

  func request() throws -> RunRequest {
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
