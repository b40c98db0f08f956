import Semantics

/// Valence by the definitions, over the reference interpreter: sets of values grow along
/// transitions until nothing changes any more.
struct ReferenceValence {
  var states = 0
  var starts = 0
  var bivalentStarts = 0
  var bivalent = 0
  var pairs = 0
  var kept = 0
  var critical = 0

  private struct Event: Hashable {
    let agent: Int?
    let action: Label.Action
    let message: Message?
  }

  private struct Edge {
    let event: Event?
    let target: Int
  }

  /// Nil where there are too many states or ways through their steps, or a predicate cannot be
  /// evaluated in some state.
  init?(_ spec: TypedSpec, _ decision: Decision, statesMax: Int, executionsMax: Int) {
    let interpreter = Interpreter(spec)
    interpreter.executionsMax = executionsMax
    var numbers: [State: Int] = [:]
    var all: [State] = []
    var edges: [[Edge]] = []
    func number(_ state: State) -> Int {
      if let known = numbers[state] { return known }
      numbers[state] = all.count
      all.append(state)
      return all.count - 1
    }
    for state in interpreter.initialStates().0 { _ = number(state) }
    starts = all.count
    var decided: [Set<Int>] = []
    var next = 0
    while next < all.count {
      guard all.count <= statesMax, all[next].messages.count < 32 else { return nil }
      let source = all[next]
      let transitions = interpreter.successors(of: source)
      if interpreter.executions > executionsMax { return nil }
      let isQuiescent = transitions.allSatisfy(\.label.isFault)
      var values: Set<Int> = []
      for (index, value) in decision.values.enumerated() {
        guard
          let isDecided = try? interpreter.evaluate(
            value.isDecided, in: source, isQuiescent: { isQuiescent })
        else { return nil }
        if isDecided { values.insert(index) }
      }
      decided.append(values)
      edges.append([])
      for transition in transitions {
        guard case .state(let target) = transition.outcome else { continue }
        edges[next].append(
          Edge(event: Self.event(transition.label, interpreter), target: number(target)))
      }
      next += 1
    }
    states = all.count
    count(decided, edges)
  }

  private static func event(_ label: Label, _ interpreter: Interpreter) -> Event? {
    guard !label.isFault, let agent = label.agent, !interpreter.declarations[agent].isEnvironment
    else { return nil }
    return Event(agent: agent, action: label.action, message: label.message)
  }

  private mutating func count(_ decided: [Set<Int>], _ edges: [[Edge]]) {
    let possible = Self.grown(decided, edges)
    let isBivalent = possible.map { $0.count > 1 }
    bivalent = isBivalent.count { $0 }
    bivalentStarts = isBivalent.prefix(starts).count { $0 }
    // Events after which it is still bivalent, now or after other steps.
    let keeping = edges.map { own in
      Set(own.filter { isBivalent[$0.target] }.compactMap(\.event))
    }
    let ahead = Self.grown(keeping, edges)
    for state in edges.indices where isBivalent[state] {
      let pending = Set(edges[state].compactMap(\.event))
      pairs += pending.count
      kept += pending.intersection(ahead[state]).count
      let after = edges[state].map { isBivalent[$0.target] }
      if !after.isEmpty, !after.contains(true) { critical += 1 }
    }
  }

  /// What each state and those reachable from it hold.
  private static func grown<Item>(_ sets: [Set<Item>], _ edges: [[Edge]]) -> [Set<Item>] {
    var sets = sets
    var hasGrown = true
    while hasGrown {
      hasGrown = false
      for state in edges.indices.reversed() {
        for edge in edges[state] where !sets[edge.target].isSubset(of: sets[state]) {
          sets[state].formUnion(sets[edge.target])
          hasGrown = true
        }
      }
    }
    return sets
  }
}
