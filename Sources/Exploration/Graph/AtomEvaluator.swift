import TransitionSystem

/// Evaluates state formulas in states of a graph; one for each thread.
public struct AtomEvaluator: ~Copyable {
  private var machine: Machine
  private let count: Int

  public init(_ system: TransitionSystem, _ atoms: [StateProperty]) {
    var system = system
    system.properties = atoms
    // Nothing else is compiled.
    system.actions = []
    machine = Machine(CompiledSystem(system))
    count = atoms.count
  }

  /// Atom i of each state as bit i; false where one cannot be evaluated.
  ///
  /// States without all their transitions do not count as quiescent.
  public mutating func evaluate(
    _ states: Range<Int>, of graph: ReachabilityGraph, _ note: (_ state: Int, UInt64) -> Void
  ) -> Bool {
    let width = graph.wordCount
    // A system without state has words to point at all the same.
    let words = graph.words.isEmpty ? [0] : graph.words
    return words.withUnsafeBufferPointer { words in
      for number in states {
        // Safety: the array holds `width` words of each state, and the machine keeps no pointer.
        guard let state = words.baseAddress.map({ $0 + number * width }) else { return false }
        let isQuiescent = number < graph.expandedCount && graph.isQuiescent[number]
        var bits: UInt64 = 0
        for atom in 0..<count {
          switch machine.evaluate(.property(atom), on: state, quiescent: isQuiescent) {
          case .true: bits |= 1 << UInt64(atom)
          case .false: break
          case .failure: return false
          }
        }
        note(number, bits)
      }
      return true
    }
  }
}
