import Reduction
import TransitionSystem

/// Partial-order reduction of a level.
///
/// Ignoring: a state may be reduced only where one of the successors kept lies in no complete
/// level. So from each state a path through deeper and deeper levels, of kept transitions only,
/// ends in a state with all its transitions, and nothing is put off for ever. The complete levels
/// are the same for any number of workers, and so is the result.
///
/// Source: Bošnački and Holzmann, Improving Spin's partial-order reduction for breadth-first
/// search, SPIN 2005; here with levels in the place of the queue.
extension BreadthFirstWorker where Store: ~Copyable {
  /// Drops successors from `first` on that a stubborn set leaves out; how many are kept.
  mutating func reduce(
    _ source: UnsafePointer<UInt64>, from first: Int, _ search: BreadthFirst<Store>
  ) -> Int {
    let count = buffer.count - first
    guard count > 1, let stubborn else { return count }
    let words = buffer.words + first * buffer.wordCount
    let (hashes, width) = (buffer.hashes + first, buffer.wordCount)
    let transitions = StubbornSets.Transitions(buffer.actions + first, count: count) {
      search.store.pointee.isNew(words + $0 * width, hash: hashes[$0], search.levels)
    }
    guard stubborn.choose(source, transitions) else { return count }
    if stubbornCheck != nil { verify(stubborn, source, from: first, search) }
    reduced += 1
    buffer.keep(from: first) { stubborn.contains($0) }
    return buffer.count - first
  }

  /// Ends the search where the set is not stubborn, or nothing vouches for what it leaves out.
  private mutating func verify(
    _ stubborn: StubbornSets, _ source: UnsafePointer<UInt64>, from first: Int,
    _ search: BreadthFirst<Store>
  ) {
    var found = stubbornCheck?.fault(of: stubborn, at: source)
    if found == nil, stubbornCheck?.needsProviso == true,
      !reachesNewLevel(stubborn, from: first, search)
    {
      found = stubbornCheck?.ignoringFault(at: source)
    }
    boundedChecks = stubbornCheck?.boundedCount ?? 0
    guard let found else { return }
    fault = fault ?? found
    search.limits.stop(.internalFault)
  }

  private func reachesNewLevel(
    _ stubborn: StubbornSets, from first: Int, _ search: BreadthFirst<Store>
  ) -> Bool {
    (first..<buffer.count).contains { index in
      guard stubborn.contains(buffer.actions[index]) else { return false }
      return search.store.pointee.isNew(
        buffer.state(index), hash: buffer.hashes[index], search.levels)
    }
  }
}

extension LevelTable {
  /// Whether a stored state belongs to a level that is closed.
  func isInCompleteLevel(_ id: StateID) -> Bool { id.place < placesClosed(of: id.worker) }
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
