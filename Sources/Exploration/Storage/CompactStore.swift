import Synchronization

/// An exact visited set by tree compression: a state is a tree of pairs, and equal pairs are stored
/// once (Blom, Lisser, van de Pol, Weber, 2011; Laarman, van de Pol, Weber, SPIN 2011).
///
/// The leaves of a state (`StateTree`) are looked up among the nodes and give numbers of 32 bits;
/// two numbers make a word again, which is looked up in turn, until one word is left, the root.
/// Where states are made of parts that vary by themselves, there are few nodes for many states.
///
/// Roots are a set of their own. So few bits of them are in use that the quotients of a
/// `QuotientTable` fit slots of 4 bytes (Cleary, 1984; van der Vegt, Laarman, 2011): with numbers
/// below 2^n and 2^l lines of 16 slots, where 2n - l + 6 <= 32. A million states may have a million
/// nodes, 2^28 states 2^24. The code of roots (`RootCode`) begins with numbers of 16 bits;
/// a number that has more makes the table grow, with a code of so many that nodes may double.
///
/// A node means the same at each place in the tree, because all trees have the same shape. The
/// states of the levels are kept as roots, too.
///
/// Price: 4 bytes a slot, 7/8 full at most and growing by 1.2, 4.6 to 5.5 bytes a state (twice that
/// where roots have too many bits); 18 to 22 bytes a node; 8 bytes a state of the levels.
///
/// Threads: as `VisitedSet` says.
struct CompactStore: ~Copyable {
  private var nodes: ExactStore
  private var roots: KeyStore<QuotientTable>
  private var code: RootCode
  private let workers: Int
  private let hands: UnsafeMutablePointer<NodeLookup>
  private let shared: Shared
  private var growsNodes = false

  private final class Shared: Sendable {
    // Relaxed: set by any worker, read behind the barrier that ends the phase.
    let nodesFull = Atomic<Bool>(false)
    let numbersTooLarge = Atomic<Bool>(false)
  }

  init?(_ plan: StorePlan) {
    let tree = plan.tree ?? StateTree(wordCount: plan.wordCount)
    code =
      tree.pairs.isEmpty
      ? RootCode(leafBits: tree.leafBits) : RootCode(numberBits: RootCode.numberBitsMin)
    let rootPlan = StorePlan(
      wordCount: 1, workers: plan.workers, budget: plan.budget, choice: plan.choice,
      rootCode: code)
    guard let nodes = ExactStore(wordCount: 1, workers: plan.workers, budget: plan.budget),
      let roots = KeyStore<QuotientTable>(rootPlan)
    else { return nil }
    self.nodes = nodes
    self.roots = roots
    workers = plan.workers
    shared = Shared()
    hands = .allocate(capacity: workers)
    for worker in 0..<workers {
      (hands + worker).initialize(to: NodeLookup(worker: worker, workers: workers, tree: tree))
    }
  }

  deinit {
    hands.deinitialize(count: workers)
    hands.deallocate()
  }

  /// A code with room for twice the nodes.
  private var widerCode: RootCode {
    let end = (0..<workers).reduce(1) { max($0, hands[$1].numberEnd) }
    let bits = 64 - end.leadingZeroBitCount + 1
    return RootCode(numberBits: max(RootCode.numberBitsMin, min(32, bits)))
  }
}

extension CompactStore: VisitedSet {
  typealias Writer = KeyWriter

  var budget: MemoryBudget { roots.budget }
  var name: String { "compact (\(nodes.count) tree nodes, \(roots.slotBytes)-byte roots)" }
  var count: Int { roots.count }
  var tableBytes: Int {
    // Pages that were never touched take no memory.
    roots.tableBytes + (nodes.count == 0 ? 0 : nodes.tableBytes + 8 * nodes.count)
  }
  var slotCount: Int { roots.slotCount }
  var growths: Int { roots.growths + nodes.growths }
  var heldStateBytes: Int { roots.heldStateBytes }

  func insert(
    _ states: UnsafePointer<UInt64>, hashes: UnsafePointer<UInt64>, count: Int,
    writer: inout Writer, batch: inout InsertionBatch
  ) -> (consumed: Int, outcome: InsertionOutcome) {
    batch.freshCount = 0
    // Not by a subscript: the thread sanitizer takes that for an access to the first of the hands.
    let hand = hands + writer.arena.worker
    hand.pointee.lookUpRecent(states, hashes: hashes, count: count)
    let pendingCount = hand.pointee.pendingCount
    if pendingCount == 0 { return (count, .done) }
    let ending = hand.pointee.findRoots(of: states, in: nodes)
    if ending == .tableFull { shared.nodesFull.store(true, ordering: .relaxed) }
    if ending != .done { return giveUp(0, ending, hand) }
    guard hand.pointee.findKeys(code) else {
      shared.numbersTooLarge.store(true, ordering: .relaxed)
      return giveUp(0, .tableFull, hand)
    }
    let (found, keys, pending) = (hand.pointee.roots, hand.pointee.keys, hand.pointee.pending)
    roots.prefetch(keys, count: pendingCount)
    let (consumed, outcome) = roots.insertUnknown(
      found, hashes: keys, count: pendingCount, writer: &writer, batch: &batch)
    for number in 0..<batch.freshCount {
      let index = pending[Int(batch.fresh[number])]
      batch.fresh[number] = Int32(truncatingIfNeeded: index)
    }
    return outcome == .done ? (count, .done) : giveUp(pending[consumed], outcome, hand)
  }

  /// The states from `consumed` on were not inserted, though they are among the recent ones.
  @inline(never)
  private func giveUp(
    _ consumed: Int, _ outcome: InsertionOutcome, _ hand: UnsafeMutablePointer<NodeLookup>
  ) -> (consumed: Int, outcome: InsertionOutcome) {
    hand.pointee.forgetRecent()
    return (consumed, outcome)
  }

  func words(worker: Int, place: Int, reader: Int) -> UnsafeMutablePointer<UInt64> {
    let root = roots.words(worker: worker, place: place, reader: reader).pointee
    return (hands + reader).pointee.state(of: root, in: nodes)
  }

  func forgetStates(before place: Int, of writer: inout Writer) -> Bool {
    roots.forgetStates(before: place, of: &writer)
  }

  var growthIsDue: Bool { roots.growthIsDue || nodes.growthIsDue }

  mutating func beginGrowth() -> Bool {
    growsNodes = nodes.growthIsDue || shared.nodesFull.load(ordering: .relaxed)
    if growsNodes { return nodes.beginGrowth() }
    if shared.numbersTooLarge.load(ordering: .relaxed) { roots.nextShape = .root(widerCode) }
    return roots.beginGrowth()
  }

  func growPart(_ cursor: borrowing Atomic<Int>, counts: [Int]) -> Bool {
    if !growsNodes { return roots.growPart(cursor, counts: counts) }
    return nodes.growPart(cursor, counts: (0..<workers).map { hands[$0].nodeCount })
  }

  mutating func endGrowth() {
    if growsNodes {
      nodes.endGrowth()
      shared.nodesFull.store(false, ordering: .relaxed)
      return
    }
    roots.endGrowth()
    if case .root(let new) = roots.shape { code = new }
    shared.numbersTooLarge.store(false, ordering: .relaxed)
  }

  mutating func fillFurther() -> Bool {
    if !growsNodes { return roots.fillFurther() }
    shared.nodesFull.store(false, ordering: .relaxed)
    return nodes.fillFurther()
  }
}
