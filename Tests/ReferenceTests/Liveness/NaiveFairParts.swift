/// Looks for a part of a graph in which some execution can stay for ever, fairly.
///
/// No search stack: a component is what lies both before and behind a node. An outcome of a draw
/// lies inside a part only if all outcomes of the draw do: who draws again and again leaves by each
/// of them.
///
/// Source: Manna and Pnueli, Temporal Verification of Reactive Systems: Safety, 1995, section 5.5
/// (fair subgraphs); de Alfaro, Formal Verification of Probabilistic Systems, 1997, section 3.3
/// (end components).
struct NaiveFairParts {
  struct Step {
    let target: Int
    var weak: ReferenceGraph.Constraint?
    var strong: ReferenceGraph.Constraint?
    /// Of the draws of a node, the one it is an outcome of.
    var draw: ReferenceGraph.Draw?
  }

  /// By node.
  let steps: [[Step]]
  /// By node, all that is enabled there: more than its steps where a node is a guess, too.
  let edges: (Int) -> [ReferenceGraph.Edge]
  /// Of a set of nodes in which an execution goes around: may it be one that is looked for? Where
  /// not, no subset may be.
  let isAccepting: (Set<Int>) -> Bool

  func reachable(from starts: [Int]) -> Set<Int> {
    NaiveFairParts.closure(of: starts) { steps[$0].map(\.target) }
  }

  func hasFairPart(_ region: Set<Int>) -> Bool {
    var sources: [Int: [Int]] = [:]
    for node in region {
      for step in inside(region, node) { sources[step.target, default: []].append(node) }
    }
    var rest = region
    while let node = rest.first {
      let ahead = NaiveFairParts.closure(of: [node]) { inside(region, $0).map(\.target) }
      let component = NaiveFairParts.closure(of: [node]) {
        (sources[$0] ?? []).filter(ahead.contains)
      }
      rest.subtract(component)
      let part = component.count < region.count ? component : fairPart(component)
      if let part, part.count < region.count ? hasFairPart(part) : true { return true }
    }
    return false
  }

  /// The steps of a node that an execution which stays in a region can take again and again.
  private func inside(_ region: Set<Int>, _ node: Int) -> [Step] {
    let lost = Set(steps[node].filter { !region.contains($0.target) }.compactMap(\.draw))
    return steps[node].filter {
      region.contains($0.target) && !($0.draw.map(lost.contains) ?? false)
    }
  }

  private static func closure(of starts: [Int], _ next: (Int) -> [Int]) -> Set<Int> {
    var found = Set(starts)
    var open = starts
    while let node = open.popLast() {
      for other in next(node) where found.insert(other).inserted { open.append(other) }
    }
    return found
  }

  /// Nil where no execution stays in all of a component, or in a part of it, for ever and is
  /// fair; the component itself where one does; else the part that is left to look at.
  private func fairPart(_ component: Set<Int>) -> Set<Int>? {
    let inside = component.flatMap { self.inside(component, $0) }
    if inside.isEmpty || !isAccepting(component) { return nil }
    let (weak, strong) = (Set(inside.compactMap(\.weak)), Set(inside.compactMap(\.strong)))
    var owed: Set<ReferenceGraph.Constraint>?
    var starving: Set<Int> = []
    for node in component {
      let here = Set(edges(node).compactMap(\.weak)).subtracting(weak)
      owed = owed?.intersection(here) ?? here
      if !Set(edges(node).compactMap(\.strong)).isSubset(of: strong) { starving.insert(node) }
    }
    if owed?.isEmpty == false { return nil }
    return component.subtracting(starving)
  }
}
