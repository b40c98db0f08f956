/// One worker's way from states to the roots of their trees, a batch at a time.
///
/// Threads: each worker has its own.
struct NodeLookup: ~Copyable {
  private let wordCount: Int
  private let workers: Int
  private var writer: ExactStore.Writer
  private var batch = InsertionBatch()
  /// The words of a level of the trees, state after state; then the numbers of their nodes.
  private let rows: UnsafeMutablePointer<UInt64>
  /// The hashes of the roots.
  let hashes: UnsafeMutablePointer<UInt64>
  /// Words that the worker looked up last and the numbers of their nodes, by hash.
  private let known: UnsafeMutablePointer<Entry>
  /// Words that must be looked up among all nodes, their hashes and places in `rows`.
  private let wanted: UnsafeMutablePointer<UInt64>
  private let wantedHashes: UnsafeMutablePointer<UInt64>
  private let wantedPlaces: UnsafeMutablePointer<Int>
  private var wantedCount = 0

  private struct Entry: BitwiseCopyable {
    var word: UInt64 = 0
    /// One more than the number, 0 where there is none.
    var next: UInt64 = 0
  }

  private static let knownCount = 1 << 13

  init(worker: Int, workers: Int, wordCount: Int) {
    self.wordCount = wordCount
    self.workers = workers
    writer = ExactStore.Writer(worker: worker)
    rows = .allocate(capacity: max(1, wordCount) * InsertionBatch.capacity)
    hashes = .allocate(capacity: InsertionBatch.capacity)
    known = .allocate(capacity: NodeLookup.knownCount)
    known.initialize(repeating: Entry(), count: NodeLookup.knownCount)
    wanted = .allocate(capacity: InsertionBatch.capacity)
    wantedHashes = .allocate(capacity: InsertionBatch.capacity)
    wantedPlaces = .allocate(capacity: InsertionBatch.capacity)
  }

  deinit {
    rows.deallocate()
    hashes.deallocate()
    known.deallocate()
    wanted.deallocate()
    wantedHashes.deallocate()
    wantedPlaces.deallocate()
  }

  /// Nodes that this worker stored.
  var nodeCount: Int { writer.arena.count }

  /// Puts the hashes of the roots of `count` states into `hashes`.
  ///
  /// Where nodes find no room, those that did stay, and are found when it is tried again.
  mutating func findRoots(
    of states: UnsafePointer<UInt64>, count: Int, in nodes: borrowing ExactStore
  ) -> InsertionOutcome {
    rows.update(from: states, count: count * wordCount)
    var width = wordCount
    while width > 1 {
      let outcome = number(count * width, nodes)
      if outcome != .done { return outcome }
      pair(count, width)
      width = (width + 1) / 2
    }
    for index in 0..<count { hashes[index] = width == 0 ? 0 : StateHash.mix(0, rows[index]) }
    return .done
  }

  /// Replaces words by the numbers of their nodes.
  private mutating func number(_ count: Int, _ nodes: borrowing ExactStore) -> InsertionOutcome {
    wantedCount = 0
    for place in 0..<count {
      let word = rows[place]
      let hash = StateHash.mix(0, word)
      let entry = known[Int(truncatingIfNeeded: hash) & (NodeLookup.knownCount - 1)]
      if entry.word == word && entry.next != 0 {
        rows[place] = entry.next &- 1
        continue
      }
      wanted[wantedCount] = word
      wantedHashes[wantedCount] = hash
      wantedPlaces[wantedCount] = place
      wantedCount &+= 1
      if wantedCount == InsertionBatch.capacity {
        let outcome = lookUp(nodes)
        if outcome != .done { return outcome }
      }
    }
    return wantedCount == 0 ? .done : lookUp(nodes)
  }

  @inline(never)
  private mutating func lookUp(_ nodes: borrowing ExactStore) -> InsertionOutcome {
    nodes.prefetch(wantedHashes, count: wantedCount)
    let (_, outcome) = nodes.insert(
      wanted, hashes: wantedHashes, count: wantedCount, writer: &writer, batch: &batch)
    if outcome != .done { return outcome }
    for index in 0..<wantedCount {
      let id = StateID(raw: batch.ids[index])
      let number = UInt64(truncatingIfNeeded: id.place &* workers &+ id.worker)
      if number >> 32 != 0 { return .memoryRefused }
      rows[wantedPlaces[index]] = number
      let place = Int(truncatingIfNeeded: wantedHashes[index]) & (NodeLookup.knownCount - 1)
      known[place] = Entry(word: wanted[index], next: number + 1)
    }
    wantedCount = 0
    return .done
  }

  /// Makes words of neighbouring numbers; the last of an odd row stays alone. In place, because
  /// what is written lies never behind what is read.
  private func pair(_ count: Int, _ width: Int) {
    let half = (width + 1) / 2
    for state in 0..<count {
      let row = rows + state &* width
      let out = rows + state &* half
      for index in 0..<width / 2 { out[index] = row[2 &* index] | row[2 &* index &+ 1] &<< 32 }
      if width & 1 != 0 { out[half &- 1] = row[width &- 1] }
    }
  }
}
