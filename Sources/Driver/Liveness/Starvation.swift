import Columns
import Exploration
import Temporal
import TransitionSystem

/// Who could move in the cycle of a lasso and never does, and why fairness lets that be.
struct Starvation {
  let system: TransitionSystem
  let graph: ReachabilityGraph
  let lasso: Lasso
  /// The lasso, step by step.
  let trace: Trace

  var sentences: [String] { waiting + choices }

  private var stem: Int { trace.cycleStart ?? 0 }

  /// The states of the cycle, in its order.
  private var states: [Int] {
    var states = [lasso.initial]
    for transition in lasso.stem + lasso.cycle where transition >= 0 {
      states.append(Int(graph.targets[transition]))
    }
    return stem + 1 < states.count ? Array(states[stem..<states.count - 1]) : [states[stem]]
  }

  /// By action: where in the cycle it is enabled.
  private func places(_ states: [Int]) -> [Int: [Int]] {
    var places: [Int: [Int]] = [:]
    for (place, state) in states.enumerated() {
      for action in Set(graph.edges(of: state).map { Int(graph.actions[$0]) }) {
        places[action, default: []].append(place)
      }
    }
    return places
  }

  private var waiting: [String] {
    let states = states
    let places = places(states)
    let taken = Set(lasso.cycle.filter { $0 >= 0 }.map { Int(graph.actions[$0]) })
    let movers = Set(taken.compactMap { system.actions[$0].agent })
    var sentences: [String] = []
    for number in system.actions.indices {
      guard let enabled = places[number], !taken.contains(number) else { continue }
      let action = system.actions[number]
      if action.isFault { continue }
      let starves = action.agent.map { !action.isEnvironment && !movers.contains($0) } ?? false
      let reason = reason(action, enabledIn: enabled.count, of: states.count, movers)
      let sentence =
        "\(starves ? "starves: " : "")\(action.label) could happen "
        + "\(moment(enabled[0]))\(reason)"
      if !sentences.contains(sentence) { sentences.append(sentence) }
    }
    if places.keys.contains(where: { system.actions[$0].isFault && !taken.contains($0) }) {
      sentences.append("faults could happen, and need not")
    }
    return sentences
  }

  private func moment(_ place: Int) -> String {
    stem + place == 0 ? "at the start" : "after step \(stem + place)"
  }

  private func reason(
    _ action: Action, enabledIn count: Int, of all: Int, _ movers: Set<Int>
  ) -> String {
    if action.isEnvironment { return ", but an environment need not act" }
    if action.fairness == .none { return ", but is unfair and need not happen" }
    if case .segment = action.kind, let agent = action.agent, movers.contains(agent) {
      return ", but the run of \(system.agents[agent].name) goes another way each time"
    }
    return count < all
      ? ", but is never enabled for long: weak fairness asks for what stays enabled"
      : ", and another transition serves its fairness"
  }

  /// The answers and decisions that come out the same way whenever the cycle is gone round.
  private var choices: [String] {
    var values: [Int: Set<Int64>] = [:]
    for step in trace.steps[stem...] {
      for choice in step.choices { values[choice.choice.index, default: []].insert(choice.value) }
    }
    return values.keys.sorted().compactMap { number in
      let info = system.choices[number]
      guard info.kind == .ask || info.kind == .choose, let taken = values[number],
        isOpen(number)
      else { return nil }
      let texts = taken.sorted().map { info.shape.text(ofRank: $0, agents: system.agents) }
      let words = info.kind == .ask ? "the answer" : "the choice"
      return "\(words) `\(info.name)` is \(texts.joined(separator: ", ")) each time, "
        + "and may be for ever"
    }
  }

  /// Whether a step of the cycle could have chosen otherwise: the same action leads elsewhere.
  private func isOpen(_ choice: Int) -> Bool {
    zip(states, lasso.cycle.filter { $0 >= 0 }).enumerated().contains { place, pair in
      let (state, taken) = pair
      guard trace.steps[stem + place].choices.contains(where: { $0.choice.index == choice }) else {
        return false
      }
      return graph.edges(of: state).contains {
        $0 != taken && graph.actions[$0] == graph.actions[taken]
          && graph.targets[$0] != graph.targets[taken]
      }
    }
  }
}
