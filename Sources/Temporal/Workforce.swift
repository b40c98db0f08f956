import Columns
import Synchronization

/// Threads that execute one task together.
public struct Workforce: Sendable {
  public typealias Task = @Sendable (_ worker: Int) -> Void

  public let count: Int
  /// Regions with fewer nodes are left to one worker's depth-first search; alone, all are.
  let regionMin: Int
  /// So many rounds through a region may settle next to nothing, for one that settles much may
  /// follow; then lists take over.
  let roundsMin: Int
  /// Executes the task once for each worker and returns when all are through.
  let run: @Sendable (@escaping Task) -> Void

  public init(
    count: Int, regionMin: Int? = nil, roundsMin: Int = 16,
    run: @escaping @Sendable (@escaping Task) -> Void
  ) {
    self.count = count
    self.regionMin = regionMin ?? (count == 1 ? .max : 1 << 15)
    self.roundsMin = roundsMin
    self.run = run
  }

  public static let alone = Workforce(count: 1) { $0(0) }

  /// Fewer items than this are left to the calling thread: waking the others costs more.
  static let itemsMin = 1 << 10
  private static let chunkMax = 1 << 12

  /// Cuts `0..<count` into chunks and lets the workers take them.
  ///
  /// What they do to shared memory must not depend on who takes which.
  public func forEachChunk(
    of count: Int, _ body: @escaping @Sendable (_ worker: Int, _ items: Range<Int>) -> Void
  ) {
    if self.count == 1 || count < Workforce.itemsMin {
      if count > 0 { body(0, 0..<count) }
      return
    }
    let size = min(Workforce.chunkMax, max(128, count / (self.count * 8)))
    takeChunks(of: 0..<count, size, body)
  }

  /// The same where most items ask about some that come a little before them, as states do in a
  /// round through their levels: in small chunks, so that few of those are in hand elsewhere. The
  /// first ones, of which there are few in a level, are left to the calling thread.
  ///
  /// With large chunks a second worker made a round useless: what it went on from was not settled,
  /// in the first levels, and then in none.
  func forEachChunkInOrder(
    of count: Int, _ body: @escaping @Sendable (_ worker: Int, _ items: Range<Int>) -> Void
  ) {
    let first = self.count == 1 ? count : min(count, Workforce.aloneMax)
    if first > 0 { body(0, 0..<first) }
    // Of a part of a level, if there are a few hundred levels.
    let size = min(1 << 10, max(1 << 8, count >> 13))
    if first < count { takeChunks(of: first..<count, size, body) }
  }

  private static let aloneMax = 1 << 13

  private func takeChunks(
    of all: Range<Int>, _ size: Int,
    _ body: @escaping @Sendable (_ worker: Int, _ items: Range<Int>) -> Void
  ) {
    // Relaxed: the cursor only divides the work; the end of `run` orders all data.
    let cursor = Cursor()
    run { worker in
      while true {
        let first = all.lowerBound + cursor.next.add(size, ordering: .relaxed).oldValue
        if first >= all.upperBound { return }
        body(worker, first..<min(first + size, all.upperBound))
      }
    }
  }

  /// Lets the workers take the items `0..<count`, one at a time.
  ///
  /// What they do to shared memory must not depend on who takes which.
  func forEachItem(of count: Int, _ body: @escaping @Sendable (_ worker: Int, _ item: Int) -> Void)
  {
    if self.count == 1 || count <= 1 {
      for item in 0..<count { body(0, item) }
      return
    }
    // Relaxed: as above.
    let cursor = Cursor()
    run { worker in
      while true {
        let item = cursor.next.add(1, ordering: .relaxed).oldValue
        if item >= count { return }
        body(worker, item)
      }
    }
  }

  /// A column of which the workers, each for its chunks of `0..<items`, initialise all elements.
  public func column<Element: BitwiseCopyable & Sendable>(
    count: Int, over items: Int,
    _ body: @escaping @Sendable (_ worker: Int, Range<Int>, UnsafeMutablePointer<Element>) -> Void
  ) -> Column<Element> {
    Column(count: count) { base in
      let memory = SharedMemory(base: base)
      forEachChunk(of: items) { worker, range in body(worker, range, memory.base) }
    }
  }

  /// Memory of which every worker writes a part of its own.
  private struct SharedMemory<Element>: @unchecked Sendable {
    let base: UnsafeMutablePointer<Element>
  }

  private final class Cursor: Sendable {
    let next = Atomic<Int>(0)
  }
}
