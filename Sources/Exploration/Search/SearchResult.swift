import Reduction
import TransitionSystem

/// Why a search ended.
public enum StopReason: Sendable, Hashable {
  /// Every reachable state was expanded.
  case exhausted
  /// Every state of depth below `depthMax` was expanded, and deeper ones exist.
  case depthBound
  /// The random walks asked for were made.
  case walksDone
  case stateLimit
  /// The memory budget, or the system refused memory.
  case memory
  /// A table of fixed size is as full as it may get.
  case storeFull
  case time
  case cancelled
  /// These channels need a larger representation; start again with one.
  case growthNeeded([ChannelID])
  /// `stopAtFirst`.
  case firstFound
  /// A fault of this program: see `SearchResult.internalFaults`.
  case internalFault
}

/// A state (or failing step) that was looked for.
public struct Finding: Sendable {
  /// Length of the path to the state; a failing step at its end is not counted.
  public let depth: Int
  /// The packed state; before a failing step, the state in which it is taken. Without a trace it is
  /// one of the search, which may lack dead data.
  public let state: [UInt64]
  /// What failed, for assertion and evaluation.
  public let failure: FailureID?
  /// Whether the trace ends with a failing step (else the failure is inside a property).
  public let isFailingStep: Bool
  /// The property whose predicate failed to evaluate.
  public let property: Int?
  /// Replayed from its initial state; nil where it was not asked for, was interrupted, or did not
  /// replay (then `SearchResult.internalFaults` says so).
  public var trace: Trace?

  public init(
    depth: Int, state: [UInt64], failure: FailureID? = nil, isFailingStep: Bool = false,
    property: Int? = nil, trace: Trace? = nil
  ) {
    self.depth = depth
    self.state = state
    self.failure = failure
    self.isFailingStep = isFailingStep
    self.property = property
    self.trace = trace
  }
}

/// What became of one search target.
public enum SearchOutcome: Sendable {
  case notSearched
  /// Nothing among the states visited; what that means depends on `SearchResult.complete`.
  case notFound
  /// A violation, or the witness of a reachability property.
  case found(Finding)

  public var finding: Finding? { if case .found(let finding) = self { finding } else { nil } }
}

/// What ever happened among the expanded states.
public struct Coverage: Sendable {
  /// By `ActionID.index`: some transition of it was generated.
  public var actions: [Bool]
  /// By `RuleID.index`.
  public var rules: [Bool]
  /// By `ChoiceID.index`: the values taken by a transition, ascending; at most 256 of each choice
  /// are watched.
  public var choices: [[Int64]]
  /// By index of the property: its antecedent was true in a stored state (true without one).
  public var antecedents: [Bool]
}

