import TransitionSystem

/// How states are cut for tree compression: into leaves of at most 64 bits, whose numbers are
/// paired up to one root.
///
/// The fewer different values the parts have, the less memory they need; so what changes together
/// belongs into one part. A leaf takes the bits of one agent (its variables, the channels to it,
/// and shared slots that only it and one other write), or of several whole agents where they fit.
/// Pairs are made by halving the row of agents, so that neighbours in a ring stay together. Cut at
/// the words of the state instead, `leader-election` 7 has 898 000 nodes for 746 240 states; cut at
/// its agents 19 000.
struct StateTree: Sendable, Equatable {
  /// A run of bits of a word, and the lowest bit that it takes in the leaf.
  struct Run: Sendable, Hashable {
    let word: Int
    let shift: UInt64
    let mask: UInt64
    let place: UInt64
  }

  /// Two parts. Parts are numbered: first the leaves, then the pairs.
  struct Pair: Sendable, Hashable {
    let left: Int
    let right: Int
  }

  let wordCount: Int
  let leaves: [[Run]]
  /// Each behind its parts; the last is the root.
  let pairs: [Pair]
  /// What the only leaf takes; 0 where there are pairs.
  let leafBits: Int

  /// States of so few bits are their own roots: slots of 4 bytes hold them, and no node is stored.
  static let leafBitsMax = 37

  var partCount: Int { leaves.count + pairs.count }

  /// For words of which nothing is known.
  init(wordCount: Int) {
    self.init(
      wordCount: wordCount,
      units: (0..<wordCount).map { [Field(word: Int32($0), shift: 0, width: 64)] })
  }

  /// The row of `units` is cut between two of them where that is possible.
  ///
  /// Requires: they have all bits of the state that are not always 0, at least one.
  init(wordCount: Int, units: [[Field]]) {
    var growth = Growth()
    let bits = StateTree.bits(units)
    _ = growth.add(units, isRoot: bits > StateTree.leafBitsMax)
    self.wordCount = wordCount
    leaves = growth.leaves.map(StateTree.runs)
    leafBits = growth.pairs.isEmpty ? bits : 0
    let count = growth.leaves.count
    func number(_ part: Growth.Part) -> Int {
      switch part {
      case .leaf(let index): index
      case .pair(let index): count + index
      }
    }
    pairs = growth.pairs.map { Pair(left: number($0.left), right: number($0.right)) }
  }

  fileprivate static func bits(_ units: [[Field]]) -> Int {
    units.reduce(0) { $0 + $1.reduce(0) { $0 + $1.width } }
  }

  /// Fields that lie side by side are one run.
  private static func runs(_ fields: [Field]) -> [Run] {
    var runs: [Run] = []
    var (word, start, end, place) = (0, 0, 0, 0)
    func add() {
      if start == end { return }
      let mask = UInt64.max >> UInt64(64 - (end - start))
      runs.append(
        Run(word: word, shift: UInt64(start), mask: mask, place: UInt64(place - (end - start))))
    }
    for field in fields.sorted(by: { ($0.word, $0.shift) < ($1.word, $1.shift) }) {
      if Int(field.word) != word || field.shift != end {
        add()
        (word, start, end) = (Int(field.word), field.shift, field.shift)
      }
      end += field.width
      place += field.width
    }
    add()
    return runs
  }
}

/// A tree under construction.
private struct Growth {
  enum Part {
    case leaf(Int)
    case pair(Int)
  }

  var leaves: [[Field]] = []
  var pairs: [(left: Part, right: Part)] = []

  /// Adds the tree of a row of units; a pair at least, for a root.
  mutating func add(_ units: [[Field]], isRoot: Bool = false) -> Part {
    if !isRoot && StateTree.bits(units) <= 64 {
      leaves.append(units.flatMap(\.self))
      return .leaf(leaves.count - 1)
    }
    let (first, second) = halves(units)
    let left = add(first)
    let right = add(second)
    pairs.append((left, right))
    return .pair(pairs.count - 1)
  }

  /// The cut that leaves the most equal numbers of bits; through a unit where there is only one,
  /// and through a field where that is the only one.
  private func halves(_ units: [[Field]]) -> ([[Field]], [[Field]]) {
    if units.count > 1 {
      let total = StateTree.bits(units)
      var (cut, leastDifference, before) = (1, Int.max, 0)
      for (index, unit) in units.dropLast().enumerated() {
        before += StateTree.bits([unit])
        let difference = abs(2 * before - total)
        if difference < leastDifference { (cut, leastDifference) = (index + 1, difference) }
      }
      return (Array(units[..<cut]), Array(units[cut...]))
    }
    let unit = units.first ?? []
    if unit.count > 1 { return halves(unit.map { [$0] }) }
    let parts = unit.flatMap { field in
      let low = field.width / 2
      return [
        Field(word: field.word, shift: field.shift, width: low),
        Field(word: field.word, shift: field.shift + low, width: field.width - low),
      ]
    }
    return ([[parts[0]]], [[parts[1]]])
  }
}
