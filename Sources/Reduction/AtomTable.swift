import TransitionSystem

/// The atoms of all actions, none twice.
struct AtomTable: Sendable {
  private(set) var placed: [Placed] = []
  /// By atom.
  private(set) var slots: [Int] = []
  /// Of action a: `list[starts[a] ..< starts[a + 1]]`.
  private var list: [Int] = []
  private var starts: [Int] = [0]

  /// An atom with its place in the packed state.
  struct Placed: Sendable, BitwiseCopyable {
    let word: Int
    let shift: UInt64
    let valueMask: UInt64
    let mask: UInt64

    @inline(__always)
    func isFalse(in state: UnsafePointer<UInt64>) -> Bool {
      mask >> (state[word] >> shift & valueMask) & 1 == 0
    }
  }

  /// Calls `isNew` with each atom that was not there before.
  init(_ facts: [ActionFacts], _ layout: StateLayout, isNew: (Atom) -> Void) {
    // By slot: there are few on each.
    var known = [[(mask: UInt64, number: Int)]](repeating: [], count: layout.slots.count)
    for facts in facts {
      for atom in facts.atoms {
        if let old = known[atom.slot].first(where: { $0.mask == atom.mask }) {
          list.append(old.number)
          continue
        }
        known[atom.slot].append((atom.mask, placed.count))
        list.append(placed.count)
        let position = layout.positions[atom.slot]
        placed.append(
          Placed(
            word: Int(position.word), shift: UInt64(position.shift),
            valueMask: 1 << UInt64(layout.slots[atom.slot].width) - 1, mask: atom.mask))
        slots.append(atom.slot)
        isNew(atom)
      }
      starts.append(list.count)
    }
  }

  var count: Int { placed.count }

  func of(_ action: Int) -> ArraySlice<Int> { list[starts[action]..<starts[action + 1]] }

  /// Row a: the atoms of action a.
  func rows(width: Int) -> [UInt64] {
    var rows = [UInt64](repeating: 0, count: (starts.count - 1) * width)
    for action in 0..<starts.count - 1 {
      for atom in of(action) { rows[action * width + atom >> 6] |= 1 << UInt64(atom & 63) }
    }
    return rows
  }
}
