/// One worker's way from states to the roots of their trees, a batch at a time, and back.
///
/// States that the worker met a short while ago are left out. The others go part by part, so that
/// the cache misses of a part overlap. A state
/// mostly has the same part as the one before it in the batch, a successor of the same state; else
/// the part is mostly among the last ones that the worker looked up. What is left is looked up
/// among all nodes.
///
/// Threads: each worker has its own.
struct NodeLookup: ~Copyable {
  private let tree: TreeMemory
  /// Of a number, the bits that say which worker stored the node.
  private let workerShift: Int
  private var writer: ExactStore.Writer
  private var batch = InsertionBatch()
  private let recent: RecentVectors
  /// Indices of the states that are not among the recent ones; what follows is about these.
  let pending: UnsafeMutablePointer<Int>
  private(set) var pendingCount = 0
  /// Part after part, the numbers of all states of the batch.
  private let numbers: UnsafeMutablePointer<UInt64>
  /// The words of the part at hand, state after state.
  private let words: UnsafeMutablePointer<UInt64>
  /// By state, the first one in the row of neighbours that have the same word.
  private let origins: UnsafeMutablePointer<Int>
  let roots: UnsafeMutablePointer<UInt64>
  /// The keys of the roots.
  let keys: UnsafeMutablePointer<UInt64>
  /// Words that the worker looked up last and the numbers of their nodes, by hash.
  private let known: UnsafeMutablePointer<Entry>
  /// Words that must be looked up among all nodes, their hashes and places in the batch.
  private let wanted: UnsafeMutablePointer<UInt64>
  private let wantedHashes: UnsafeMutablePointer<UInt64>
  private let wantedPlaces: UnsafeMutablePointer<Int>
  private var wantedCount = 0
  /// The state put together last, and the words of its parts.
  private let state: UnsafeMutablePointer<UInt64>
  private let parts: UnsafeMutablePointer<UInt64>

  private struct Entry: BitwiseCopyable {
    var word: UInt64 = 0
    /// One more than the number, 0 where there is none.
    var next: UInt64 = 0
  }

  private static let knownCount = 1 << 13
  private static let capacity = InsertionBatch.capacity

  init(worker: Int, workers: Int, tree: StateTree) {
    self.tree = TreeMemory(tree)
    workerShift = Int.bitWidth - (workers - 1).leadingZeroBitCount
    writer = ExactStore.Writer(worker: worker)
    let capacity = NodeLookup.capacity
    recent = RecentVectors(wordCount: tree.wordCount)
    pending = .allocate(capacity: capacity)
    numbers = .allocate(capacity: max(1, tree.partCount) * capacity)
    words = .allocate(capacity: capacity)
    origins = .allocate(capacity: capacity)
    roots = .allocate(capacity: capacity)
    keys = .allocate(capacity: capacity)
    known = .allocate(capacity: NodeLookup.knownCount)
    known.initialize(repeating: Entry(), count: NodeLookup.knownCount)
    wanted = .allocate(capacity: capacity)
    wantedHashes = .allocate(capacity: capacity)
    wantedPlaces = .allocate(capacity: capacity)
    state = .allocate(capacity: max(1, tree.wordCount))
    parts = .allocate(capacity: max(1, tree.partCount))
  }

  deinit {
    for memory in [
      numbers, words, roots, keys, wanted, wantedHashes, state, parts,
    ] { memory.deallocate() }
    pending.deallocate()
    origins.deallocate()
    known.deallocate()
    wantedPlaces.deallocate()
  }

  /// Nodes that this worker stored.
  var nodeCount: Int { writer.arena.count }
  /// Greater than the numbers of all nodes of this worker.
  var numberEnd: UInt64 { UInt64(writer.arena.count) << UInt64(workerShift) }

  /// Lists the states that are not among the recent ones in `pending`.
  mutating func lookUpRecent(
    _ states: UnsafePointer<UInt64>, hashes: UnsafePointer<UInt64>, count: Int
  ) {
    pendingCount = 0
    for index in 0..<count {
      pending[pendingCount] = index
      pendingCount &+= recent.renew(states + index &* tree.wordCount, hashes[index])
    }
  }

  /// Some of the states that were looked up were not inserted.
  func forgetRecent() { recent.removeAll() }

  /// Puts the roots of the pending states into `roots`.
  ///
  /// Where nodes find no room, those that did stay, and are found when it is tried again.
  mutating func findRoots(
    of states: UnsafePointer<UInt64>, in nodes: borrowing ExactStore
  ) -> InsertionOutcome {
    let count = pendingCount
    for leaf in 0..<tree.leafCount {
      gather(leaf, states, count)
      if tree.pairCount == 0 {
        roots.update(from: words, count: count)
        return .done
      }
      let outcome = number(leaf, count, nodes)
      if outcome != .done { return outcome }
    }
    for pair in 0..<tree.pairCount {
      let (left, right) = (row(tree.pairs[pair].left), row(tree.pairs[pair].right))
      if pair == tree.pairCount &- 1 {
        for index in 0..<count { roots[index] = left[index] | right[index] &<< 32 }
        return .done
      }
      for index in 0..<count { words[index] = left[index] | right[index] &<< 32 }
      let outcome = number(tree.leafCount &+ pair, count, nodes)
      if outcome != .done { return outcome }
    }
    return .done
  }

