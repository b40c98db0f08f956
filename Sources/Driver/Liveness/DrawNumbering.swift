import Columns
import Exploration
import TransitionSystem

/// Numbers the draws of the states of a graph: transitions of one state are outcomes of one draw if
/// they differ in what is flipped only.
struct DrawNumbering: ~Copyable {
  private let system: TransitionSystem
  private let graph: ReachabilityGraph
  /// By action.
  private let kinds: [DrawingAction]
  private var recorder: TransitionRecorder
  private var count: Int32 = 0
  /// By action that draws only: its last draw.
  private var latest: [Int32]
  /// The other draws of the state at hand.
  private var others: [Draw: Int32] = [:]
  /// A step chooses after it has flipped.
  private(set) var choosesAfterFlip = false

  private struct Draw: Hashable {
    let action: Int
    let received: [Int64]
    let chosen: [Int64]
  }

  init(_ system: TransitionSystem, _ graph: ReachabilityGraph) {
    self.system = system
    self.graph = graph
    kinds = system.actions.map { DrawingAction($0, system) }
    recorder = TransitionRecorder(system)
    latest = Array(repeating: -1, count: kinds.count)
  }

  /// By transition of the states, one state after the other: its draw, -1 for none.
  ///
  /// Complexity: a read for each transition. A step is executed again only where its action does
  /// not tell.
  mutating func draws(of states: [Int32]) -> [Int32] {
    var draws: [Int32] = []
    draws.reserveCapacity(states.reduce(0) { $0 + graph.edges(of: Int($1)).count })
    for state in states.lazy.map({ Int($0) }) {
      let firstOwn = count
      if !others.isEmpty { others.removeAll(keepingCapacity: true) }
      for edge in graph.edges(of: state) {
        let action = Int(graph.actions[edge])
        switch kinds[action] {
        case .never: draws.append(-1)
        case .only:
          if latest[action] < firstOwn { latest[action] = new() }
          draws.append(latest[action])
        case .among: draws.append(executed(edge, from: state))
        }
      }
    }
    return draws
  }

  private mutating func new() -> Int32 {
    count += 1
    return count - 1
  }

  /// The draw of a transition, found by executing it once more.
  private mutating func executed(_ edge: Int, from state: Int) -> Int32 {
    guard
      let step = recorder.step(
        from: graph.state(state), place: graph.place(of: edge, from: state)),
      let draw = draw(step)
    else { return -1 }
    if let known = others[draw] { return known }
    let number = new()
    others[draw] = number
    return number
  }

  /// The draw that a step is an outcome of, if any.
  private mutating func draw(_ step: TraceStep) -> Draw? {
    let isFlip = step.choices.map { system.choices[$0.choice.index].kind == .flip }
    guard let first = isFlip.firstIndex(of: true) else { return nil }
    if isFlip[first...].contains(false) { choosesAfterFlip = true }
    let chosen = zip(step.choices, isFlip).filter { !$0.1 }
      .flatMap { [Int64($0.0.choice.index), $0.0.value] }
    return Draw(action: step.action.index, received: step.received ?? [], chosen: chosen)
  }
}

/// What an action has to do with draws.
private enum DrawingAction {
  case never
  /// All of its transitions from one state are outcomes of one draw, or it is a single one.
  case only
  /// It chooses otherwise, too, or takes one of several messages.
  case among

  init(_ action: Action, _ system: TransitionSystem) {
    var (flips, chooses) = (false, false)
    for statement in action.body {
      _ = statement.contains {
        if case .choose(_, _, let choice) = $0 {
          if system.choices[choice.index].kind == .flip { flips = true } else { chooses = true }
        }
        return false
      }
    }
    self =
      !flips ? .never : chooses || action.trigger != nil || action.isFault ? .among : .only
  }
}
