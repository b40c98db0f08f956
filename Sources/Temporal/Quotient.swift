/// The quotient of a product by numbers of its nodes, with what the first weak constraints have to
/// do with it.
///
/// Threads: one at a time.
final class Quotient: @unchecked Sendable {
  private let count: Int
  /// By number and number: the constraints that edges between their nodes serve, as bits, and
  /// whether there are any.
  private let edges: UnsafeMutablePointer<UInt64>
  /// By number: the constraints that all of its nodes enable.
  private let enabled: UnsafeMutablePointer<UInt64>

  /// Nodes have numbers from 1 to this.
  static let numbersMax = 127
  static let layersMax = 63
  private static let rowLength = numbersMax + 1
  private static let isEdge: UInt64 = 1 << 63

  init(count: Int) {
    precondition(count <= Quotient.numbersMax)
    self.count = count
    edges = .allocate(capacity: Quotient.rowLength * Quotient.rowLength)
    edges.initialize(repeating: 0, count: Quotient.rowLength * Quotient.rowLength)
    enabled = .allocate(capacity: Quotient.rowLength)
    enabled.initialize(repeating: ~0, count: Quotient.rowLength)
  }

  deinit {
    edges.deallocate()
    enabled.deallocate()
  }

  // Safety, here and below: numbers have seven bits.

  /// Notes an edge and what it serves.
  @inline(__always)
  func note(_ weak: UInt64, from source: UInt8, to target: UInt8) {
    assert(max(source, target) <= Quotient.numbersMax)
    let (place, bits) = (
      Int(source) &* Quotient.rowLength &+ Int(target), weak | Quotient.isEdge
    )
    // Most have been noted: to write again, each edge would wait for the one before.
    if edges[place] & bits != bits { edges[place] |= bits }
  }

  /// Notes what a node enables.
  @inline(__always)
  func note(enabled constraints: UInt64, in number: UInt8) {
    assert(number <= Quotient.numbersMax)
    if enabled[Int(number)] & ~constraints != 0 { enabled[Int(number)] &= constraints }
  }

  func add(_ other: Quotient) {
    for place in 0..<Quotient.rowLength * Quotient.rowLength { edges[place] |= other.edges[place] }
    for number in 0..<Quotient.rowLength { enabled[number] &= other.enabled[number] }
  }

  private func edge(_ source: Int, _ target: Int) -> UInt64 {
    edges[source * Quotient.rowLength + target]
  }

  /// By number: its component, from 1 on, or 0 where no fair execution can stay in that. If there
  /// are too many, some components have the same number.
  func layers(omitting omitted: Set<Layers.Rule> = []) -> [UInt8] {
    let reach = reach
    var layers = [UInt8](repeating: 0, count: Quotient.rowLength)
    var isSeen = [Bool](repeating: false, count: Quotient.rowLength)
    var layerCount = 0
    for first in 1...count where !isSeen[first] {
      let members = (1...count).filter {
        $0 == first
          || reach[first][$0] && reach[$0][first] && !omitted.contains(.components)
      }
      for member in members { isSeen[member] = true }
      guard mayBeFair(members, counting: !omitted.contains(.served)) else { continue }
      for member in members { layers[member] = UInt8(1 + layerCount % Quotient.layersMax) }
      layerCount += 1
    }
    return layers
  }

  /// Whether there are edges inside a component, and no constraint is enabled everywhere and served
  /// nowhere.
  private func mayBeFair(_ members: [Int], counting served: Bool) -> Bool {
    let inside = members.reduce(0 as UInt64) { sum, source in
      members.reduce(sum) { $0 | edge(source, $1) }
    }
    let everywhere = members.reduce(~0 as UInt64) { $0 & enabled[$1] }
    let owed = everywhere & ~(served ? inside : Quotient.isEdge)
    return inside & Quotient.isEdge != 0 && owed == 0
  }

  /// By number and number: whether a walk leads there (Warshall 1962).
  private var reach: [[Bool]] {
    var reach = (0...count).map { source in (0...count).map { edge(source, $0) != 0 } }
    for middle in 1...count {
      for source in 1...count where reach[source][middle] {
        for target in 1...count where reach[middle][target] { reach[source][target] = true }
      }
    }
    return reach
  }
}
