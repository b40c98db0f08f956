import CPrefetch
import Glibc

/// Packed states of all workers, one behind the other, in chunks that never move.
///
/// A worker appends to its own chunks only, so states of one worker are in the order in which it
/// stored them. Chunks hold a power of two of states, 4 to 8 MiB; only touched pages take memory.
/// Price: `8 * wordCount` bytes a state, and one table of chunk addresses.
///
/// As a queue it takes chunks of about 1 MiB, and those whose states are done with become room for
/// the next ones (`recycle`), so that hot pages are used again instead of fresh ones touched.
/// Behind the first chunk of a worker it takes as many together as make a huge page: to touch that
/// takes a third of the time of 512 pages, and to give it back a tenth.
///
/// Threads: `append` and `allocate` by the owner of the worker's part; `words(of:)` by any thread
/// that learnt the identity through an acquiring load of a slot (or behind a barrier), which orders
/// it behind both the words and the entry of the chunk table.
struct StateArena: ~Copyable {
  let wordCount: Int
  let chunkShift: Int
  let workers: Int
  private let chunksMax: Int
  private let budget: MemoryBudget
  /// `workers * chunksMax` addresses.
  private let table: PageBlock
  /// By worker: the chunks that exist. Changed by `allocate` and `recycle` only.
  private let live: UnsafeMutablePointer<Range<Int>>

  /// Where one worker appends.
  struct Writer {
    let worker: Int
    /// Places in use.
    var count = 0
    /// Places for which there is memory.
    var room = 0
  }

  init?(wordCount: Int, workers: Int, budget: MemoryBudget, isQueue: Bool = false) {
    precondition(workers >= 1 && workers <= StateID.workersMax)
    let bytes = 8 * max(1, wordCount)
    self.wordCount = wordCount
    self.workers = workers
    self.budget = budget
    // A queue has at most 1 MiB in a chunk; others have at least 4, most of it in huge pages.
    chunkShift =
      isQueue
      ? max(4, 63 - ((1 << 20) / bytes | 1).leadingZeroBitCount)
      : max(4, 64 - ((4 << 20 - 1) / bytes).leadingZeroBitCount)
    let chunksNamed = (1 << 32) >> chunkShift
    chunksMax = isQueue ? chunksNamed : min(budget.limit / (bytes << chunkShift) + 2, chunksNamed)
    guard let table = PageBlock(byteCount: 8 * workers * chunksMax) else { return nil }
    self.table = table
    live = .allocate(capacity: workers)
    live.initialize(repeating: 0..<0, count: workers)
  }

  private var chunkBytes: Int { 8 * max(1, wordCount) << chunkShift }

  /// Chunks that are a huge page together; one where none are.
  private var hugePageChunks: Int {
    PageBlock.hugePage % chunkBytes == 0 ? PageBlock.hugePage / chunkBytes : 1
  }

  private func entry(_ worker: Int, _ chunk: Int) -> UnsafeMutablePointer<UnsafeMutableRawPointer?>
  {
    // Safety: callers pass chunk < chunksMax; fresh pages read as nil.
    table.base.assumingMemoryBound(to: UnsafeMutableRawPointer?.self)
      + (worker * chunksMax + chunk)
  }

  /// The words of a stored state.
  @inline(__always)
  func words(worker: Int, place: Int) -> UnsafeMutablePointer<UInt64> {
    let chunk = entry(worker, place >> chunkShift).pointee
    let offset = (place & (1 << chunkShift - 1)) &* wordCount
    // Safety: the place was appended, so its chunk exists and is never freed before the arena.
    return chunk.unsafelyUnwrapped.assumingMemoryBound(to: UInt64.self) + offset
  }

  @inline(__always)
  func words(of id: StateID) -> UnsafePointer<UInt64> {
    UnsafePointer(words(worker: id.worker, place: id.place))
  }

  /// Asks for the words of a stored state.
  @inline(__always)
  func prefetch(_ id: StateID) {
    let words = words(of: id)
    cprefetch(words)
    if wordCount > 1 { cprefetch(words + (wordCount &- 1)) }
  }

  /// Makes room for one more state; false where memory is refused.
  @inline(__always)
  func makeRoom(_ writer: inout Writer) -> Bool {
    writer.count < writer.room || allocate(&writer)
  }

  @inline(never)
  private func allocate(_ writer: inout Writer) -> Bool {
    let count = writer.room == 0 ? 1 : hugePageChunks
    return allocate(count, &writer) || count > 1 && allocate(1, &writer)
  }

  /// Makes room for so many chunks, one behind the other in memory.
  private func allocate(_ count: Int, _ writer: inout Writer) -> Bool {
    let first = writer.room >> chunkShift
    let end = first + count
    guard end <= chunksMax, end << chunkShift <= StateID.placesMax,
      budget.reserve(count * chunkBytes)
    else { return false }
    guard let block = PageBlock(byteCount: count * chunkBytes) else {
      budget.release(count * chunkBytes)
      return false
    }
    let base = block.leak()
    for chunk in first..<end {
      entry(writer.worker, chunk).pointee = base + (chunk - first) * chunkBytes
    }
    writer.room = end << chunkShift
    live[writer.worker] = live[writer.worker].lowerBound..<end
    return true
  }

  /// Appends a state where `makeRoom` made room.
  @inline(__always)
  func append(_ state: UnsafePointer<UInt64>, _ writer: inout Writer) {
    // Safety: the place exists, and only this worker writes it.
    let words = words(worker: writer.worker, place: writer.count)
    for word in 0..<wordCount { words[word] = state[word] }
    writer.count &+= 1
  }

  /// Makes the chunks that hold nothing from `place` on room for states to come.
  ///
  /// Requires: nobody reads states before `place` any more, or appends at the same time.
  func recycle(before place: Int, of writer: inout Writer) {
    let chunks = live[writer.worker]
    var (first, end) = (chunks.lowerBound, chunks.upperBound)
    while first < place >> chunkShift, end < chunksMax,
      (end + 1) << chunkShift <= StateID.placesMax
    {
      let old = entry(writer.worker, first)
      entry(writer.worker, end).pointee = old.pointee
      old.pointee = nil
      first += 1
      end += 1
    }
    live[writer.worker] = first..<end
    writer.room = end << chunkShift
  }

  /// Gives the pages of a worker's states back, so that several threads can do that.
  ///
  /// Requires: nobody reads or appends any more.
  func giveBack(_ worker: Int) {
    // Safety: the chunks exist until the arena is gone.
    forEachStretch(of: worker) { madvise($0, $1, Int32(MADV_DONTNEED)) }
  }

  /// The memory of a worker. Chunks that lie one behind the other come together, so that no huge
  /// page has to be taken apart.
  private func forEachStretch(
    of worker: Int, _ body: (_ base: UnsafeMutableRawPointer, _ byteCount: Int) -> Void
  ) {
    var chunks = live[worker]
    while let first = chunks.popFirst() {
      guard let base = entry(worker, first).pointee else { continue }
      var byteCount = chunkBytes
      while let next = chunks.first, entry(worker, next).pointee == base + byteCount {
        chunks.removeFirst()
        byteCount += chunkBytes
      }
      body(base, byteCount)
    }
  }

  deinit {
    for worker in 0..<workers {
      forEachStretch(of: worker) { base, byteCount in
        PageBlock.free(leaked: base, byteCount: byteCount)
        budget.release(byteCount)
      }
    }
    live.deallocate()
  }
}
