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
      return end.code
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
    let (system, graph) = try explored(check, request)
    guard let property = system.temporalProperties.first(where: { $0.name == name }) else {
      throw End("internal fault: no property \(name)", .internalFault)
    }
    var report = ValenceReport()
    report.workflow = check.spec.name
    report.check = check.spec.check.name
    report.file = check.file
    report.decision = decision
    report.bound = try bound(graph.end, request)
    if case .depthMax = graph.end { report.isWished = true }
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
    _ end: ReachabilityGraph.End, _ request: ValenceRequest
  ) throws(End) -> String? {
    switch end {
    case .complete: return nil
    case .depthMax: return "up to depth \(request.depthMax ?? 0)"
    case .statesMax: return "the budget of \(request.statesMax) states ran out"
    case .memory: return "the memory budget ran out"
    case .time: return "the time ran out"
    case .cancelled: throw End("interrupted", .interrupted)
    case .fault(let words): throw End("internal fault: \(words)", .internalFault)
    case .growth: throw End("unbounded channels", .unknown)
    }
  }

  /// The graph, with the channels grown as far as they must.
  private static func explored(
    _ check: PreparedCheck, _ request: ValenceRequest
  ) throws(End) -> (TransitionSystem, ReachabilityGraph) {
    var limits = GraphLimits()
    limits.statesMax = request.statesMax
    limits.depthMax = request.depthMax ?? .max
    limits.memoryMax = MachineLimits.memoryBudget
    let found = check.growing { system in
      let graph = reachabilityGraph(system, limits: limits, cancellation: Interruption.flag)
      var full: ChannelID?
      if case .growth(let channels) = graph.end { full = channels.first }
      return (result: (system, graph), full: full)
    }
    guard let (system, graph) = found else { throw End([], .badInput) }
    if case .growth(let channels) = graph.end {
      let names = channels.map { "`\(system.channels[$0.index].name)`" }.joined(separator: ", ")
      throw End("unbounded: more than \(channelLimitDefault) messages in \(names)", .unknown)
    }
    return (system, graph)
  }
}
