import Columns

/// Pieces of a line, by place: which one a place lies on.
///
/// Price: 4 bytes for 64 places, 4 for a piece. Complexity: a few reads, all of them near where
/// those of a place near by were, and one more for each piece that begins shortly before.
struct PieceTable: Sendable {
  /// By piece, and one behind the last.
  private let starts: Column<Int32>
  /// By so many places: the piece that the first of them lies on.
  private let pieces: Column<Int32>

  private static let shift = 6

  /// Requires: `starts` ascends from 0, and all are below `count`, which is a number of 32 bits.
  init(starts: [Int], count: Int) {
    self.starts = Column(starts.map { Int32($0) } + [.max])
    var piece = 0
    pieces = Column(
      stride(from: 0, to: count, by: 1 << PieceTable.shift).map { place in
        while piece + 1 < starts.count, starts[piece + 1] <= place { piece += 1 }
        return Int32(piece)
      })
  }

  /// Behind its last place; of the last piece, any place behind the line.
  func end(of piece: Int) -> Int { Int(starts[piece + 1]) }

  /// Requires: the place is below the count.
  @inline(__always)
  func piece(of place: Int) -> Int {
    var piece = Int(pieces[place &>> PieceTable.shift])
    while Int(starts[piece &+ 1]) <= place { piece &+= 1 }
    return piece
  }
}
