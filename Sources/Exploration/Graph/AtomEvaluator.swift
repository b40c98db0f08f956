import Columns
import TransitionSystem

/// Evaluates state formulas in states of a graph; one for each thread.
public struct AtomEvaluator: ~Copyable {
  private var machine: Machine
  private let count: Int

  public init(_ system: TransitionSystem, _ atoms: [StateProperty]) {
    var system = system
    system.properties = atoms
    system.temporalProperties = []
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
    for number in states {
      let state = graph.words(of: number)
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
