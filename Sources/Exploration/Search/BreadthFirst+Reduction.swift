import Reduction
import TransitionSystem

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
/// Evangelista and Pajault (see `DepthFirst`), in the order of levels. Price: a byte a state.
extension BreadthFirstWorker where Store: ~Copyable {
  /// Drops successors from `first` on that a stubborn set leaves out; how many are kept.
  mutating func reduce(
    _ stubborn: StubbornSets, _ source: UnsafePointer<UInt64>, _ id: StateID, from first: Int,
    _ search: BreadthFirst<Store>
  ) -> Int {
    let count = buffer.count - first
    var isSettled = true
    if count > 1 {
      let words = buffer.words + first * buffer.wordCount
      let (hashes, width) = (buffer.hashes + first, buffer.wordCount)
      let isReduced = stubborn.choose(source, buffer.actions + first, count: count) {
        let found = search.store.pointee.find(words + $0 * width, hash: hashes[$0])
        isSettled = search.settled.isSettled(found)
        return isSettled || search.settled.isAhead(found)
      }
      if isReduced {
        if stubbornCheck != nil { verify(stubborn, source, from: first, search) }
        // That algorithm asks of transitions that it leaves out, too.
        if stubborn.choice == .deletion {
          isSettled = keepsOne(stubborn, from: first, search) { search.settled.isSettled($0) }
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

  /// Ends the search where the set is not stubborn, or nothing vouches for what it leaves out.
  private mutating func verify(
    _ stubborn: StubbornSets, _ source: UnsafePointer<UInt64>, from first: Int,
    _ search: BreadthFirst<Store>
  ) {
    var found = stubbornCheck?.fault(of: stubborn, at: source)
    if found == nil, stubbornCheck?.needsProviso == true,
      !keepsOne(
        stubborn, from: first, search,
        { search.settled.isAhead($0) || search.settled.isSettled($0) })
    {
      found = stubbornCheck?.ignoringFault(at: source)
    }
    boundedChecks = stubbornCheck?.boundedCount ?? 0
    guard let found else { return }
    fault = fault ?? found
    search.limits.stop(.internalFault)
  }

  /// Whether a successor is kept that is as wanted; nil is one that is not stored.
  private func keepsOne(
    _ stubborn: StubbornSets, from first: Int, _ search: BreadthFirst<Store>,
    _ isWanted: (StateID?) -> Bool
  ) -> Bool {
    (first..<buffer.count).contains { index in
      stubborn.contains(buffer.actions[index])
        && isWanted(
          search.store.pointee.find(buffer.state(index), hash: buffer.hashes[index]))
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