  /// Puts the keys of the roots into `keys`; false where a number has more bits than the code.
  mutating func findKeys(_ code: RootCode) -> Bool {
    var isKept = true
    for index in 0..<pendingCount {
      isKept = isKept && code.keeps(roots[index])
      keys[index] = code.key(roots[index])
    }
    return isKept
  }

  @inline(__always)
  private func row(_ part: Int) -> UnsafeMutablePointer<UInt64> {
    numbers + part &* NodeLookup.capacity
  }

  /// Puts a leaf of each state together.
  @inline(__always)
  private func gather(_ leaf: Int, _ states: UnsafePointer<UInt64>, _ count: Int) {
    words.update(repeating: 0, count: count)
    for run in tree.runs(of: leaf) {
      let run = tree.runs[run]
      let column = states + run.word
      for index in 0..<count {
        let word = column[pending[index] &* tree.wordCount]
        words[index] |= (word &>> run.shift & run.mask) &<< run.place
      }
    }
  }

  /// Finds the numbers of the nodes of all `words`.
  private mutating func number(
    _ part: Int, _ count: Int, _ nodes: borrowing ExactStore
  ) -> InsertionOutcome {
    let out = row(part)
    var (origin, last) = (0, ~words[0])
    wantedCount = 0
    for index in 0..<count {
      let word = words[index]
      if word != last {
        (origin, last) = (index, word)
        let hash = StateHash.mix(0, word)
        let entry = known[Int(truncatingIfNeeded: hash) & (NodeLookup.knownCount - 1)]
        if entry.word == word && entry.next != 0 {
          out[index] = entry.next &- 1
        } else {
          wanted[wantedCount] = word
          wantedHashes[wantedCount] = hash
          wantedPlaces[wantedCount] = index
          wantedCount &+= 1
        }
      }
      origins[index] = origin
    }
    if wantedCount > 0 {
      let outcome = lookUp(out, nodes)
      if outcome != .done { return outcome }
    }
    for index in 0..<count { out[index] = out[origins[index]] }
    return .done
  }

  @inline(never)
  private mutating func lookUp(
    _ out: UnsafeMutablePointer<UInt64>, _ nodes: borrowing ExactStore
  ) -> InsertionOutcome {
    nodes.prefetch(wantedHashes, count: wantedCount)
    let (_, outcome) = nodes.insert(
      wanted, hashes: wantedHashes, count: wantedCount, writer: &writer, batch: &batch)
    if outcome != .done { return outcome }
    for index in 0..<wantedCount {
      let id = StateID(raw: batch.ids[index])
      let number = UInt64(truncatingIfNeeded: id.place &<< workerShift | id.worker)
      if number >> 32 != 0 { return .memoryRefused }
      out[wantedPlaces[index]] = number
      let place = Int(truncatingIfNeeded: wantedHashes[index]) & (NodeLookup.knownCount - 1)
      known[place] = Entry(word: wanted[index], next: number + 1)
    }
    return .done
  }

  /// The state of a root; the memory is that of the next call too.
  ///
  /// Requires: its nodes were stored by this worker, or before a barrier.
  func state(of root: UInt64, in nodes: borrowing ExactStore) -> UnsafeMutablePointer<UInt64> {
    parts[tree.leafCount &+ tree.pairCount &- 1] = root
    for index in 0..<tree.pairCount {
      let pair = tree.pairCount &- 1 &- index
      let word = parts[tree.leafCount &+ pair]
      parts[tree.pairs[pair].left] = node(word & 0xFFFF_FFFF, nodes)
      parts[tree.pairs[pair].right] = node(word &>> 32, nodes)
    }
    state.update(repeating: 0, count: tree.wordCount)
    for leaf in 0..<tree.leafCount {
      for run in tree.runs(of: leaf) {
        let run = tree.runs[run]
        state[run.word] |= (parts[leaf] &>> run.place & run.mask) &<< run.shift
      }
    }
    return state
  }

  @inline(__always)
  private func node(_ number: UInt64, _ nodes: borrowing ExactStore) -> UInt64 {
    let number = Int(truncatingIfNeeded: number)
    let id = StateID(worker: number & (1 << workerShift - 1), place: number >> workerShift)
    return nodes.words(of: id).pointee
  }
}

/// A `StateTree` in plain memory: workers that share arrays would fight for their reference counts.
private final class TreeMemory {
  let wordCount: Int
  let leafCount: Int
  let pairCount: Int
  let runs: UnsafeMutablePointer<StateTree.Run>
  let pairs: UnsafeMutablePointer<StateTree.Pair>
  /// By leaf, its first run; then the number of runs.
  private let runStarts: UnsafeMutablePointer<Int>

  init(_ tree: StateTree) {
    wordCount = tree.wordCount
    leafCount = tree.leaves.count
    pairCount = tree.pairs.count
    let all = tree.leaves.flatMap(\.self)
    runs = .allocate(capacity: all.count)
    for (index, run) in all.enumerated() { (runs + index).initialize(to: run) }
    pairs = .allocate(capacity: pairCount)
    for (index, pair) in tree.pairs.enumerated() { (pairs + index).initialize(to: pair) }
    runStarts = .allocate(capacity: leafCount + 1)
    var start = 0
    for (index, leaf) in tree.leaves.enumerated() {
      runStarts[index] = start
      start += leaf.count
    }
    runStarts[leafCount] = start
  }

  deinit {
    runs.deallocate()
    pairs.deallocate()
    runStarts.deallocate()
  }

  @inline(__always)
  func runs(of leaf: Int) -> Range<Int> { runStarts[leaf]..<runStarts[leaf &+ 1] }
}
