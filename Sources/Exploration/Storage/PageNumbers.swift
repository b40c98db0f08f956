import Columns

/// Memory of a column that several threads fill, all of it.
///
/// If not in spare ones, in small pages: each is written once, and read in order. Huge ones that
/// nobody has used for a while took five times as long to get on a virtual machine, whose host
/// takes them back.
/// Threads: each writes elements of its own.
final class PageNumbers<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Element>
  private let block: PageBlock?
  private let spare: SparePages?

  /// In spare pages where there is room, which hold anything; nil where the system refuses.
  init?(count: Int, in spare: SparePages?) {
    let bytes = count * MemoryLayout<Element>.stride
    if let spare, let room = spare.take(bytes) {
      base = room.assumingMemoryBound(to: Element.self)
      block = nil
      self.spare = spare
      return
    }
    guard let block = PageBlock(byteCount: bytes, hugePagesFrom: .max) else { return nil }
    base = block.base.assumingMemoryBound(to: Element.self)
    self.block = consume block
    self.spare = nil
  }

  /// The first elements. Requires: they will not change.
  func column(count: Int) -> Column<Element> {
    Column(base: base, count: count, owner: self)
  }
}
