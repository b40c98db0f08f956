import Columns
import Exploration
import Temporal
import TransitionSystem

/// What the agents that a property speaks of have in their own variables, as an abstraction of
/// states.
///
/// They are those whose way to a goal the property is about. While they wait, each of their steps
/// is mostly one that they cannot take back, and the others may go round.
enum OwnStates {
  private static let bitsMax = 16

  /// By state; empty where there is nothing of the kind, or too much.
  static func values(
    of property: TemporalProperty, _ system: TransitionSystem, in graph: ReachabilityGraph,
    _ workforce: Workforce
  ) -> Column<UInt16> {
    guard let bits = SlotBits(slots(of: property, system), system.layout),
      (1...bitsMax).contains(bits.width)
    else { return [] }
    let count = graph.stateCount
    return workforce.column(count: count, over: count) { _, states, values in
      bits.forEach(of: states, in: graph) { values[$0] = UInt16(truncatingIfNeeded: $1) }
    }
  }

  private static func slots(of property: TemporalProperty, _ system: TransitionSystem) -> [SlotID] {
    let read = property.atoms.reduce(into: SlotSet()) {
      $0.formUnion(AccessSets($1.predicate, channels: system.channels).reads)
    }
    let agents = Set(
      system.variables.filter { $0.slots.contains { read.contains($0) } }.compactMap(\.agent))
    return system.variables.filter { $0.agent.map { agents.contains($0) } ?? false }
      .flatMap(\.slots)
  }
}
