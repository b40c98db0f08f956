import Exploration
import Glibc
import Report
import Semantics
import TransitionSystem
import Valence

/// All that the flags of `wfcheck valence` say.
public struct ValenceRequest: Sendable {
  public var spec = ""
  /// `Process.decided`, or a shared variable; of an optional type, `none` being undecided.
  public var decision = ""
  public var check: String?
  public var overrides: [(name: String, value: String)] = []
  public var statesMax = 10_000_000
  public var formats: [ReportFormat] = [.text]
  public init() {}
}

/// `wfcheck valence SPEC --decision NAME`.
public enum ValenceVerb {
  public static func run(_ request: ValenceRequest) -> ExitCode {
    Interruption.install()
    switch report(request) {
    case .failure(let end):
      for line in end.lines { writeAll(STDERR_FILENO, line + "\n") }
      return end.code
    case .success(let report):
      let printed = printResult(
        request.formats.map { $0 == .json ? report.json : report.text }.joined())
      return max(printed, report.isExhaustive ? .asExpected : .unknown)
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

  static func report(_ request: ValenceRequest) -> Result<ValenceReport, End> {
    do { return .success(try analysis(request)) } catch { return .failure(error) }
  }

  private static func analysis(_ request: ValenceRequest) throws(End) -> ValenceReport {
    // Standard error has said what is wrong with the spec.
    guard
      let check = PreparedCheck(request.spec, check: request.check, overrides: request.overrides)
    else { throw End([], .badInput) }
    if let wanted = request.check, check.spec.check.name != wanted {
      throw End("`\(check.file)` has no check `\(wanted)`")
    }
    let (system, graph) = try explored(check, request)
    var report = ValenceReport()
    report.workflow = check.spec.name
    report.check = check.spec.check.name
    report.file = check.file
    report.decision = request.decision
    var analysis = try ValenceAnalysis(
      system, graph, decision: request.decision, file: check.file)
    analysis.fill(&report)
    return report
  }

  /// The graph, with the channels grown as far as they must.
  private static func explored(
    _ check: PreparedCheck, _ request: ValenceRequest
  ) throws(End) -> (TransitionSystem, ReachabilityGraph) {
    var limits = GraphLimits()
    limits.statesMax = request.statesMax
    let found = check.growing { system in
      let graph = reachabilityGraph(system, limits: limits, cancellation: Interruption.flag)
      var full: ChannelID?
      if case .growth(let channels) = graph.end { full = channels.first }
      return (result: (system, graph), full: full)
    }
    guard let (system, graph) = found else { throw End([], .badInput) }
    switch graph.end {
    case .complete, .statesMax, .depthMax, .memory, .time: return (system, graph)
    case .cancelled: throw End("interrupted", .interrupted)
    case .fault(let words): throw End("internal fault: \(words)", .internalFault)
    case .growth(let channels):
      let names = channels.map { "`\(system.channels[$0.index].name)`" }.joined(separator: ", ")
      throw End("unbounded: more than \(channelLimitDefault) messages in \(names)", .unknown)
    }
  }
}
