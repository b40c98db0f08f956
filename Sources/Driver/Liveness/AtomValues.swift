import Exploration
import TransitionSystem

/// Evaluates the state formulas of a property in every state of a graph.
struct AtomValues: ~Copyable {
  private var stepper: Stepper
  private let count: Int

  init(_ system: TransitionSystem, _ atoms: [StateProperty]) {
    var system = system
    system.properties = atoms
    stepper = Stepper(system)
    count = atoms.count
  }

  /// By state, atom i as bit i; nil where one cannot be evaluated.
  ///
  /// States without all their transitions do not count as quiescent.
  mutating func values(in graph: ReachabilityGraph) -> [UInt64]? {
    var all: [UInt64] = []
    all.reserveCapacity(graph.stateCount)
    for number in 0..<graph.stateCount {
      let state = graph.state(number)
      let isQuiescent = number < graph.expandedCount && graph.isQuiescent[number]
      var bits: UInt64 = 0
      for atom in 0..<count {
        guard let isTrue = stepper.isTrue(property: atom, in: state, isQuiescent: isQuiescent)
        else { return nil }
        if isTrue { bits |= 1 << UInt64(atom) }
      }
      all.append(bits)
    }
    return all
  }
}
