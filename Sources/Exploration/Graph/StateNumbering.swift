import Columns

/// Numbers for the states that several workers stored: level by level, and in a level by worker and
/// place.
///
/// They differ from run to run inside a level, so nothing is chosen by them. Numbers that do not,
/// in the order in which one worker would have met the states, were tried: a breadth-first walk
/// through the logs, which no second worker can help with, took longer than the search. A table of
/// all numbers was, too: looked up it takes as long as the pieces, but it has to be made.
///
/// Price: 1 byte for eight states by each of two numbers, a few for each level.
struct StateNumbering: Sendable {
  let count: Int
  private let workerBits: Int
  /// Of the line on which the places of the second worker follow those of the first, and so on.
  private let lines: PieceTable
  /// By worker: where its places begin there.
  private let bases: Column<Int>
  /// By piece of the line: the difference to the number of a state.
  private let differences: Column<Int>
  /// Of the line of numbers.
  private let numbers: PieceTable
  /// By piece of that: the difference to the place, and the worker.
  private let origins: Column<Origin>

  private struct Origin {
    let difference: Int
    let worker: Int
  }

  /// Part of what one worker stored: the states of one level.
  private struct Piece {
    let first: Int
    let worker: Int
    let places: Range<Int>
  }

  /// The states of the first levels.
  init(_ levels: LevelTable, levelCount: Int) {
    let workers = levels.workers
    workerBits = GraphLog.workerBits(workers)
    count = levels.statesBefore(levelCount)
    let pieces = StateNumbering.pieces(levels, levelCount)
    numbers = PieceTable(starts: pieces.map(\.first), count: count)
    origins = Column(
      pieces.map { Origin(difference: $0.places.lowerBound - $0.first, worker: $0.worker) })
    var (bases, starts, differences) = ([Int](), [Int](), [Int]())
    var base = 0
    for worker in 0..<workers {
      bases.append(base)
      for piece in pieces where piece.worker == worker {
        let start = base + piece.places.lowerBound
        // What goes on as before is no piece of its own.
        if differences.last == piece.first - start { continue }
        starts.append(start)
        differences.append(piece.first - start)
      }
      base += levels.start(of: levelCount, worker: worker)
    }
    self.bases = Column(bases)
    self.differences = Column(differences)
    lines = PieceTable(starts: starts, count: base)
  }

  private static func pieces(_ levels: LevelTable, _ levelCount: Int) -> [Piece] {
    var pieces: [Piece] = []
    var next = 0
    for level in 0..<levelCount {
      for worker in 0..<levels.workers {
        let places = levels.range(level: level, worker: worker)
        if places.isEmpty { continue }
        pieces.append(Piece(first: next, worker: worker, places: places))
        next += places.count
      }
    }
    return pieces
  }

  /// The number of a state of the levels by its number in the logs (see `GraphLog`).
  @inline(__always)
  func number(_ known: Int32) -> Int32 {
    let known = Int(known)
    let place = bases[known & (1 &<< workerBits &- 1)] &+ known &>> workerBits
    return Int32(truncatingIfNeeded: place &+ differences[lines.piece(of: place)])
  }

  /// Calls `body` with parts of a range whose states are those of one worker, one after the other,
  /// and with the number in the logs of the first.
  func forEachRun(of states: Range<Int>, _ body: (_ part: Range<Int>, _ known: Int) -> Void) {
    var first = states.lowerBound
    while first < states.upperBound {
      let end = min(numbers.end(of: numbers.piece(of: first)), states.upperBound)
      body(first..<end, known(first))
      first = end
    }
  }

  /// Its number in the logs by its number.
  @inline(__always)
  func known(_ number: Int) -> Int {
    let origin = origins[numbers.piece(of: number)]
    return (number &+ origin.difference) &<< workerBits | origin.worker
  }
}
