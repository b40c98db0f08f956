extension Coordinator {
  /// Sets of agents that are looked at.
  private static let groupsMax = 256

  /// The clashes of three agents and more among whom no fewer clash, and why there may be others.
  ///
  /// Idea. A group that clashes contains a known clash or leaves out an agent of each: below all
  /// agents, a tree leaves out one agent of a known clash after the other, until what is left is
  /// shown not to clash (as hitting sets of conflicts are found; Reiter 1987).
  func largerClashes(
    _ agents: [Int], pairs: [FoundClash], _ seeds: [FoundClash]
  ) -> (found: [FoundClash], doubt: String?) {
    var known = pairs
    func knownClash(in group: Set<Int>) -> [Int]? {
      known.map(\.agents).first { group.isSuperset(of: $0) }
    }
    for seed in seeds where knownClash(in: Set(seed.agents)) == nil { known.append(least(seed)) }
    var seen: Set<Set<Int>> = []
    var agreeing: [Set<Int>] = []
    var doubt: String?
    var stack = [Set(agents)]
    while let group = stack.popLast() {
      if group.count < 3 || agreeing.contains(where: { group.isSubset(of: $0) }) { continue }
      if !seen.insert(group).inserted { continue }
      if seen.count > Self.groupsMax {
        doubt = doubt ?? "groups of three and more are too many"
        break
      }
      var clash = knownClash(in: group)
      if clash == nil {
        let (found, unknown) = clashes(open, among: group.sorted(), within: 1)
        if let first = found.first {
          known.append(least(first))
          clash = known.last?.agents
        }
        doubt = doubt ?? unknown
      }
      if let clash {
        stack += clash.map { group.subtracting([$0]) }
      } else {
        agreeing.append(group)
      }
    }
    let larger = known.dropFirst(pairs.count).sorted {
      $0.agents.lexicographicallyPrecedes($1.agents)
    }
    return (larger, doubt)
  }

  /// A clash of some of the same agents that needs all of them, as far as that is known.
  private func least(_ clash: FoundClash) -> FoundClash {
    var least = clash
    for agent in clash.agents where least.agents.count > 3 && least.agents.contains(agent) {
      let others = least.agents.filter { $0 != agent }
      if let smaller = clashes(open, among: others, within: 1).found.first { least = smaller }
    }
    return least
  }
}
