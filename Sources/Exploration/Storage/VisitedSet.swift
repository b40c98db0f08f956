import Synchronization
import TransitionSystem

/// The set of states that a breadth-first search has met, and the states of its levels.
///
/// The search is generic over it and specialised for each store, so that no insertion goes through
/// a table of functions.
///
/// A store gives each worker's new states the places 0, 1, 2, …; the search knows which places are
/// a level. A store that needs its states again keeps them all; the others may forget those of
/// levels that are done (`forgetStates`).
///
/// Threads: `insert` and `words` by all workers at once, each with its own writer; growth in three
/// phases, between barriers: `beginGrowth` (one thread), `growPart` (all), `endGrowth` (one).
protocol VisitedSet: ~Copyable, SendableMetatype {
  /// What one worker has in hand.
  associatedtype Writer: StoreWriter

  /// Nil where memory is refused.
  init?(_ plan: StorePlan)

  var budget: MemoryBudget { get }
  /// "exact (packed arena, 8-byte slots)".
  var name: String { get }
  /// States stored; behind the truth by the batches under way.
  var count: Int { get }
  /// Bytes of everything but the states of the levels.
  var tableBytes: Int { get }
  var slotCount: Int { get }
  var growths: Int { get }

  /// Asks for the memory that inserting states with these hashes will read first.
  func prefetch(_ hashes: UnsafePointer<UInt64>, count: Int)

  /// Inserts states with their hashes, at most `InsertionBatch.capacity`; `batch.fresh` lists the
  /// new ones. Returns how many, from the first on, were dealt with: all if the outcome is `done`.
  func insert(
    _ states: UnsafePointer<UInt64>, hashes: UnsafePointer<UInt64>, count: Int,
    writer: inout Writer, batch: inout InsertionBatch
  ) -> (consumed: Int, outcome: InsertionOutcome)

  /// Bytes of a state of the levels.
  var heldStateBytes: Int { get }
  /// The words of a state of a level that was not forgotten; a store that has to put them together
  /// does so where the next call by the same `reader` does, which is the worker that asks.
  func words(worker: Int, place: Int, reader: Int) -> UnsafeMutablePointer<UInt64>

  /// Calls `body` with the words of states that a worker stored one after the other: one call of
  /// the store where it is not known which one it is.
  func forEachState(
    worker: Int, places: Range<Int>, reader: Int,
    _ body: (_ place: Int, _ words: UnsafePointer<UInt64>) -> Void)

  /// Gives the pages of a worker's states back, where those are many.
  ///
  /// Requires: the store will not be asked any more. Threads: several, for a worker each.
  func giveBackStates(of worker: Int)

  /// The memory of the table, where it is of use to somebody else.
  ///
  /// Requires: nothing will be inserted or looked up any more.
  mutating func takeTable() -> SparePages?

  /// Forgets a worker's states before `place`, if the store can do without; whether it did.
  func forgetStates(before place: Int, of writer: inout Writer) -> Bool

  var growthIsDue: Bool { get }
  mutating func beginGrowth() -> Bool
  func growPart(_ cursor: borrowing Atomic<Int>, counts: [Int]) -> Bool
  mutating func endGrowth()
  /// The last resort where memory for more is missing; false where there is none left.
  mutating func fillFurther() -> Bool
  /// Why the search stops when the store is full.
  var fullReason: StopReason { get }

  /// Begins the expansion of a level, whose new states have this stage.
  mutating func beginLevel(fresh: Stage)

  /// Where a state stands while a level is expanded.
  ///
  /// Requires: the store was planned for that (`stages`).
  func standing(
    _ state: UnsafePointer<UInt64>, hash: UInt64, _ settled: borrowing SettledStates
  ) -> Standing

  /// Whether it says so itself, by stages, and not `SettledStates`.
  var hasStages: Bool { get }

  /// Notes that a state of the level at hand is unsettled. Nobody sees that within the level: all
  /// its states stand behind.
  ///
  /// Requires: `hasStages`. Threads: several, for different states.
  func unsettle(_ state: UnsafePointer<UInt64>, hash: UInt64)

