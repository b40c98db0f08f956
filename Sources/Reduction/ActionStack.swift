/// A stack of actions with room for each once.
///
/// Its count lies in memory too, so that a class may have it as a constant: what is no variable of
/// a class needs no check of exclusive access.
struct ActionStack: ~Copyable {
  private let cells: Cells<Int32>
  private let height = Cells<Int>(repeating: 0, count: 1)

  init(capacity: Int) { cells = Cells(repeating: 0, count: capacity) }

  @inline(__always)
  var count: Int { height[0] }

  @inline(__always)
  func push(_ action: Int) {
    cells[height[0]] = Int32(truncatingIfNeeded: action)
    height[0] &+= 1
  }

  @inline(__always)
  func pop() -> Int? {
    if height[0] == 0 { return nil }
    height[0] &-= 1
    return Int(cells[height[0]])
  }

  @inline(__always)
  func removeAll() { height[0] = 0 }

  @inline(__always)
  subscript(place: Int) -> Int { Int(cells[place]) }
}
