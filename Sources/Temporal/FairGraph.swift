import Columns

/// The reachable states of a system as linear time needs them: what is true where, and which
/// fairness constraints a transition serves.
///
/// A constraint is enabled in a state if some transition from it serves the constraint. Weak: what
/// is enabled from some time on without a break is served again and again. Strong: what is enabled
/// again and again is.
///
/// Price: what the columns take, which may be somebody else's; 1 byte for a state.
public struct FairGraph: Sendable {
  /// What fairness asks of transitions of one kind.
  public struct Label: Sendable, Hashable {
    /// The weak constraint that they serve, -1 for none.
    public var weak: Int32
    /// Each serves a strong constraint, too.
    public var isDelivery: Bool
    public init(weak: Int32 = -1, isDelivery: Bool = false) {
      self.weak = weak
      self.isDelivery = isDelivery
    }
  }

  /// By state that has all of its transitions: where they are.
  public var edgeRanges = RangeColumn(bounds: [0])
  /// By transition; there may be places that are no transitions.
  public var targets: Column<Int32> = []
  /// By transition: its kind.
  public var kinds: Column<UInt16> = []
  /// By kind.
  public var labels: [Label] = []
  /// By transition: the strong constraint that it serves, -1 for none. Empty where nobody has told
  /// them apart, or there are none.
  public var deliveries: Column<Int32> = []
  /// By transition: the draw it is an outcome of (transitions of one state that differ in `flip`
  /// values only), -1 for none. Empty where nobody has told them apart, or nothing is drawn.
  public var draws: Column<Int32> = []
  public var valuations = Valuations([])
  /// By state: an execution may stay there for ever, for nothing that must happen is enabled. What
  /// faults, environments and unfair steps could do need not happen.
  public var canRest: Column<Bool> = []
  /// By state: what some abstraction makes of it, any function of the states whatsoever. Empty
  /// where there is none. It decides nothing: see `Layers`.
  public var abstraction: Column<UInt16> = []
  /// The initial states are the first ones.
  public var initialCount = 0
  /// A step chooses after it has flipped, so that its draws cannot be told from its choices.
  public var choosesAfterFlip = false

  public init() {}

  public var stateCount: Int { valuations.count }
  /// States below this number have all their transitions.
  public var expandedCount: Int { edgeRanges.count }

  @inline(__always)
  public func edges(of state: Int) -> Range<Int> {
    state < expandedCount ? edgeRanges[state] : 0..<0
  }

  @inline(__always)
  public func weak(_ transition: Int) -> Int32 { labels[Int(kinds[transition])].weak }

  @inline(__always)
  public func strong(_ transition: Int) -> Int32 {
    deliveries.isEmpty ? -1 : deliveries[transition]
  }

  @inline(__always)
  func draw(_ transition: Int) -> Int32 { draws.isEmpty ? -1 : draws[transition] }

  /// Whether fairness asks for a transition; deliveries that nobody has told apart count.
  public func isFair(_ transition: Int) -> Bool {
    let label = labels[Int(kinds[transition])]
    return label.weak >= 0
      || label.isDelivery && (deliveries.isEmpty || deliveries[transition] >= 0)
  }

  public func mayRest(in state: Int) -> Bool {
    state < expandedCount && !edges(of: state).contains { isFair($0) }
  }

  /// Works out where executions may rest.
  public mutating func rest(stateCount: Int, _ workforce: Workforce) {
    let (graph, isFair) = (self, labels.map { $0.weak >= 0 || $0.isDelivery })
    canRest = workforce.column(count: stateCount, over: stateCount) { _, states, result in
      isFair.withUnsafeBufferPointer { isFair in
        for state in states {
          result[state] =
            state < graph.expandedCount
            && !graph.edges(of: state).contains {
              isFair[Int(graph.kinds[$0])] && (graph.deliveries.isEmpty || graph.isFair($0))
            }
        }
      }
    }
  }

  func enables(weak constraint: Int32, _ state: Int) -> Bool {
    edges(of: state).contains { weak($0) == constraint }
  }
}

/// By state, the atoms that are true in it, as bits.
public struct Valuations: Sendable {
  /// One of the two is empty.
  private let bytes: Column<UInt8>
  private let words: Column<UInt64>
  private let shift: UInt64
  private let mask: UInt64
  public let count: Int

  /// `atoms` bits from `first` on of each byte.
  public init(_ bytes: Column<UInt8>, first: Int, atoms: Int) {
    self.bytes = bytes
    words = []
    shift = UInt64(first)
    mask = atoms >= 64 ? .max : 1 << UInt64(atoms) - 1
    count = bytes.count
  }

  public init(_ words: Column<UInt64>, first: Int = 0, atoms: Int = 64) {
    bytes = []
    self.words = words
    shift = UInt64(first)
    mask = atoms >= 64 ? .max : 1 << UInt64(atoms) - 1
    count = words.count
  }

  public init(_ words: [UInt64]) { self.init(Column(words)) }

  /// By state.
  public var all: [UInt64] { (0..<count).map { self[$0] } }

  @inline(__always)
  public subscript(state: Int) -> UInt64 {
    let bits = words.count == 0 ? UInt64(truncatingIfNeeded: bytes[state]) : words[state]
    return bits &>> shift & mask
  }
}

/// A part of the definition of a fair execution, or of the search for one; tests leave one out to
/// see that somebody notices.
public enum FairnessRule: Sendable, CaseIterable {
  /// Executions may rest where nothing has to happen.
  case resting
  case weak
  /// Without it, strong constraints are owed as weak ones are.
  case strong
  /// What is left of a component without the states that starve a constraint is searched again.
  case recursion
  /// Outcomes of draws are owed.
  case draws
}
