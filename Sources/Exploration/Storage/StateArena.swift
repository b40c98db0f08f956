/// Packed states of all workers, one behind the other, in chunks that never move.
///
/// A worker appends to its own chunks only, so states of one worker are in the order in which it
/// stored them. Chunks hold a power of two of states, about 4 MiB; only touched pages take memory.
/// Price: `8 * wordCount` bytes a state, and one table of chunk addresses.
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

  /// Where one worker appends.
  struct Writer {
    let worker: Int
    /// Places in use.
    var count = 0
    /// Places for which there is memory.
    var room = 0
  }

  init?(wordCount: Int, workers: Int, budget: MemoryBudget) {
    precondition(workers >= 1 && workers <= StateID.workersMax)
    let bytes = 8 * max(1, wordCount)
    self.wordCount = wordCount
    self.workers = workers
    self.budget = budget
    chunkShift = max(4, 63 - ((4 << 20) / bytes | 1).leadingZeroBitCount)
    chunksMax = min(budget.limit / (bytes << chunkShift) + 2, (1 << 32) >> chunkShift)
    guard let table = PageBlock(byteCount: 8 * workers * chunksMax) else { return nil }
    self.table = table
  }

  private var chunkBytes: Int { 8 * max(1, wordCount) << chunkShift }

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

  /// Makes room for one more state; false where memory is refused.
  @inline(__always)
  func makeRoom(_ writer: inout Writer) -> Bool {
    writer.count < writer.room || allocate(&writer)
  }

  @inline(never)
  private func allocate(_ writer: inout Writer) -> Bool {
    let chunk = writer.room >> chunkShift
    guard chunk < chunksMax, writer.room + 1 << chunkShift <= StateID.placesMax,
      budget.reserve(chunkBytes)
    else { return false }
    guard let block = PageBlock(byteCount: chunkBytes) else {
      budget.release(chunkBytes)
      return false
    }
    entry(writer.worker, chunk).pointee = block.leak()
    writer.room += 1 << chunkShift
    return true
  }

  deinit {
    for worker in 0..<workers {
      var chunk = 0
      while chunk < chunksMax, let base = entry(worker, chunk).pointee {
        PageBlock.free(leaked: base, byteCount: chunkBytes)
        budget.release(chunkBytes)
        chunk += 1
      }
    }
  }
}