/// Measurements of one search.
public struct SearchStatistics: Sendable {
  public var wallSeconds = 0.0
  /// CPU time of the process between begin and end, all workers.
  public var processorSeconds = 0.0
  /// The part of `wallSeconds` that went into traces.
  public var traceSeconds = 0.0
  /// Most bytes held by the visited set and the search.
  public var memoryPeak = 0
  /// "exact (packed arena, 8-byte slots)".
  public var store = ""
  /// Bytes of the visited set at the end, divided by states.
  public var bytesPerState = 0.0
  /// The table of the visited set where it has not grown: with few states it says nothing about
  /// what one costs, and is not part of `bytesPerState`.
  public var fixedBytes = 0
  public var wordsPerState = 0
  public var bitsPerState = 0
  public var expandedStates = 0
  /// Whether partial-order reduction was on, and how many states were expanded in part.
  public var partialOrder = false
  public var reducedStates = 0
  /// How the stubborn sets were computed; whether each was verified, and how many not to the end.
  public var stubborn = StubbornChoice.closure
  public var checksStubbornSets = false
  public var boundedChecks = 0
  /// Why it was not, although asked for.
  public var partialOrderRefusal: String?
  /// Where the search began in full: how far that came.
  public var trial: FullTrial?
  /// Families whose members were not told apart, by name.
  public var symmetricFamilies: [String] = []
  /// Why that was not possible for those asked for.
  public var symmetryRefusal: String?
  /// Whether states or transitions were left out that the language counts.
  public var isReduced: Bool {
    !keepsTransitions || !slicedVariables.isEmpty || !clearedVariables.isEmpty
  }
  /// Whether every transition of the states that stand for all others was looked at.
  public var keepsTransitions: Bool { !partialOrder && symmetricFamilies.isEmpty }
  /// Variables that were left out of the state, as `DeadData` names them.
  public var slicedVariables: [String] = []
  /// Variables that were cleared where no step will read them, likewise.
  public var clearedVariables: [String] = []
  /// States with so many ties that another one may stand for the same orbit.
  public var inexactRepresentatives = 0
  public var initialStates = 0
  /// Most transitions of one state.
  public var outDegreeMax = 0
  /// Most states of one level (depth-first: longest stack).
  public var frontierPeak = 0
  public var workers = 1
  /// Why they are fewer than were asked for.
  public var workersObstacle: String?
  public var seed: UInt64 = 0
  /// Slots looked at by insertions beyond the first.
  public var probes = 0
  /// Slots with an equal tag and another state.
  public var tagCollisions = 0
  public var tableGrowths = 0
  public var tableSlots = 0
  /// Random walks made, and their steps.
  public var walks = 0
  public var steps = 0
  /// How often properties asked the oracle, and how often that needed more than a look into the
  /// table of a worker.
  public var questionsAsked = 0
  public var answersWorkedOut = 0
  /// What became of the compiled C.
  public var native = NativeStatus.unused

  public init() {}

  /// Transitions of an expanded state, on average.
  public var outDegreeMean = 0.0
}

/// What a search found out.
public struct SearchResult: Sendable {
  /// Distinct states stored (random walks: 0, nothing is stored).
  public var states = 0
  /// Enabled instances of the expanded states, self-loops included.
  public var transitions = 0
  /// Depth of the deepest state visited; under breadth-first, and with a bound, the length of a
  /// shortest path, else of a path that one worker took by itself.
  public var depth = 0
  /// Every reachable state was visited and looked at: only then "not found" means "does not exist".
  public var complete: Bool { stopReason == .exhausted && omission == nil }
  public var stopReason = StopReason.exhausted
  /// What a lossy store may have left out; nil where nothing can have been.
  public var omission: Omission?
  /// Parallel to `TransitionSystem.properties`.
  public var properties: [SearchOutcome] = []
  /// Parallel to `TransitionSystem.properties`: the predicate failed to evaluate somewhere, so
  /// that "not found" is not "holds".
  public var propertyFailed: [Bool] = []
  public var deadlock = SearchOutcome.notFound
  public var orphan = SearchOutcome.notFound
  public var assertion = SearchOutcome.notFound
  public var evaluation = SearchOutcome.notFound
  /// Where `growthNeeded`: the first state whose step overflows a channel (with `tracesGrowth`,
  /// how to get there).
  public var growth: Finding?
  public var coverage = Coverage(actions: [], rules: [], choices: [], antecedents: [])
  /// If it was wanted, and the search went to its end or its depth bound.
  public var graph: ReachabilityGraph?
  /// The system of which it is, where that lacks dead data (`WayLifting`).
  public var graphSystem: TransitionSystem?
  public var statistics = SearchStatistics()
  /// Faults of this program, for exit code 70: a trace that does not replay, a lost state.
  public var internalFaults: [String] = []

  public init() {}

  /// The outcome of a target.
  public subscript(target: SearchTarget) -> SearchOutcome {
    get {
      switch target {
      case .property(let index): properties[index]
      case .builtIn(.deadlock): deadlock
      case .builtIn(.orphan): orphan
      case .builtIn(.assertion): assertion
      case .builtIn(.evaluation): evaluation
      }
    }
    set {
      switch target {
      case .property(let index): properties[index] = newValue
      case .builtIn(.deadlock): deadlock = newValue
      case .builtIn(.orphan): orphan = newValue
      case .builtIn(.assertion): assertion = newValue
      case .builtIn(.evaluation): evaluation = newValue
      }
    }
  }
}
