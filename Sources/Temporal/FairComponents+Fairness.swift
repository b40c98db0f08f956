import Columns

/// What is served inside the component at hand, by constraint.
///
/// Stamps instead of sets: a graph may have a million components of one state.
/// Threads: one at a time.
final class ServedConstraints: @unchecked Sendable {
  private let weak: UnsafeMutablePointer<Int32>
  private let strong: UnsafeMutablePointer<Int32>
  private let weakCount: Int
  let strongCount: Int
  /// Stamp of the component at hand.
  private(set) var component: Int32 = 0

  convenience init(_ graph: FairGraph) {
    self.init(
      weakCount: Int(graph.labels.map(\.weak).max() ?? -1) + 1,
      strongCount: Int(graph.deliveries.max() ?? -1) + 1)
  }

  private init(weakCount: Int, strongCount: Int) {
    (self.weakCount, self.strongCount) = (weakCount, strongCount)
    weak = .allocate(capacity: max(1, weakCount))
    strong = .allocate(capacity: max(1, strongCount))
    weak.initialize(repeating: 0, count: max(1, weakCount))
    strong.initialize(repeating: 0, count: max(1, strongCount))
  }

  deinit {
    weak.deallocate()
    strong.deallocate()
  }

  /// Of the same constraints, for somebody else.
  func another() -> ServedConstraints {
    ServedConstraints(weakCount: weakCount, strongCount: strongCount)
  }

  func begin() { component += 1 }

  @inline(__always)
  func note(weak constraint: Int32) {
    if constraint >= 0 { weak[Int(constraint)] = component }
  }

  @inline(__always)
  func note(strong constraint: Int32) {
    if constraint >= 0 { strong[Int(constraint)] = component }
  }

  /// What a transition serves.
  @inline(__always)
  func note(_ transition: Int, of graph: FairGraph) {
    note(weak: graph.weak(transition))
    note(strong: graph.strong(transition))
  }

  @inline(__always)
  func owes(weak constraint: Int32) -> Bool {
    constraint >= 0 && weak[Int(constraint)] != component
  }

  @inline(__always)
  func owes(strong constraint: Int32) -> Bool {
    constraint >= 0 && strong[Int(constraint)] != component
  }
}

/// What fairness and acceptance leave of a component.
extension FairComponents {
  enum Outcome {
    case dropped, fair
    case rest([Int32])
  }

  mutating func outcome(of component: [Int32]) throws -> Outcome {
    let number = enter(component)
    guard isAccepting(component, number) else { return .dropped }
    if closesDraws, try loseDraws(component, number) { return .rest(component) }
    if !omitted.contains(.weak), owesWeakly(component) { return .dropped }
    if omitted.contains(.strong) { return .fair }
    let rest = withoutStarving(component)
    return rest.count == component.count ? .fair : .rest(rest)
  }

  /// Whether an execution may stay in one node for ever, by its edges to itself. With draws or a
  /// mutant, a first guess.
  func mayBeFair(_ node: Int, _ served: ServedConstraints) -> Bool {
    if closesDraws || !omitted.isEmpty { return true }
    served.begin()
    var acceptance: UInt64 = 0
    product.forEachEdge(of: node) { edge in
      if edge.target != node { return true }
      acceptance |= edge.acceptance
      if edge.transition >= 0 { served.note(edge.transition, of: product.graph) }
      return true
    }
    return acceptance == product.automaton.acceptance
      && !product.graph.edges(of: product.state(node)).contains {
        served.owes(weak: product.graph.weak($0)) || served.owes(strong: product.graph.strong($0))
      }
  }

