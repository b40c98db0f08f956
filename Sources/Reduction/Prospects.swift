/// Which keys of stubborn sets are worth a closure, by what became of closures before.
///
/// Of many an action a closure always leaves something out, or never: one that no other agent cares
/// about, one that all others ask for. Of those that hardly ever do, closures are worked out in a
/// sample of the states only, to see whether that is still so. What is lost is reduction: where
/// nothing else is enabled, all is kept.
///
/// Preserves: the same result for any number of workers, as it depends on counts of whole levels.
public struct Prospects: Sendable {
  /// By variant.
  private(set) var isPoor: [Bool]
  private var counts: [ClosureCount]

  /// Closures that make a decision, of an action with good prospects and with poor ones.
  private let triedMin: Int
  private let triedMinPoor: Int
  /// Poor is one of which fewer than one closure in so many leaves something out.
  private static let wanted = 32

  public init(_ tables: StubbornTables, triedMin: Int) {
    self.triedMin = triedMin
    triedMinPoor = max(1, triedMin / 8)
    isPoor = tables.isFault
    counts = Array(repeating: ClosureCount(), count: isPoor.count)
  }

  /// Takes over the counts of a worker.
  public mutating func take(_ sets: StubbornSets) {
    for variant in counts.indices {
      let count = sets.takeCount(of: variant)
      counts[variant].tried &+= count.tried
      counts[variant].closed &+= count.closed
    }
  }

  /// Decides by the counts since it was last decided; whether anything changed.
  public mutating func decide() -> Bool {
    var isChanged = false
    for (variant, count) in counts.enumerated() {
      if count.tried < (isPoor[variant] ? triedMinPoor : triedMin) { continue }
      counts[variant] = ClosureCount()
      let isPoorNow = count.closed * Prospects.wanted < count.tried
      if isPoorNow == isPoor[variant] { continue }
      isPoor[variant] = isPoorNow
      isChanged = true
    }
    return isChanged
  }
}

/// Closures of a variant that were begun, and those that left something out.
struct ClosureCount: BitwiseCopyable, Sendable {
  var tried = 0
  var closed = 0
}
