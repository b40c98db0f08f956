import Glibc

/// A block of zeroed pages straight from the system; only touched pages take memory.
///
/// Invariant: `base` is valid for `byteCount` bytes until the value is destroyed.
struct PageBlock: ~Copyable {
  let base: UnsafeMutableRawPointer
  let byteCount: Int

  private static let page = 4096
  static let hugePage = 2 << 20

  /// Nil where the system refuses. Blocks of a huge page and more are aligned and ask for them:
  /// that saves most page faults and TLB misses of a table that is read at random. Those of which
  /// perhaps only the beginning is used do so from some byte on.
  ///
  /// `isTable`: all pages will be touched, by several threads, and read before they are written.
  /// Those that are not huge are made at once then: a page that is read first is the zero page of
  /// the system, and to replace it all processors that run the process have to be told.
  /// `populates`: whether that is done here, and not part by part (`populate`).
  init?(
    byteCount: Int, hugePagesFrom: Int = 0, isTable: Bool = false, populates: Bool = true
  ) {
    let size = (max(byteCount, 1) + PageBlock.page - 1) & ~(PageBlock.page - 1)
    let slack = size >= PageBlock.hugePage ? PageBlock.hugePage : 0
    let isMadeNow = isTable && slack == 0 && (populates || !PageBlock.canPopulate)
    let mapped = mmap(
      nil, size + slack, PROT_READ | PROT_WRITE,
      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | (isMadeNow ? MAP_POPULATE : 0), -1, 0)
    guard let mapped, mapped != MAP_FAILED else { return nil }
    self.byteCount = size
    guard slack > 0 else {
      base = mapped
      return
    }
    base = mapped.alignedUp(toMultipleOf: PageBlock.hugePage)
    // Safety: both ranges lie inside the fresh mapping, before and behind the block.
    let head = base - mapped
    if head > 0 { munmap(mapped, head) }
    if slack - head > 0 { munmap(base + size, slack - head) }
    if hugePagesFrom < size {
      _ = madvise(base + hugePagesFrom, size - hugePagesFrom, Int32(MADV_HUGEPAGE))
    }
  }

  /// `MADV_POPULATE_WRITE` (Linux 5.14), which older headers do not have.
  private static let populateWrite: Int32 = 23

  /// Whether the system knows it.
  private static let canPopulate: Bool = {
    // Safety: no bytes, so nothing is done but to look whether the advice is known.
    madvise(UnsafeMutableRawPointer(bitPattern: page), 0, PageBlock.populateWrite) == 0
  }()

  /// Makes the pages of a range that are not huge. Pages that are there stay as they are.
  ///
  /// Threads: several.
  func populate(from: Int, to: Int) {
    guard byteCount < PageBlock.hugePage, PageBlock.canPopulate else { return }
    let first = from & ~(PageBlock.page - 1)
    let last = min(byteCount, (to + PageBlock.page - 1) & ~(PageBlock.page - 1))
    // Safety: the range lies inside the block. Where memory is short, pages are made one by one.
    if first < last { _ = madvise(base + first, last - first, PageBlock.populateWrite) }
  }

  /// Gives the whole pages inside a range back to the system; they read as zero afterwards.
  func discard(from: Int, to: Int) {
    let first = (from + PageBlock.page - 1) & ~(PageBlock.page - 1)
    let last = to & ~(PageBlock.page - 1)
    // Safety: the range lies inside the block, and the caller no longer reads it.
    if first < last { _ = madvise(base + first, last - first, Int32(MADV_DONTNEED)) }
  }

  /// Gives up ownership: the pages stay until `free(leaked:byteCount:)`.
  consuming func leak() -> UnsafeMutableRawPointer {
    let pointer = base
    discard self
    return pointer
  }

  /// Frees a block that was leaked.
  static func free(leaked base: UnsafeMutableRawPointer, byteCount: Int) {
    // Safety: the caller owns the pages of a leaked block of this size.
    munmap(base, (max(byteCount, 1) + page - 1) & ~(page - 1))
  }

  deinit { munmap(base, byteCount) }
}
