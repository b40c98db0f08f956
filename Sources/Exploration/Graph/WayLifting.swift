import Columns
import TransitionSystem

/// Takes ways through the graph of a system without dead data back to the system it stands for.
///
/// The k-th transition of a state belongs to the k-th of each state behind it (`DeadData`). Nothing
/// of that is trusted: along the way, both states must have the same messages in flight, the same
/// actions enabled in the same order and the same atoms true, and each step must take the same
/// message and choose the same. That is all that fairness and formulas know of an execution, so
/// that what is found out about the one is true of the other.
public struct WayLifting: ~Copyable {
  private let graph: ReachabilityGraph
  private let atomCount: Int
  private let real: CompiledSystem
  private var machine: Machine
  private let reduced: CompiledSystem
  private var reducedMachine: Machine
  private let channelSlots: [SlotID]

  /// `atoms`: what the formula at hand asks of states.
  public init(
    _ graph: ReachabilityGraph, of reduced: TransitionSystem, to real: TransitionSystem,
    atoms: [StateProperty]
  ) {
    self.graph = graph
    atomCount = atoms.count
    self.real = CompiledSystem(real.looking(at: atoms))
    machine = Machine(self.real)
    self.reduced = CompiledSystem(reduced.looking(at: atoms))
    reducedMachine = Machine(self.reduced)
    channelSlots = real.channels.flatMap { channel in
      [channel.length]
        + (0..<channel.room * channel.cellCount).map { SlotID(channel.entries.index + $0) }
    }
  }

  /// A real initial state behind one of the graph; nil where there is none.
  public mutating func initial(_ number: Int) -> [UInt64]? {
    let here = reducedMachine.successors(of: nil)
    let there = machine.successors(of: nil)
    guard here.states.count == there.states.count,
      let place = here.states.firstIndex(of: graph.state(number))
    else { return nil }
    return there.states[place]
  }

  /// Whether executions may go on from a real state as from the state of the graph.
  public mutating func isAlike(_ real: [UInt64], _ number: Int) -> Bool {
    let state = graph.state(number)
    let layouts = (self.real.system.layout, reduced.system.layout)
    guard
      channelSlots.allSatisfy({ layouts.0.read($0, from: real) == layouts.1.read($0, from: state) })
    else { return false }
    var isQuiescent = false
    // The graph does not say what is enabled at its bound.
    if number < graph.expandedCount {
      let successors = machine.successors(of: real)
      let actions = graph.edges(of: number).map { Int32(graph.actions[$0]) }
      isQuiescent = successors.isQuiescent
      if successors.actions != actions || isQuiescent != graph.isQuiescent[number] { return false }
    }
    return (0..<atomCount).allSatisfy { atom in
      machine.evaluate(.property(atom), on: real, isQuiescent: isQuiescent)
        == reducedMachine.evaluate(.property(atom), on: state, isQuiescent: isQuiescent)
    }
  }

  /// The step from a real state that belongs to a transition; nil where there is none.
  public mutating func step(
    from real: [UInt64], by transition: Int, of number: Int
  ) -> TraceStep? {
    let place = graph.place(of: transition, from: number)
    let target = Int(graph.targets[transition])
    guard isAlike(real, number),
      let step = machine.record(from: real, .successor(place)), let state = step.state,
      let twin = reducedMachine.record(from: graph.state(number), .successor(place)),
      twin.state == graph.state(target), step.action == twin.action,
      step.received == twin.received, step.sent == twin.sent,
      step.choices.elementsEqual(twin.choices, by: { $0 == $1 }), isAlike(state, target)
    else { return nil }
    return step
  }
}

extension TransitionSystem {
  /// The system with these properties of states and no others.
  fileprivate func looking(at atoms: [StateProperty]) -> TransitionSystem {
    var system = self
    system.properties = atoms
    system.temporalProperties = []
    return system
  }
}
