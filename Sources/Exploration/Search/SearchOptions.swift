import DeadData
import Reduction
import TransitionSystem

/// The order in which states are visited.
public enum SearchStrategy: Sendable, Hashable {
  /// Level by level: shortest counterexamples.
  case breadthFirst
  /// Along search stacks; counterexamples are not the shortest.
  case depthFirst
  /// That many random walks of at most `depthMax` (else 10 000) steps; never exhaustive.
  case randomWalk(count: Int)
}

/// A check that needs no formula.
public enum BuiltIn: Int, Sendable, Hashable, CaseIterable {
  case deadlock, orphan, assertion, evaluation
}

/// What a search looks for.
public enum SearchTarget: Sendable, Hashable {
  /// Index in `TransitionSystem.properties`.
  case property(Int)
  case builtIn(BuiltIn)
}

/// How to explore, what to look for, and when to give up.
public struct SearchOptions: Sendable {
  public var strategy = SearchStrategy.breadthFirst
  /// States of depth below this are expanded; nil: all.
  public var depthMax: Int?
  /// For random walks.
  public var seed: UInt64 = 1
  /// Threads; the result does not depend on it.
  public var workers = 1
  /// The search stops when more states would be stored.
  public var statesMax: Int?
  /// Bytes that visited set, frontier and traces may take.
  public var memoryMax = 8 << 30
  /// How a breadth-first search remembers states; the others have the exact store.
  public var store = StoreChoice.exact
  /// Bytes of the table of `bitstate`; nil: 256 MiB, or half of `memoryMax` if that is less.
  public var bitTableBytes: Int?
  /// In nanoseconds of CLOCK_MONOTONIC (`monotonicNanoseconds()`). Traces of what was found are
  /// still built after it.
  public var deadline: UInt64?
  /// Ends a depth-first search of one worker when all is found that it looks for.
  var stopsWhenAllFound = false
  /// From how many states on several workers share a depth-first search; less does not pay.
  var sharingStatesMin = 1 << 13
  /// A level of a breadth-first search with fewer states is left to one worker: waking the others
  /// costs more.
  public var sharedLevelMin = 512
  /// Properties to look at; nil: all.
  public var properties: Set<Int>?
  /// Built-in checks to look at; the others are `notSearched`.
  public var builtIns = Set(BuiltIn.allCases)
  /// Ends the search with the level in which one of `stopTargets` is found.
  public var stopAtFirst = false
  /// Nil: every invariant, deadlock, assertion and evaluation that is looked at.
  public var stopTargets: Set<SearchTarget>?
  /// Where channels overflow, gives the trace of the first overflow (costs a second search).
  public var tracesGrowth = false
  /// What executes the steps.
  public var engine = EngineChoice.auto
  /// Whether traces are built for what is found, or only its depth and state.
  public var tracesFindings = true

  /// Whether a breadth-first search in an exact store keeps its graph; not with partial-order or
  /// symmetry reduction.
  public var notesGraph = false

  /// Whether a breadth-first search without a depth bound leaves out transitions that no target
  /// needs (see `StubbornTables`); others ignore it.
  public var partialOrder = false
  /// With `partialOrder` and `notesGraph`: of fair executions the graph preserves whether some
  /// violate the temporal properties, and nothing else is looked for. What is left out is in it as
  /// transitions to a sink. The front end vouches for `reducedExecutionsObstacle`.
  public var preservesExecutions = false
  /// For tests: what to leave out of that.
  public var omittedExecutionConditions: Set<ExecutionCondition> = []
  /// Families, by identities, whose members a breadth-first search need not tell apart: of states
  /// that are the same but for their names one is kept. The front end vouches for them and for the
  /// properties looked at.
  public var symmetricFamilies: [Range<Int>] = []
  /// Searches without reductions as long as that takes at most so many states, and only then from
  /// the beginning with those asked for; nil: with them at once.
  public var fullStatesMax: Int?
  /// Of the search that does that.
  var trial: TrialPlan?
  /// How stubborn sets are computed.
  public var stubborn = StubbornChoice.auto
  /// Verifies each stubborn set that is used (`StubbornCheck`); what is wrong is an internal fault.
  public var checksStubbornSets = false
  /// Whether any search clears, behind each step, what no step will read before it writes it.
  public var clearsDead = false
  /// Whether any search leaves out of the state what influences nothing that it looks at.
  public var slices = false
  /// For tests: what to leave out of the analysis of dead data.
  public var omittedDeadDataConditions: Set<DeadDataCondition> = []
  /// For tests: what to leave out of the definition of a stubborn set.
  public var omittedConditions: Set<Condition> = []
  /// Whether there is nothing to search for where no data is dead.
  var needsDeadData = false
  /// Whether the exact store keeps whole states where it could do with keys; for tests.
  var keepsWholeStates = false
  /// States at which stubborn sets are looked for before the search thinks about its pace.
  var paceStatesMin = 4096
  /// Closures of an action before the search thinks about its prospects as a key.
  var prospectsTriedMin = 256
  /// For tests: a slot that permutations leave as it is.
  public var unmovedSlot: Int?
  /// For tests: the bits of a fingerprint.
  public var fingerprintBits = 64

  public init() {}
}

/// Steps of a random walk where `depthMax` is nil.
public let randomWalkStepsDefault = 10_000

/// What a table of bits takes where nothing else is asked for.
let bitTableBytesDefault = 256 << 20
