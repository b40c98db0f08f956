import Reduction
import TransitionSystem

extension BreadthFirst where Store: ~Copyable {
  /// Makes ready for a level; false where memory is refused.
  func beginReducing(_ depth: Int) -> Bool {
    // A level that is searched again for a trace is reduced as it was.
    if depth < paces.count { pace = paces[depth] } else { paces.append(pace) }
    for index in 0..<workerCount { workers[index].stubborn?.choice = pace.choice }
    store.pointee.beginLevel(depth)
    return settled.begin(depth, of: levels)
  }

  /// Behind a level: tells the store which of its states are settled.
  func noteSettled(_ depth: Int) {
    guard store.pointee.hasStages, workers[0].stubborn?.tables.needsProviso ?? false else { return }
    sweep(depth) { [self] worker in workers[worker].noteSettled(self) }
  }

  /// Between levels: decides the pace of the next one.
  func choosePace() {
    let tried = (0..<workerCount).reduce(0) { $0 + workers[$1].tried }
    let reduced = (0..<workerCount).reduce(0) { $0 + workers[$1].reduced }
    let triedSince = tried - paceStart.tried
    if !pace.isDecided(by: triedSince, wanted: options.paceStatesMin) { return }
    pace.isSlow = ReductionPace.isInVain(reduced - paceStart.reduced, of: triedSince)
    paceStart = (tried, reduced)
  }
}

/// Partial-order reduction of a level.
///
/// Ignoring: a state may be reduced only where one of the successors kept lies in no complete
/// level, or is *settled*: a state of an earlier level that was expanded fully, or of which a
/// settled successor was kept. So from each state a path of kept transitions ends in a state with
/// all its transitions, and nothing is put off for ever: from a settled one by induction on when it
/// was settled, from another through deeper and deeper levels to a settled one, as states without
/// a deeper successor are settled. The complete levels are the same for any number of workers,
/// and so is the result.
///
/// Source: Bošnački and Holzmann, Improving Spin's partial-order reduction for breadth-first
/// search, SPIN 2005, with levels in the place of the queue; settled states are those of
/// Evangelista and Pajault (see `DepthFirst`), in the order of levels. Price: a byte a state; with
/// keys, a byte for each state of a level, and a second look at each (`Stage`).
extension BreadthFirstWorker where Store: ~Copyable {
  /// Drops successors from `first` on that a stubborn set leaves out, as far as the search wants
  /// that; how many are kept.
  mutating func reduce(
    _ stubborn: StubbornSets, _ source: UnsafePointer<UInt64>, _ id: StateID, from first: Int,
    _ mode: ReductionMode, _ expansion: Expansion, _ search: BreadthFirst<Store>
  ) -> Int {
    let mayReduce = expansion.failureCount == 0
    if mode.isSampling {
      if mayReduce { sample.add(stubborn, source, buffer, from: first, mayDelete: true) }
      return buffer.count - first
    }
    guard mayReduce, mode.pace.includes(source, buffer.wordCount) else {
      search.settled.settle(id.worker, id.place)
      return buffer.count - first
    }
    search.store.pointee.prefetch(buffer.hashes + first, count: buffer.count - first)
    if mode.isComparing { sample.add(stubborn, source, buffer, from: first, mayDelete: false) }
    return reduce(stubborn, source, id, from: first, search)
  }

  /// Drops successors from `first` on that a stubborn set leaves out; how many are kept.
  private mutating func reduce(
    _ stubborn: StubbornSets, _ source: UnsafePointer<UInt64>, _ id: StateID, from first: Int,
    _ search: BreadthFirst<Store>
  ) -> Int {
    let count = buffer.count - first
    tried += 1
    var isSettled = true
    if count > 1 {
      let words = buffer.words + first * buffer.wordCount
      let (hashes, width) = (buffer.hashes + first, buffer.wordCount)
      let isReduced = stubborn.choose(source, buffer.actions + first, count: count) {
        let standing = search.store.pointee.standing(
          words + $0 * width, hash: hashes[$0], search.settled)
        isSettled = standing == .settled
        return standing != .behind
      }
      if isReduced {
        if stubbornCheck != nil { verify(stubborn, source, from: first, search) }
        // That algorithm asks of transitions that it leaves out, too.
        if stubborn.choice == .deletion {
          isSettled = keepsOne(stubborn, from: first, search) { $0 == .settled }
        }
        reduced += 1
        buffer.keep(from: first) { stubborn.contains($0) }
      } else {
        isSettled = true
      }
    }
    if isSettled { search.settled.settle(id.worker, id.place) }
    return buffer.count - first
  }

  /// Tells the store which states of the level are settled, some at a time, so that the lines of
  /// its table come in together.
  ///
  /// Requires: the buffer is empty.
  mutating func noteSettled(_ search: BreadthFirst<Store>) {
    let (hashes, wordCount) = (buffer.hashes, buffer.wordCount)
    while let next = search.nextChunk() {
      func words(_ place: Int) -> UnsafePointer<UInt64> {
        UnsafePointer(
          search.store.pointee.words(worker: next.worker, place: place, reader: index))
      }
      for first in stride(from: next.places.lowerBound, to: next.places.upperBound, by: 32) {
        let count = min(32, next.places.upperBound - first)
        for number in 0..<count {
          hashes[number] = StateHash.hash(words(first + number), wordCount)
        }
        search.store.pointee.prefetch(hashes, count: count)
        for number in 0..<count {
          let isSettled = search.settled.wasSettled(next.worker, first + number)
          search.store.pointee.setStage(
            isSettled ? .settled : .unsettled, of: words(first + number), hash: hashes[number])
        }
      }
    }
  }

  /// Ends the search where the set is not stubborn, or nothing vouches for what it leaves out.
  private mutating func verify(
    _ stubborn: StubbornSets, _ source: UnsafePointer<UInt64>, from first: Int,
    _ search: BreadthFirst<Store>
  ) {
    var found = stubbornCheck?.fault(of: stubborn, at: source)
    if found == nil, stubbornCheck?.needsProviso == true,
      !keepsOne(stubborn, from: first, search, { $0 != .behind })
    {
      found = stubbornCheck?.ignoringFault(at: source)
    }
    boundedChecks = stubbornCheck?.boundedCount ?? 0
    guard let found else { return }
    fault = fault ?? found
    search.limits.stop(.internalFault)
  }

  /// Whether a successor is kept that stands as wanted.
  private func keepsOne(
    _ stubborn: StubbornSets, from first: Int, _ search: BreadthFirst<Store>,
    _ isWanted: (Standing) -> Bool
  ) -> Bool {
    (first..<buffer.count).contains { index in
      stubborn.contains(buffer.actions[index])
        && isWanted(
          search.store.pointee.standing(
            buffer.state(index), hash: buffer.hashes[index], search.settled))
    }
  }
}

extension SuccessorBuffer {
  /// Keeps those successors from `first` on whose action is wanted, in their order.
  mutating func keep(from first: Int, _ isWanted: (Int32) -> Bool) {
    var end = first
    for index in first..<count where isWanted(actions[index]) {
      if end != index {
        (words + end * wordCount).update(from: words + index * wordCount, count: wordCount)
        hashes[end] = hashes[index]
        actions[end] = actions[index]
      }
      end += 1
    }
    count = end
  }
}
