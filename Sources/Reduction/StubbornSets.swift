/// Computes a stubborn set at one state after the other; one for each worker.
///
/// The closure of each enabled action that is no fault is computed, and given up as soon as it has
/// as many transitions as the best one so far. Where only faults are enabled there is no reduction:
/// then no member of a set could vouch for a deadlock further on, in which faults may be enabled.
///
/// Deterministic: depends on the state and its transitions only.
public struct StubbornSets {
  public let tables: StubbornTables
  private var counts: [Int32]
  private var enabled: [Int] = []
  private var members: [UInt64]
  private var best: [UInt64]

  public init(_ tables: StubbornTables) {
    self.tables = tables
    counts = Array(repeating: 0, count: tables.actionCount)
    members = Array(repeating: 0, count: tables.rowWords)
    best = members
  }

  /// Whether an action is in the set that was chosen last.
  public func contains(_ action: Int32) -> Bool {
    best[Int(action) >> 6] >> UInt64(action & 63) & 1 == 1
  }

  /// Chooses a set; false where none leaves anything out.
  ///
  /// Requires: `actions` has the action of each of the `count` transitions of the state, and no
  /// step of it fails.
  public mutating func choose(
    _ state: UnsafePointer<UInt64>, _ actions: UnsafePointer<Int32>, _ count: Int
  ) -> Bool {
    for action in enabled { counts[action] = 0 }
    enabled.removeAll(keepingCapacity: true)
    for index in 0..<count {
      let action = Int(actions[index])
      if counts[action] == 0 { enabled.append(action) }
      counts[action] += 1
    }
    if enabled.count < 2 { return false }
    var least = Int32(count)
    for seed in enabled where !tables.isFault[seed] {
      guard let size = close(seed, state, below: least) else { continue }
      least = size
      swap(&best, &members)
    }
    return least < Int32(count)
  }

  /// The transitions of the closure of one action; nil where they are not fewer than `limit`.
  private mutating func close(
    _ seed: Int, _ state: UnsafePointer<UInt64>, below limit: Int32
  ) -> Int32? {
    let width = tables.rowWords
    for word in 0..<width { members[word] = 0 }
    members[seed >> 6] = 1 << UInt64(seed & 63)
    var pending = [seed]
    var size: Int32 = 0
    while let action = pending.popLast() {
      size += counts[action]
      if size >= limit { return nil }
      if counts[action] > 0 {
        add(tables.brings, row: action, to: &pending)
      } else {
        let atom = falseAtom(of: action, state)
        add(atom.map { _ in tables.atomRows } ?? tables.remedies, row: atom ?? action, to: &pending)
      }
    }
    return size
  }

  private mutating func add(_ rows: [UInt64], row: Int, to pending: inout [Int]) {
    for word in 0..<tables.rowWords {
      var new = rows[row * tables.rowWords + word] & ~members[word]
      members[word] |= new
      while new != 0 {
        pending.append(word << 6 + new.trailingZeroBitCount)
        new &= new - 1
      }
    }
  }

  /// Of the atoms that are false, the one that brings the fewest new actions.
  private func falseAtom(of action: Int, _ state: UnsafePointer<UInt64>) -> Int? {
    var result: Int?
    var fewest = Int.max
    for index in tables.atomStart[action]..<tables.atomStart[action + 1] {
      let atom = tables.atoms[index]
      let value = state[atom.word] >> atom.shift & atom.valueMask
      if atom.mask >> value & 1 == 1 { continue }
      var price = 0
      for word in 0..<tables.rowWords {
        price += (tables.atomRows[index * tables.rowWords + word] & ~members[word]).nonzeroBitCount
      }
      if price < fewest { (fewest, result) = (price, index) }
    }
    return result
  }
}
