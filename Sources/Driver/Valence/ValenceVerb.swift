import Exploration
import Glibc
import Report
import Semantics
import TransitionSystem
import Valence

/// All that the flags of `wfcheck valence` say.
public struct ValenceRequest: Sendable {
  public var spec = ""
  /// An expression as after `valence of`: `Process.decided`.
  public var decision: String?
  /// A property `valence of …` of the spec.
  public var property: String?
  public var check: String?
  public var overrides: [(name: String, value: String)] = []
  public var statesMax = 10_000_000
  public var depthMax: Int?
  /// Nil: as many as there are processors.
  public var workers: Int?
  public var engine = EngineChoice.auto
  public var formats: [ReportFormat] = [.text]
  public init() {}
}

/// `wfcheck valence SPEC`.
public enum ValenceVerb {
  public static func run(_ request: ValenceRequest) -> ExitCode {
    Interruption.install()
    switch report(request, draws: false) {
    case .failure(let end):
      for line in end.lines { writeAll(STDERR_FILENO, line + "\n") }
      return Interruption.code(or: end.code)
    case .success(let report):
      let printed = printResult(
        request.formats.map { $0 == .json ? report.json : report.text }.joined())
      return max(printed, report.bound == nil || report.isWished ? .asExpected : .unknown)
    }
  }

  /// Why there is no report.
  struct End: Error {
    let lines: [String]
    let code: ExitCode
    init(_ lines: [String], _ code: ExitCode) {
      self.lines = lines
      self.code = code
    }
    init(_ words: String, _ code: ExitCode = .badInput) { self.init(["wfcheck: \(words)"], code) }
  }

  /// `draws`: with what a drawing needs.
  static func report(
    _ request: ValenceRequest, draws: Bool
  ) -> Result<ValenceReport, End> {
    do { return .success(try analysis(request, draws)) } catch { return .failure(error) }
  }

  private static func analysis(
    _ request: ValenceRequest, _ draws: Bool
  ) throws(End) -> ValenceReport {
    // Standard error has said what is wrong with the spec.
    guard
      let check = PreparedCheck(
        request.spec, check: request.check, overrides: request.overrides,
        decision: request.decision)
    else { throw End([], .badInput) }
    if let wanted = request.check, check.spec.check.name != wanted {
      throw End("`\(check.file)` has no check `\(wanted)`")
    }
    let (name, decision) = try property(check, request)
    let (system, graph) = try explored(check, name, request)
    guard let property = system.temporalProperties.first else {
      throw End("internal fault: no property \(name)", .internalFault)
    }
    var report = ValenceReport()
    report.workflow = check.spec.name
    report.check = check.spec.check.name
    report.file = check.file
    report.decision = decision
    report.bound = try bound(graph.stopReason, request)
    report.isWished = graph.stopReason == .depthBound
    var analysis = try ValenceAnalysis(system, graph, property)
    analysis.fill(&report)
    if draws { analysis.draw(&report) }
    return report
  }

  /// The property to look at, and the decision that it is about.
  private static func property(
    _ check: PreparedCheck, _ request: ValenceRequest
  ) throws(End) -> (name: String, decision: String) {
    let found = check.spec.properties.compactMap { property -> (name: String, decision: String)? in
      guard case .valence(let decision) = property.kind else { return nil }
      return (property.name, decision.text)
    }
    let wanted = request.decision == nil ? request.property : PreparedCheck.decisionName
    if let wanted {
      if let property = found.first(where: { $0.name == wanted }) { return property }
      throw End("`\(check.file)` has no property `\(wanted): valence of …`")
    }
    if found.count == 1 { return found[0] }
    throw End(
      found.isEmpty
        ? "`\(check.file)` has no property `valence of …`; name a decision: --decision Node.decided"
        : "`\(check.file)` has several decisions: choose one with --property "
          + found.map(\.name).joined(separator: "|"))
  }

  /// Up to where the graph goes, in words; nil where it is complete.
  private static func bound(
    _ reason: StopReason?, _ request: ValenceRequest
  ) throws(End) -> String? {
    switch reason {
    case nil: return nil
    case .depthBound: return "up to depth \(request.depthMax ?? 0)"
    case .stateLimit: return "the budget of \(counted(request.statesMax, "state")) ran out"
    case .cancelled: throw End("interrupted", .interrupted)
    default: return "the memory budget ran out"
    }
  }

  /// The graph, with the channels grown as far as they must.
  private static func explored(
    _ check: PreparedCheck, _ property: String, _ request: ValenceRequest
  ) throws(End) -> (TransitionSystem, ReachabilityGraph) {
    let options = options(request)
    let found = check.growing { system in
      var wanted = system
      wanted.temporalProperties = system.temporalProperties.filter { $0.name == property }
      let result = explore(
        wanted, options: options, progress: SearchProgress(), cancellation: Interruption.flag)
      var full: ChannelID?
      if case .growthNeeded(let channels) = result.stopReason { full = channels.first }
      return (result: (wanted, result), full: full)
    }
    guard let (system, result) = found else { throw End([], .badInput) }
    if let fault = result.internalFaults.first {
      throw End("internal fault: \(fault)", .internalFault)
    }
    if case .growthNeeded(let channels) = result.stopReason {
      let names = channels.map { "`\(system.channels[$0.index].name)`" }.joined(separator: ", ")
      throw End("unbounded: more than \(channelLimitDefault) messages in \(names)", .unknown)
    }
    if result.stopReason == .cancelled { throw End("interrupted", .interrupted) }
    guard let graph = result.graph else { throw End("the memory budget ran out", .unknown) }
    return (system, graph)
  }

  private static func options(_ request: ValenceRequest) -> SearchOptions {
    var options = SearchOptions()
    options.statesMax = request.statesMax
    options.depthMax = request.depthMax
    options.memoryMax = MachineLimits.memoryBudget
    options.workers = request.workers ?? MachineLimits.processors
    options.engine = request.engine
    options.properties = []
    options.builtIns = []
    options.notesGraph = true
    return options
  }
}
