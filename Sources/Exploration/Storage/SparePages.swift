/// Pages that were taken for something that is done with: to use them again costs nothing, where
/// fresh ones have to be zeroed by the system first.
///
/// Threads: one at a time.
final class SparePages {
  private let block: PageBlock
  private var used = 0

  init(_ block: consuming PageBlock) { self.block = block }

  /// Room for so many bytes; nil where it is used up.
  ///
  /// Requires: it is not touched when these pages are gone.
  func take(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    // A page, so that no two columns have a line in common.
    let size = (byteCount + 4095) & ~4095
    if block.byteCount - used < size { return nil }
    defer { used += size }
    return block.base + used
  }
}
