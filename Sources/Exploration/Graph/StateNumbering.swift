import Columns

/// Numbers for the states that several workers stored: level by level, and in a level by worker and
/// place.
///
/// They differ from run to run inside a level, so nothing is chosen by them. Numbers that do not,
/// in the order in which one worker would have met the states, were tried: a breadth-first walk
/// through the logs, which no second worker can help with, took longer than the search.
///
/// Price: 4 bytes for each state by each of two numbers.
struct StateNumbering: Sendable {
  /// Part of what one worker stored of one level.
  private struct Piece: Sendable {
    let first: Int
    let worker: Int
    let places: Range<Int>
  }

  let count: Int
  private let workers: Int
  /// By number in the logs (see `GraphLog`); of states of the levels only.
  private let numbers: PageNumbers<Int32>
  private let known: PageNumbers<Int32>

  /// States of a piece at most.
  private static let pieceMax = 1 << 12

  /// The states of the first levels; nil where memory is refused.
  init?(_ levels: LevelTable, levelCount: Int, _ team: WorkerTeam) {
    workers = levels.workers
    count = levels.statesBefore(levelCount)
    let placesMax = (0..<workers).map { levels.start(of: levelCount, worker: $0) }.max() ?? 0
    guard let numbers = PageNumbers<Int32>(count: placesMax * workers),
      let known = PageNumbers<Int32>(count: count)
    else { return nil }
    self.numbers = numbers
    self.known = known
    let (numbering, pieces) = (self, StateNumbering.pieces(levels, levelCount))
    team.forEachItem(of: pieces.count) { numbering.fill(pieces[$0]) }
  }

  private static func pieces(_ levels: LevelTable, _ levelCount: Int) -> [Piece] {
    var pieces: [Piece] = []
    var next = 0
    for level in 0..<levelCount {
      for worker in 0..<levels.workers {
        var rest = levels.range(level: level, worker: worker)
        while !rest.isEmpty {
          let places = rest.prefix(pieceMax)
          pieces.append(Piece(first: next, worker: worker, places: places))
          next += places.count
          rest = places.upperBound..<rest.upperBound
        }
      }
    }
    return pieces
  }

  private func fill(_ piece: Piece) {
    var number = piece.first
    for place in piece.places {
      // Safety: places lie below `placesMax`, and numbers below `count`.
      let own = place * workers + piece.worker
      numbers.base[own] = Int32(truncatingIfNeeded: number)
      known.base[number] = Int32(truncatingIfNeeded: own)
      number += 1
    }
  }

  /// The number of a state of the levels by its number in the logs.
  @inline(__always)
  func number(_ known: Int32) -> Int32 { numbers.base[Int(known)] }

  /// By state: its number in the logs.
  var places: Column<Int32> { known.column(count: count) }
}