  /// Whether edges inside a component are in every acceptance set; notes what they serve.
  private func isAccepting(_ component: [Int32], _ number: Int32) -> Bool {
    served.begin()
    if component.count < Workforce.itemsMin || losesDraws {
      return isAcceptingSmall(component, number)
    }
    struct Inventory {
      var hasEdges = false
      var acceptance: UInt64 = 0
      /// By kind of transition, and by strong constraint.
      var kinds: [Bool]
      var deliveries: [Bool]

      /// Most have been noted.
      @inline(__always)
      mutating func note(_ transition: Int, of graph: FairGraph) {
        let kind = Int(graph.kinds[transition])
        if !kinds[kind] { kinds[kind] = true }
        let strong = Int(graph.strong(transition))
        if strong >= 0, !deliveries[strong] { deliveries[strong] = true }
      }
    }
    let parts = PerWorker(
      workforce,
      Inventory(
        kinds: Array(repeating: false, count: product.graph.labels.count),
        deliveries: Array(repeating: false, count: served.strongCount)))
    workforce.forEachChunk(of: component.count) { [product, region] worker, places in
      for place in places {
        product.forEachEdge(of: Int(component[place])) { edge in
          guard region[edge.target] == number else { return true }
          parts[worker].hasEdges = true
          parts[worker].acceptance |= edge.acceptance
          if edge.transition >= 0 { parts[worker].note(edge.transition, of: product.graph) }
          return true
        }
      }
    }
    for part in parts.all {
      for kind in part.kinds.indices where part.kinds[kind] {
        served.note(weak: product.graph.labels[kind].weak)
      }
      for strong in part.deliveries.indices where part.deliveries[strong] {
        served.note(strong: Int32(strong))
      }
    }
    return parts.all.contains { $0.hasEdges }
      && parts.all.reduce(0) { $0 | $1.acceptance } == product.automaton.acceptance
  }

  private func isAcceptingSmall(_ component: [Int32], _ number: Int32) -> Bool {
    var hasEdges = false
    var acceptance: UInt64 = 0
    for node in component {
      product.forEachEdge(of: Int(node)) { edge in
        guard isInside(edge, number) else { return true }
        hasEdges = true
        acceptance |= edge.acceptance
        if edge.transition >= 0 { served.note(edge.transition, of: product.graph) }
        return true
      }
    }
    return hasEdges && acceptance == product.automaton.acceptance
  }

  /// Whether a weak constraint is enabled in all states of a component and served inside by none.
  private func owesWeakly(_ component: [Int32]) -> Bool {
    let strongAsWeak = omitted.contains(.strong)
    var owed: Set<Int32> = []
    for (place, node) in component.enumerated() {
      let here = unserved(product.state(Int(node)), strongAsWeak: strongAsWeak)
      if place == 0 { owed = Set(here) } else { owed.formIntersection(here) }
      if owed.isEmpty { return false }
    }
    return !owed.isEmpty
  }

  /// The constraints that a state enables and the component does not serve; for a mutant, with the
  /// strong ones by numbers below zero.
  private func unserved(_ state: Int, strongAsWeak: Bool) -> [Int32] {
    var found: [Int32] = []
    for transition in product.graph.edges(of: state) {
      let weak = product.graph.weak(transition)
      if served.owes(weak: weak) { found.append(weak) }
      let strong = product.graph.strong(transition)
      if strongAsWeak, served.owes(strong: strong) { found.append(-1 - strong) }
    }
    return found
  }

  /// The nodes that enable no strong constraint which is served nowhere inside.
  private func withoutStarving(_ component: [Int32]) -> [Int32] {
    if served.strongCount == 0 { return component }
    let (product, graph) = (product, product.graph)
    if component.count < Workforce.itemsMin {
      return component.filter { node in
        !graph.edges(of: product.state(Int(node))).contains {
          served.owes(strong: graph.strong($0))
        }
      }
    }
    let starves = (0..<served.strongCount).map { served.owes(strong: Int32($0)) }
    if !starves.contains(true) { return component }
    return workforce.gather(component.count) { places, kept in
      for place in places {
        let edges = graph.edges(of: product.state(Int(component[place])))
        let isStarving = edges.contains { transition in
          let strong = graph.strong(transition)
          return strong >= 0 && starves[Int(strong)]
        }
        if !isStarving { kept.append(component[place]) }
      }
    }
  }
}
