import Synchronization

/// An exact visited set by tree compression: a state is a pair of halves, each half a pair again,
/// and equal pairs are stored once (Blom, Lisser, van de Pol, Weber, 2011; Laarman, van de Pol,
/// Weber, SPIN 2011).
///
/// The words of a state are looked up among the nodes and give numbers of 32 bits; two numbers make
/// a word again, which is looked up in turn, until one word is left. That root is the state's key,
/// exactly as if the state had one word. Systems change little at a time, so there are few nodes
/// for many states: the price is the root, 8 bytes in a table that is denser than others, and 18
/// to 22 bytes a node.
///
/// A node means the same at each place in the tree, because the shape of the tree is that of the
/// number of words. Each worker remembers the last nodes that it looked up, which saves nearly all
/// lookups.
///
/// Threads: as `VisitedSet` says.
struct CompactStore: ~Copyable {
  private var nodes: ExactStore
  private var roots: KeyStore<KeyTable>
  private let wordCount: Int
  private let workers: Int
  private let hands: UnsafeMutablePointer<NodeLookup>
  private let shared: Shared
  private var growsNodes = false

  private final class Shared: Sendable {
    // Relaxed: set by any worker, read behind the barrier that ends the phase.
    let nodesFull = Atomic<Bool>(false)
  }

  init?(_ plan: StorePlan) {
    guard let nodes = ExactStore(wordCount: 1, workers: plan.workers, budget: plan.budget),
      let roots = KeyStore<KeyTable>(plan)
    else { return nil }
    self.nodes = nodes
    self.roots = roots
    wordCount = plan.wordCount
    workers = plan.workers
    shared = Shared()
    hands = .allocate(capacity: workers)
    for worker in 0..<workers {
      (hands + worker).initialize(
        to: NodeLookup(worker: worker, workers: workers, wordCount: wordCount))
    }
  }

  deinit {
    hands.deinitialize(count: workers)
    hands.deallocate()
  }

  private var nodesAreDue: Bool {
    nodes.growthIsDue || shared.nodesFull.load(ordering: .relaxed)
  }
}

extension CompactStore: VisitedSet {
  typealias Writer = KeyWriter

  var budget: MemoryBudget { roots.budget }
  var name: String { "compact (\(nodes.count) tree nodes, 8-byte roots)" }
  var count: Int { roots.count }
  var tableBytes: Int { roots.tableBytes + nodes.tableBytes + 8 * nodes.count }
  var slotCount: Int { roots.slotCount }
  var growths: Int { roots.growths + nodes.growths }

  func insert(
    _ states: UnsafePointer<UInt64>, hashes: UnsafePointer<UInt64>, count: Int,
    writer: inout Writer, batch: inout InsertionBatch
  ) -> (consumed: Int, outcome: InsertionOutcome) {
    batch.freshCount = 0
    let worker = writer.arena.worker
    let outcome = hands[worker].findRoots(of: states, count: count, in: nodes)
    if outcome != .done {
      if outcome == .tableFull { shared.nodesFull.store(true, ordering: .relaxed) }
      return (0, outcome)
    }
    roots.prefetch(hands[worker].hashes, count: count)
    return roots.insert(
      states, hashes: hands[worker].hashes, count: count, writer: &writer, batch: &batch)
  }

  func words(worker: Int, place: Int) -> UnsafeMutablePointer<UInt64> {
    roots.words(worker: worker, place: place)
  }

  func forgetStates(before place: Int, of writer: inout Writer) -> Bool {
    roots.forgetStates(before: place, of: &writer)
  }

  var growthIsDue: Bool { roots.growthIsDue || nodes.growthIsDue }

  mutating func beginGrowth() -> Bool {
    growsNodes = nodesAreDue
    return growsNodes ? nodes.beginGrowth() : roots.beginGrowth()
  }

  func growPart(_ cursor: borrowing Atomic<Int>, counts: [Int]) -> Bool {
    if !growsNodes { return roots.growPart(cursor, counts: counts) }
    return nodes.growPart(cursor, counts: (0..<workers).map { hands[$0].nodeCount })
  }

  mutating func endGrowth() {
    if growsNodes { nodes.endGrowth() } else { roots.endGrowth() }
    shared.nodesFull.store(false, ordering: .relaxed)
  }

  mutating func fillFurther() -> Bool { growsNodes ? nodes.fillFurther() : roots.fillFurther() }
}