  /// How many states may have been taken for others; nil where none can have been.
  /// `expected`: the sum of the writers' `omitted`.
  func omission(expected: Double) -> Omission?
}

extension VisitedSet where Self: ~Copyable {
  var fullReason: StopReason { .memory }

  func forEachState(
    worker: Int, places: Range<Int>, reader: Int,
    _ body: (_ place: Int, _ words: UnsafePointer<UInt64>) -> Void
  ) {
    for place in places {
      body(place, UnsafePointer(words(worker: worker, place: place, reader: reader)))
    }
  }

  func giveBackStates(of worker: Int) {}

  mutating func takeTable() -> SparePages? { nil }

  @inline(__always)
  func prefetch(_ hashes: UnsafePointer<UInt64>, count: Int) {}

  func beginLevel(fresh: Stage) {}

  func standing(
    _ state: UnsafePointer<UInt64>, hash: UInt64, _ settled: borrowing SettledStates
  ) -> Standing { .behind }

  var hasStages: Bool { false }

  func unsettle(_ state: UnsafePointer<UInt64>, hash: UInt64) {}

  func omission(expected: Double) -> Omission? { nil }
}

/// What every worker of every store counts.
protocol StoreWriter {
  var arena: StateArena.Writer { get set }
  /// Slots looked at beyond the first.
  var probes: Int { get }
  var tagCollisions: Int { get }
  /// States expected to be taken for others so far.
  var omitted: Double { get }
  init(worker: Int)
}

extension StoreWriter {
  var tagCollisions: Int { 0 }
  var omitted: Double { 0 }
}

/// What a store is made from.
struct StorePlan {
  let wordCount: Int
  let workers: Int
  let budget: MemoryBudget
  var choice = StoreChoice.exact
  /// Of a fingerprint; fewer than 64 in tests.
  var fingerprintBits = 64
  /// Bytes of a bit table.
  var bitTableBytes = 0
  /// Where states fit slots of 8 bytes as quotients.
  var quotient: StateQuotient?
  /// Where states are asked for their standing.
  var stages: StageCode?
  /// How `compact` cuts states; nil: at their words.
  var tree: StateTree?
  /// Where the states are roots.
  var rootCode: RootCode?

  var keyShape: KeyShape {
    if let rootCode { return .root(rootCode) }
    if choice == .fingerprint128 { return .wide }
    if let stages {
      return .staged(
        secondBits: choice.isLossy ? 0 : quotient?.bits ?? 0, stageBits: stages.bitCount)
    }
    if let quotient, !choice.isLossy { return .quotient(secondBits: quotient.bits) }
    return .narrow
  }
}

/// The word of a state of two words that is stored beside the quotient of its hash.
///
/// The hash is mix(0, word 0) XOR mix(1, word 1), and the mixes are bijections: hash and one of the
/// words give the other.
struct StateQuotient: Equatable {
  let word: Int
  /// Bits that slots use in it.
  let bits: Int

  /// Most bits of the word: with 12 a table begins with 8 MiB.
  private static let bitsMax = 12
  /// Beside a stage it begins with four times as much.
  func mayHaveStages(memoryMax: Int) -> Bool { memoryMax >= 4 * StateQuotient.memoryMin }

  /// With less memory a table of that size would be too much to begin with.
  private static let memoryMin = 64 << 20

  /// Nil where a state has another number of words, or too many bits.
  init?(_ layout: StateLayout, memoryMax: Int) {
    guard layout.wordCount == 2, memoryMax >= StateQuotient.memoryMin else { return nil }
    var used = [0, 0]
    for (slot, position) in zip(layout.slots, layout.positions) {
      let word = Int(position.word)
      used[word] = max(used[word], Int(position.shift) + slot.width)
    }
    word = used[0] < used[1] ? 0 : 1
    bits = used[word]
    if bits > StateQuotient.bitsMax { return nil }
  }
}
