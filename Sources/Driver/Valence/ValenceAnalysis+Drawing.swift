import Columns
import Exploration
import Report
import Valence

extension ValenceAnalysis {
  /// Adds what a drawing needs: the graph itself where it is small, else its levels.
  mutating func draw(_ report: inout ValenceReport) {
    let depths = states.depths()
    let sets = Set(valence.possible).sorted()
    let place = Dictionary(uniqueKeysWithValues: sets.enumerated().map { ($1, $0) })
    var drawing = ValenceDrawing()
    drawing.levels = Array(
      repeating: Array(repeating: 0, count: sets.count), count: (depths.max() ?? -1) + 1)
    for (state, depth) in depths.enumerated() {
      drawing.levels[depth][place[valence.possible[state]] ?? 0] += 1
    }
    if states.stateCount <= drawnStatesMax {
      let critical = Set(bivalent.criticalStates)
      let onLasso = Set(lasso)
      let order = states.discoveryOrder()
      var node = order
      for (number, state) in order.enumerated() { node[state] = number }
      drawing.nodes = order.map { state in
        ValenceDrawing.Node(
          depth: depths[state], values: place[valence.possible[state]] ?? 0,
          isDecided: valence.graph.decided[state] != 0, isCritical: critical.contains(state),
          isInitial: state < states.initialCount)
      }
      for state in order {
        for edge in states.edges(of: state) {
          drawing.edges.append(
            ValenceDrawing.Edge(
              from: node[state], to: node[Int(states.targets[edge])],
              isOnLasso: onLasso.contains(edge)))
        }
      }
    }
    report.drawing = drawing
  }
}

/// More states than these are drawn as levels.
private let drawnStatesMax = 60
