/// What fairness owes to an event.
public enum EventFairness: Sendable { case none, weak, strong }

/// A run from an initial state that goes round for ever while nobody decides.
public struct UndecidedLasso: Sendable {
  public let initial: Int
  /// Transitions in order, by number.
  public let stem: [Int]
  public let cycle: [Int]
}

/// What a search for such a run found.
public enum UndecidedSearch: Sendable {
  case none
  case found(UndecidedLasso)
  /// There is one among this many states, too many to look for a short one.
  case notDrawn(states: Int)
}

extension Valence {
  /// A fair run through bivalent states in which nobody has decided.
  ///
  /// Weak: an event that stays pending is taken. Strong: one that is pending again and again is.
  /// The cycle is a shortest fair one through its least state, the stem a shortest to that.
  /// Source: fair components by recursion, Emerson and Lei, 1987.
  public func undecidedLasso(
    initialCount: Int, events: [Int32], fairness: [EventFairness]
  ) -> UndecidedSearch {
    let search = FairSearch(graph: graph, events: events, fairness: fairness)
    let undecided = (0..<graph.stateCount).map { isBivalent($0) && graph.decided[$0] == 0 }
    guard let members = search.fairComponent(within: undecided), let root = members.first else {
      return .none
    }
    guard let (initial, stem) = search.path(to: root, from: initialCount, within: undecided) else {
      return .none
    }
    guard let cycle = search.cycle(through: root, members) else {
      return .notDrawn(states: members.count)
    }
    return .found(UndecidedLasso(initial: initial, stem: stem, cycle: cycle))
  }
}

/// Fair components and short fair cycles of a graph whose transitions have events.
struct FairSearch {
  let graph: DecisionGraph
  let events: [Int32]
  let fairness: [EventFairness]

  /// The states of a fair component within some states, ascending: the one with the least state.
  func fairComponent(within allowed: [Bool]) -> [Int]? {
    let components = Components(graph, states: { allowed[$0] })
    var members: [[Int]] = Array(repeating: [], count: components.count)
    for state in 0..<graph.stateCount where components.component[state] >= 0 {
      members[Int(components.component[state])].append(state)
    }
    var best: [Int]?
    for states in members {
      if let best, best[0] < states[0] { continue }
      if let fair = fairPart(states, components), best.map({ fair[0] < $0[0] }) ?? true {
        best = fair
      }
    }
    return best
  }

  private func fairPart(_ states: [Int], _ components: Components) -> [Int]? {
    let own = components.component[states[0]]
    var taken: Set<Int32> = []
    var pendingCount: [Int32: Int] = [:]
    var hasEdge = false
    for state in states {
      for edge in graph.edges(of: state)
      where components.component[Int(graph.targets[edge])] == own {
        hasEdge = true
        taken.insert(events[edge])
      }
      for event in pending(state) { pendingCount[event, default: 0] += 1 }
    }
    if !hasEdge { return nil }
    var starved: Set<Int32> = []
    for (event, count) in pendingCount where !taken.contains(event) {
      switch fairness[Int(event)] {
      case .none: break
      case .weak: if count == states.count { return nil }
      case .strong: starved.insert(event)
      }
    }
    if starved.isEmpty { return states }
    // Where a strongly fair event is pending it would have to be taken: do without these states.
    var allowed = [Bool](repeating: false, count: graph.stateCount)
    for state in states { allowed[state] = starved.isDisjoint(with: pending(state)) }
    return fairComponent(within: allowed)
  }

  private func pending(_ state: Int) -> Set<Int32> {
    Set(graph.edges(of: state).lazy.map { events[$0] }.filter { $0 >= 0 })
  }

  /// A shortest way to a state from one of the first states.
  func path(
    to goal: Int, from initialCount: Int, within allowed: [Bool]
  ) -> (initial: Int, edges: [Int])? {
    var parent: [Int: (state: Int, edge: Int)] = [:]
    var seen = Set((0..<initialCount).filter { allowed[$0] })
    var level = seen.sorted()
    while !level.isEmpty, !seen.contains(goal) {
      var next: [Int] = []
      for state in level {
        for edge in graph.edges(of: state) where allowed[Int(graph.targets[edge])] {
          let target = Int(graph.targets[edge])
          guard seen.insert(target).inserted else { continue }
          parent[target] = (state, edge)
          next.append(target)
        }
      }
      level = next
    }
    guard seen.contains(goal) else { return nil }
    var edges: [Int] = []
    var state = goal
    while let step = parent[state] {
      edges.append(step.edge)
      state = step.state
    }
    return (state, edges.reversed())
  }

  /// A shortest cycle through a state that does every fair event of the component its due.
  ///
  /// Breadth first over states and the set of events that have had their due; nil where these
  /// pairs are more than `pairsMax`.
  func cycle(through root: Int, _ members: [Int]) -> [Int]? {
    let place = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1, $0) })
    let owed = Set(members.flatMap { pending($0) }).filter { fairness[Int($0)] != .none }.sorted()
    guard owed.count < 24, members.count << owed.count <= FairSearch.pairsMax else { return nil }
    let bit = Dictionary(uniqueKeysWithValues: owed.enumerated().map { ($1, 1 << $0) })
    let all = (1 << owed.count) - 1
    // A weakly fair event has its due also where it is not pending.
    let restingAt = members.map { state -> Int in
      let here = pending(state)
      return owed.filter { fairness[Int($0)] == .weak && !here.contains($0) }
        .reduce(0) { $0 | bit[$1, default: 0] }
    }
    var parent = [Int](repeating: -1, count: members.count << owed.count)
    var via = parent
    let start = (place[root] ?? 0) << owed.count | restingAt[place[root] ?? 0]
    var queue = [start]
    var next = 0
    while next < queue.count {
      let pair = queue[next]
      next += 1
      for edge in graph.edges(of: members[pair >> owed.count]) {
        guard let target = place[Int(graph.targets[edge])] else { continue }
        let due = (pair & all) | bit[events[edge], default: 0] | restingAt[target]
        let reached = target << owed.count | due
        if members[target] == root, due == all {
          return walk(back: pair, parent, via) + [edge]
        }
        if reached == start || via[reached] >= 0 { continue }
        parent[reached] = pair
        via[reached] = edge
        queue.append(reached)
      }
    }
    return nil
  }

  private func walk(back end: Int, _ parent: [Int], _ via: [Int]) -> [Int] {
    var edges: [Int] = []
    var pair = end
    while via[pair] >= 0 {
      edges.append(via[pair])
      pair = parent[pair]
    }
    return edges.reversed()
  }

  private static let pairsMax = 1 << 23
}
