import Exploration
import Reduction
import Report

/// The formats of a report.
public enum ReportFormat: String, Sendable, CaseIterable {
  case text, json, sarif, junit, github, markdown
}

/// All that the flags of `wfcheck SPEC…` say.
public struct RunRequest: Sendable {
  /// Paths as written; `-` is standard input.
  public var specs: [String] = []
  public var check: String?
  public var properties: [String] = []
  public var overrides: [(name: String, value: String)] = []
  public var strategy = SearchStrategy.breadthFirst
  public var depthMax: Int?
  public var seed: UInt64 = 1
  public var workers = 1
  public var statesMax: Int?
  /// In nanoseconds, for each check.
  public var timeout: UInt64?
  /// In bytes; nil: 80 % of what the machine (or its cgroup) has.
  public var memoryMax: Int?
  public var stopAtFirst = false
  public var engine = EngineChoice.auto
  public var store = StoreChoice.exact
  /// Of the table of `bitstate`; nil: what the search thinks best.
  public var bitTableBytes: Int?
  public var reductions = ReductionRequest.automatic
  public var stubborn = StubbornChoice.auto
  /// Whether each stubborn set that is used is verified.
  public var checksStubbornSets = false
  public var requireExhaustive = false
  /// Whether to say which fairness the properties that hold need.
  public var explainsFairness = false
  /// Most messages in a channel without a declared capacity before it is called unbounded.
  public var channelLimit = channelLimitDefault
  public var text = TextOptions()
  public var formats: [ReportFormat] = [.text]
  /// Files for the formats other than text, in their order; text goes to standard output.
  public var outputs: [String] = []
  public init() {}
}

/// Messages in one channel beyond which it counts as unbounded.
public let channelLimitDefault = 64

/// Printed in reports and by `--version`.
public let versionText = "0.1.0"
