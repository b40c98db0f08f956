/// A growing array of plain values whose memory is counted against the budget.
///
/// Complexity: amortised constant; grows by half.
struct CountedStack<Element: BitwiseCopyable>: ~Copyable {
  private var base: UnsafeMutablePointer<Element>
  private var capacity: Int
  private(set) var count = 0
  /// Most elements at a time.
  private(set) var peak = 0
  private let budget: MemoryBudget

  init(budget: MemoryBudget) {
    self.budget = budget
    capacity = 1024
    base = .allocate(capacity: capacity)
    _ = budget.reserve(capacity * MemoryLayout<Element>.stride)
  }

  deinit {
    budget.release(capacity * MemoryLayout<Element>.stride)
    base.deallocate()
  }

  var isEmpty: Bool { count == 0 }
  var byteCount: Int { capacity * MemoryLayout<Element>.stride }

  @inline(__always)
  subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count)
      return base[index]
    }
    set {
      precondition(index >= 0 && index < count)
      base[index] = newValue
    }
  }

  /// False, and nothing appended, where the budget refuses.
  @inline(__always)
  mutating func append(_ element: Element) -> Bool {
    if count == capacity && !grow() { return false }
    (base + count).initialize(to: element)
    count += 1
    if count > peak { peak = count }
    return true
  }

  @inline(__always)
  mutating func popLast() -> Element? {
    if count == 0 { return nil }
    count -= 1
    return base[count]
  }

  /// Takes the oldest elements, at most `count` of them.
  ///
  /// Complexity: linear in the number of elements, of which the rest move down.
  mutating func takeFirst(_ number: Int) -> [Element] {
    precondition(number >= 0 && number <= count)
    let taken = Array(UnsafeBufferPointer(start: base, count: number))
    count -= number
    // Safety: both ranges lie inside the memory, and elements are plain values.
    base.update(from: base + number, count: count)
    return taken
  }

  mutating func truncate(to length: Int) { count = min(count, length) }

  @inline(never)
  private mutating func grow() -> Bool {
    let larger = capacity + capacity / 2
    let extra = (larger - capacity) * MemoryLayout<Element>.stride
    guard budget.reserve(extra) else { return false }
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    // Safety: both hold at least `count` elements; the old memory is not used afterwards.
    moved.update(from: base, count: count)
    base.deallocate()
    base = moved
    capacity = larger
    return true
  }
}
