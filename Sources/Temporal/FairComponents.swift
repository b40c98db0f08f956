import Columns

/// Finds the strongly connected parts of a product in which a fair accepting execution can stay.
///
/// A component must have an edge of each acceptance set. A weak constraint that is enabled in all
/// of its states and served inside by none excludes it for good. A strong one that is enabled
/// somewhere and served nowhere inside excludes the states that enable it, and the rest is searched
/// again. Where draws are closed, an edge that is an outcome of a draw stays only if all outcomes
/// of that draw have an edge inside. Every part that is dropped cannot contain a fair execution;
/// every part that is found has one that goes through all of its edges for ever. The parts are
/// unique, so they do not depend on who looks for components, and how.
///
/// Source: Emerson and Lei, Modalities for model checking, 1987; Courcoubetis and Yannakakis, 1995,
/// for draws. Complexity: linear in the product for each level of the recursion.
struct FairComponents {
  let product: Product
  let closesDraws: Bool
  let workforce: Workforce
  let omitted: Set<FairnessRule>
  /// By node: the region it is in at present, 0 for none; of nodes of parts that are found, minus
  /// the number of the part, from 1; of nodes on the stack of a search, see there.
  let region: NodeNumbers
  private var regionCount: Int32 = 0
  /// By draw and automaton state: 1 where an outcome has left; nil where none has.
  private var lostDraws: NodeMarks?
  private(set) var foundCount: Int32 = 0
  let served: ServedConstraints
  /// Of use to who looks for a giant component, which leaves them as they were: 0.
  let marks: NodeMarks
  /// Made when rounds do not find a giant component.
  var predecessors: Predecessors?

  /// `regions`: no cycle leads from one to another. `isReached`: which parts count.
  init(
    _ product: Product, regions: [[Int32]], closesDraws: Bool, _ workforce: Workforce,
    omitting omitted: Set<FairnessRule> = [],
    isReached: (_ node: Int) throws -> Bool = { _ in true }
  ) throws {
    self.product = product
    self.closesDraws = closesDraws
    self.workforce = workforce
    self.omitted = omitted
    region = try NodeNumbers(count: product.nodeCount)
    marks = try NodeMarks(count: product.nodeCount)
    served = ServedConstraints(product.graph)
    var open: [[Int32]] = []
    for component in try components(ofEach: regions) { try settle(component, isReached, &open) }
    while let nodes = open.popLast() {
      for component in try components(of: nodes) { try settle(component, isReached, &open) }
    }
  }

  private mutating func settle(
    _ component: [Int32], _ isReached: (_ node: Int) throws -> Bool, _ open: inout [[Int32]]
  ) throws {
    switch try outcome(of: component) {
    case .dropped: return
    case .fair: if try isReached(Int(component[0])) { keep(component) }
    case .rest(let rest): if !omitted.contains(.recursion) { open.append(rest) }
    }
  }

  /// The found part that a node belongs to; nil for none.
  func part(of node: Int) -> Int32? { region[node] < 0 ? -region[node] : nil }

  private mutating func keep(_ component: [Int32]) {
    foundCount += 1
    for node in component { region[Int(node)] = -foundCount }
  }

  // MARK: Regions

  /// Gives nodes a region of their own.
  mutating func enter(_ nodes: [Int32]) -> Int32 {
    regionCount += 1
    let (region, number) = (region, regionCount)
    if nodes.count < Workforce.itemsMin {
      for node in nodes { region[Int(node)] = number }
      return number
    }
    workforce.forEachChunk(of: nodes.count) { _, places in
      for place in places { region[Int(nodes[place])] = number }
    }
    return number
  }

  func isInside(_ edge: Product.Edge, _ number: Int32) -> Bool {
    region[edge.target] == number && isAllowed(edge)
  }

  /// Whether some edges are not allowed.
  var losesDraws: Bool { lostDraws != nil }

  /// Whether no other outcome of its draw leaves the component.
  func isAllowed(_ edge: Product.Edge) -> Bool {
    guard let lostDraws, edge.transition >= 0 else { return true }
    let draw = product.graph.draw(edge.transition)
    return draw < 0 || lostDraws[place(of: draw, edge.source)] == 0
  }

  private func place(of draw: Int32, _ node: Int) -> Int {
    Int(draw) * product.width + product.automatonState(node)
  }

  mutating func components(of nodes: [Int32]) throws -> [[Int32]] {
    let number = enter(nodes)
    return losesDraws
      ? depthFirstComponents(of: nodes, number) : try components(of: nodes, number)
  }

  /// Marks the draws of which an outcome leaves the component; false where none does.
  mutating func loseDraws(_ component: [Int32], _ number: Int32) throws -> Bool {
    let (graph, region) = (product.graph, region)
    var losses = false
    for node in component.lazy.map({ Int($0) }) {
      for transition in graph.edges(of: product.state(node)) {
        let draw = graph.draw(transition)
        if draw < 0 || lostDraws?[place(of: draw, node)] == 1 { continue }
        let isInside = { (target: Int) in region[target] == number }
        if !product.hasEdge(of: node, by: transition, isInside)
          || product.isClosed(draw, at: node, isInside)
        {
          continue
        }
        let lost = try lostDraws ?? noDraws()
        lost[place(of: draw, node)] = 1
        lostDraws = lost
        losses = true
      }
    }
    return losses
  }

  private func noDraws() throws -> NodeMarks {
    try NodeMarks(count: (Int(product.graph.draws.max() ?? -1) + 1) * product.width)
  }
}
