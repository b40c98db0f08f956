/// A cluster of an open prompt with the agents that choose leaves of it.
struct Game {
  /// Where a leaf that nobody chooses has its value from.
  enum Source {
    /// The member that the agent of that place takes its choice from.
    case member(Int)
    case constant(Scalar)
  }

  let prompt: OpenPrompt
  let cluster: [Int]
  let agents: [Int]
  /// By agent, the leaves that it chooses.
  private let chosen: [Int: [Int]]
  let leaves: [Int]
  /// Those that nobody chooses.
  let free: [Int]
  /// Each leaf goes with the agent that it is nearest to.
  let nearest: [Int: Source]

  init(_ prompt: OpenPrompt, _ cluster: [Int], _ chosen: [Int: [Int]]) {
    self.prompt = prompt
    self.cluster = cluster
    self.chosen = chosen
    agents = chosen.keys.sorted()
    leaves = Set(cluster.flatMap { prompt.leaves[$0] }).sorted()
    let isChosen = Set(chosen.values.joined())
    free = leaves.filter { !isChosen.contains($0) }
    nearest = Self.nearest(prompt, cluster, agents.map { chosen[$0] ?? [] })
  }

  private static func nearest(
    _ prompt: OpenPrompt, _ cluster: [Int], _ chosen: [[Int]]
  ) -> [Int: Source] {
    var sources: [Int: Source] = [:]
    var queue: [(leaf: Int, place: Int)] = []
    for (place, own) in chosen.enumerated() {
      for leaf in own {
        sources[leaf] = .member(place)
        queue.append((leaf, place))
      }
    }
    let isInside = Set(cluster)
    var next = 0
    while next < queue.count {
      let (leaf, place) = queue[next]
      next += 1
      for term in prompt.termsOf[leaf] where isInside.contains(term) {
        for other in prompt.leaves[term] where sources[other] == nil {
          sources[other] = .member(place)
          queue.append((other, place))
        }
      }
    }
    return sources
  }

  /// The terms of the cluster, for values in the domains.
  var terms: [Term] { cluster.map { prompt.terms[$0] } + leaves.map(prompt.isInDomain) }

  /// What makes a choice of the agent one that the prompt can be satisfied with.
  func legality(of agent: Int) -> [Term] {
    var isProtected = Array(repeating: false, count: prompt.model.leaves.count)
    for leaf in chosen[agent] ?? [] { isProtected[leaf] = true }
    let all = Set(prompt.kernel(protecting: isProtected)).union(cluster).sorted()
    let leaves = Set(all.flatMap { prompt.leaves[$0] }).sorted()
    return all.map { prompt.terms[$0] } + leaves.map(prompt.isInDomain)
  }

  func choices(_ members: [[Int: Scalar]]) -> Choices {
    var result: Choices = [:]
    for (place, agent) in agents.enumerated() {
      for leaf in chosen[agent] ?? [] {
        result[agent, default: [:]][LeafID(leaf)] = members[place][leaf]
      }
    }
    return result
  }

  /// The completion as a way to complete: members where they have its values.
  func sources(of completion: [Int: Scalar], _ members: [[Int: Scalar]]) -> [Int: Source] {
    var sources = nearest
    for (leaf, value) in completion {
      if case .member(let place)? = nearest[leaf], members[place][leaf] == value { continue }
      let other = members.firstIndex { $0[leaf] == value }
      sources[leaf] = other.map { .member($0) } ?? .constant(value)
    }
    return sources
  }
}
