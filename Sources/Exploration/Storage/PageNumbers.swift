import Columns

/// Memory of a column that several threads fill.
///
/// In small pages: each is written once, and read in order. Huge ones that nobody has used for a
/// while took five times as long to get on a virtual machine, whose host takes them back.
/// Threads: each writes elements of its own.
final class PageNumbers<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>
  private let block: PageBlock

  /// Zeroes; nil where the system refuses.
  init?(count: Int) {
    let bytes = count * MemoryLayout<Element>.stride
    guard let block = PageBlock(byteCount: bytes, hugePagesFrom: .max) else { return nil }
    base = block.base.assumingMemoryBound(to: Element.self)
    self.block = block
  }

  /// The first elements. Requires: they will not change.
  func column(count: Int) -> Column<Element> {
    Column(base: base, count: count, owner: self)
  }
}
