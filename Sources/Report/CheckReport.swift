import Diagnostics
import TransitionSystem

/// The result for one property or built-in check of one `check`.
public struct ReportedFinding: Sendable {
  /// The property's name, or `deadlock`, `orphan`, `assertion`, `evaluation`, `unbounded`.
  public let name: String
  public let isBuiltIn: Bool
  public let verdict: Verdict
  public let expectation: Expectation?
  public let conformity: Conformity
  public let documentation: String?
  /// The property, or the place of the failing step.
  public let span: Span?
  /// "the value 4 is outside 0..3", for failures.
  public let detail: String?
  /// The counterexample or witness.
  public let trace: Trace?
  /// What is wrong with the last state, where that is not that the property is false there.
  public let ending: String?
  /// What fairness has to do with the verdict, in sentences.
  public let fairness: [String]
  /// A breadth-first search gives a shortest trace; this one went other ways than the shortest.
  public let mayBeShorter: Bool
  /// Claims committed at the end of the trace and requirements that cannot all hold.
  public let conflict: [ConflictPart]

  public init(
    name: String, isBuiltIn: Bool, verdict: Verdict, expectation: Expectation?,
    conformity: Conformity, documentation: String?, span: Span?, detail: String?, trace: Trace?,
    ending: String? = nil, mayBeShorter: Bool = false, fairness: [String] = [],
    conflict: [ConflictPart] = []
  ) {
    self.name = name
    self.isBuiltIn = isBuiltIn
    self.verdict = verdict
    self.expectation = expectation
    self.conformity = conformity
    self.documentation = documentation
    self.span = span
    self.detail = detail
    self.trace = trace
    self.ending = ending
    self.fairness = fairness
    self.mayBeShorter = mayBeShorter
    self.conflict = conflict
  }
}

/// A claim or a requirement that clashes with others.
public struct ConflictPart: Sendable {
  /// "commits storage == sqlite", "requires users > 1000 implies storage != files".
  public let text: String
  /// The agent or family; nil for a requirement of the prompt.
  public let agent: String?
  public let span: Span
  public init(text: String, agent: String?, span: Span) {
    self.text = text
    self.agent = agent
    self.span = span
  }
}

/// How often properties asked about the committed claims, and what that took.
public struct SolverStatistics: Sendable {
  public let questions: Int
  /// Those that no worker's table of answers had.
  public let workedOut: Int
  public let queries: Int
  public init(questions: Int, workedOut: Int, queries: Int) {
    self.questions = questions
    self.workedOut = workedOut
    self.queries = queries
  }
}

/// The comparison of `expect N states, M transitions`.
public struct CountComparison: Sendable {
  public let name: String
  public let expected: Int
  public let found: Int
  /// Why they were not compared; nil where they were.
  public let notCompared: String?
  public init(name: String, expected: Int, found: Int, notCompared: String?) {
    self.name = name
    self.expected = expected
    self.found = found
    self.notCompared = notCompared
  }

  public var conformity: Conformity {
    if notCompared != nil { return .informative }
    return expected == found ? .asExpected : .notAsExpected
  }
}

/// The measurements of a search, as a reader wants them.
public struct ReportedStatistics: Sendable {
  public var states = 0
  public var transitions = 0
  /// Nil where it depends on the order of states.
  public var depth: Int?
  public var isExhaustive = false
  /// "exhausted", "depth bound 40", "memory budget", …
  public var end = ""
  public var outDegreeMean = 0.0
  public var outDegreeMax = 0
  public var wallSeconds = 0.0
  public var processorSeconds = 0.0
  /// States of the graph on which properties of executions were checked first; nil without.
  public var executionStates: Int?
  /// Elapsed seconds behind the search, for properties of linear time, by phase; empty without.
  public var executionSeconds: [(phase: String, seconds: Double)] = []
  /// Bytes of the visited set and frontier at their largest.
  public var memoryPeak = 0
  /// Of the visited set, without `fixedBytes`.
  public var bytesPerState = 0.0
  /// What the visited set takes however few states there are; 0 once it has grown beyond that.
  public var fixedBytes = 0
  public var bitsPerState = 0
  public var store = ""
  /// Of a store of fingerprints: at most this is the probability that a state was left out.
  public var omissionProbability: Double?
  /// Of a store of bits: how many states are expected to have been left out.
  public var omittedStates: Double?
  public var search = ""
  public var reductions = "none"
  public var workers = 1
  /// Why they are fewer than were asked for.
  public var workersObstacle: String?
  public var seed: UInt64?
  public var walks = 0
  /// What executed the steps, in words; empty where there is nothing to say.
  public var engine = ""
  /// Nil where no property asked about claims.
  public var solver: SolverStatistics?
  public init() {}
}

/// All that a run found out about one `check` of one spec.
public struct CheckReport: Sendable {
  public let workflow: String
  public let file: String
  /// Nil for the check that a file without any stands for.
  public let check: String?
  public let parameters: [(name: String, value: String)]
  public let system: TransitionSystem
  public let findings: [ReportedFinding]
  public let counts: [CountComparison]
  /// Coverage: rules that never fired, answers never taken, vacuous invariants.
  public let remarks: [Diagnostic]
  public let statistics: ReportedStatistics

  public init(
    workflow: String, file: String, check: String?, parameters: [(name: String, value: String)],
    system: TransitionSystem, findings: [ReportedFinding], counts: [CountComparison],
    remarks: [Diagnostic], statistics: ReportedStatistics
  ) {
    self.workflow = workflow
    self.file = file
    self.check = check
    self.parameters = parameters
    self.system = system
    self.findings = findings
    self.counts = counts
    self.remarks = remarks
    self.statistics = statistics
  }

  /// The worst of its findings and counts.
  public var conformity: Conformity {
    let all = findings.map(\.conformity) + counts.map(\.conformity)
    if all.contains(.notAsExpected) { return .notAsExpected }
    return all.contains(.undecided) ? .undecided : .asExpected
  }
}

/// A whole run: every check of every spec, and what it takes to print them.
public struct RunReport: Sendable {
  public let version: String
  public let sources: SourceSet
  public let checks: [CheckReport]
  /// Errors and warnings about the specs.
  public let diagnostics: [Diagnostic]
  public init(
    version: String, sources: SourceSet, checks: [CheckReport], diagnostics: [Diagnostic]
  ) {
    self.version = version
    self.sources = sources
    self.checks = checks
    self.diagnostics = diagnostics
  }
}
