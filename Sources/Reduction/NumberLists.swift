/// Lists of numbers in memory that one worker reads without checks.
///
/// Safety: lists are below their count.
struct NumberLists: ~Copyable {
  private let first: Cells<Int32>
  private let numbers: Cells<Int32>

  init(_ lists: [[Int]]) {
    first = Cells(lists.reduce(into: [0]) { $0.append(($0.last ?? 0) + Int32($1.count)) })
    numbers = Cells(lists.flatMap { $0.map { Int32($0) } })
  }

  @inline(__always)
  func forEach(of list: Int, _ body: (Int) -> Void) {
    for place in first[list]..<first[list &+ 1] { body(Int(numbers[Int(place)])) }
  }
}
