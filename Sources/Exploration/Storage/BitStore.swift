import Synchronization

/// Supertrace: three bits a state in a table of fixed size, and nothing else (Holzmann, 1988).
///
/// All three bits lie in one word, so that a state costs one cache miss. The price against bits
/// from all over the table (a Bloom filter) is that words fill unevenly: at 32 bits a state about
/// 2.7 times as many states are taken for others.
///
/// What is left out is estimated on the way: a new state whose word has c of 64 bits set would have
/// been taken for an old one with the probability p = (c / 64)³. Each state that was let through
/// stands for p / (1 - p) that were not, which makes the sum an unbiased estimate (Horvitz and
/// Thompson, 1952) of the states that were met and left out. Past half of the bits the estimate is
/// worth little, and the search stops.
///
/// Threads: one worker only. Which states are left out depends on the order of insertion, and a
/// result must not depend on a race.
struct BitStore: ~Copyable {
  let budget: MemoryBudget
  private let queue: StateArena
  private let block: PageBlock
  private let wordCount: Int
  private let tableWords: Int
  private let counters: Counters

  private final class Counters: Sendable {
    // Relaxed, both: one worker writes; the display reads.
    let states = Atomic<Int>(0)
    let bitsSet = Atomic<Int>(0)
  }

  struct Writer: StoreWriter {
    var arena: StateArena.Writer
    let probes = 0
    var omitted = 0.0
    init(worker: Int) { arena = StateArena.Writer(worker: worker) }
  }

  /// p / (1 - p) by the number of bits set in a word.
  private static let weights: [Double] = (0...64).map { set in
    let share = Double(set) / 64
    let probability = share * share * share
    return set == 64 ? 0 : probability / (1 - probability)
  }

  init?(_ plan: StorePlan) {
    precondition(plan.workers == 1)
    let words = max(1, plan.bitTableBytes / 8)
    guard plan.budget.reserve(8 * words) else { return nil }
    guard
      let queue = StateArena(
        wordCount: plan.wordCount, workers: 1, budget: plan.budget, isQueue: true),
      let block = PageBlock(byteCount: 8 * words)
    else {
      plan.budget.release(8 * words)
      return nil
    }
    self.queue = queue
    self.block = block
    budget = plan.budget
    wordCount = plan.wordCount
    tableWords = words
    counters = Counters()
  }

  deinit { budget.release(8 * tableWords) }

  @inline(__always)
  private func word(_ hash: UInt64) -> UnsafeMutablePointer<UInt64> {
    let place = hash.multipliedFullWidth(by: UInt64(truncatingIfNeeded: tableWords)).high
    // Safety: place < tableWords; the pages are zeroed, and only the one worker touches them.
    return block.base.assumingMemoryBound(to: UInt64.self) + Int(truncatingIfNeeded: place)
  }

  /// Three bits, from those of the hash that decide about the word least. They may coincide.
  @inline(__always)
  private static func mask(_ hash: UInt64) -> UInt64 {
    1 &<< (hash & 63) | 1 &<< (hash &>> 6 & 63) | 1 &<< (hash &>> 12 & 63)
  }
}

extension BitStore: VisitedSet {
  var name: String { "bitstate (3 bits a state in \(tableWords / 128) KiB)" }
  var count: Int { counters.states.load(ordering: .relaxed) }
  var tableBytes: Int { 8 * tableWords }
  var slotCount: Int { 0 }
  var growths: Int { 0 }

  var growthIsDue: Bool { counters.bitsSet.load(ordering: .relaxed) >= 32 * tableWords }
  func beginGrowth() -> Bool { false }
  func growPart(_ cursor: borrowing Atomic<Int>, counts: [Int]) -> Bool { false }
  func endGrowth() {}
  func fillFurther() -> Bool { false }
  var fullReason: StopReason { .storeFull }

  var heldStateBytes: Int { 8 * wordCount }

  func words(worker: Int, place: Int, reader: Int) -> UnsafeMutablePointer<UInt64> {
    queue.words(worker: worker, place: place)
  }

  func forgetStates(before place: Int, of writer: inout Writer) -> Bool {
    queue.recycle(before: place, of: &writer.arena)
    return true
  }

  func insert(
    _ states: UnsafePointer<UInt64>, hashes: UnsafePointer<UInt64>, count: Int,
    writer: inout Writer, batch: inout InsertionBatch
  ) -> (consumed: Int, outcome: InsertionOutcome) {
    precondition(count <= InsertionBatch.capacity)
    batch.freshCount = 0
    // These loads miss the cache, side by side.
    for index in 0..<count { batch.values[index] = word(hashes[index]).pointee }
    var bitsSet = 0
    var consumed = count
    for index in 0..<count {
      let mask = BitStore.mask(hashes[index])
      if batch.values[index] & mask == mask { continue }
      let word = word(hashes[index])
      let old = word.pointee
      if old & mask == mask { continue }
      guard queue.makeRoom(&writer.arena) else {
        consumed = index
        break
      }
      word.pointee = old | mask
      bitsSet &+= (mask & ~old).nonzeroBitCount
      writer.omitted += BitStore.weights[old.nonzeroBitCount]
      queue.append(states + index &* wordCount, &writer.arena)
      batch.fresh[batch.freshCount] = Int32(truncatingIfNeeded: index)
      batch.freshCount &+= 1
    }
    counters.states.add(batch.freshCount, ordering: .relaxed)
    counters.bitsSet.add(bitsSet, ordering: .relaxed)
    return (consumed, consumed == count ? .done : .memoryRefused)
  }

  func omission(expected: Double) -> Omission? { .expectedStates(expected) }
}
