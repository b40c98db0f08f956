/// Plain values in memory that one worker reads and writes without checks.
///
/// Safety: places are below the count that it was made with.
struct Cells<Element: BitwiseCopyable>: ~Copyable {
  let base: UnsafeMutablePointer<Element>

  init(repeating element: Element, count: Int) {
    base = .allocate(capacity: max(1, count))
    base.initialize(repeating: element, count: max(1, count))
  }

  init(_ elements: [Element]) {
    base = .allocate(capacity: max(1, elements.count))
    _ = UnsafeMutableBufferPointer(start: base, count: elements.count)
      .initialize(from: elements)
  }

  deinit { base.deallocate() }

  @inline(__always)
  subscript(place: Int) -> Element {
    get { base[place] }
    nonmutating set { base[place] = newValue }
  }
}
