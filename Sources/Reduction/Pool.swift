/// Plain values in memory that grows, read without checks.
///
/// Count and place lie in memory too, for the reason given at `ActionStack`.
///
/// Safety: places are below the count.
struct Pool<Element: BitwiseCopyable>: ~Copyable {
  private struct Header {
    var base: UnsafeMutablePointer<Element>
    var count: Int
    var capacity: Int
  }

  private let header: UnsafeMutablePointer<Header>

  init() {
    header = .allocate(capacity: 1)
    header.initialize(to: Header(base: .allocate(capacity: 16), count: 0, capacity: 16))
  }

  deinit {
    header.pointee.base.deallocate()
    header.deallocate()
  }

  @inline(__always)
  var count: Int { header.pointee.count }

  var byteCount: Int { header.pointee.capacity * MemoryLayout<Element>.stride }

  /// Where the elements lie until one is added.
  @inline(__always)
  var base: UnsafePointer<Element> { UnsafePointer(header.pointee.base) }

  @inline(__always)
  subscript(place: Int) -> Element { header.pointee.base[place] }

  func replace(_ place: Int, by element: Element) { header.pointee.base[place] = element }

  func removeAll() { header.pointee.count = 0 }

  func append(_ element: Element) {
    if header.pointee.count == header.pointee.capacity { grow() }
    (header.pointee.base + header.pointee.count).initialize(to: element)
    header.pointee.count += 1
  }

  private func grow() {
    let capacity = 2 * header.pointee.capacity
    let base = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    base.update(from: header.pointee.base, count: header.pointee.count)
    header.pointee.base.deallocate()
    header.pointee.base = base
    header.pointee.capacity = capacity
  }
}
