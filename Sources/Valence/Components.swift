/// The strongly connected components of the part of a graph that consists of some states and some
/// edges, numbered so that edges between components lead to lesser numbers.
///
/// Complexity: linear. Source: Tarjan, Depth-first search and linear graph algorithms, 1972,
/// with a stack of its own instead of recursion.
struct Components {
  /// By state: its component, -1 for states that are left out.
  private(set) var component: [Int32]
  private(set) var count = 0

  init(
    _ graph: DecisionGraph, states: (Int) -> Bool = { _ in true },
    edges: (Int) -> Bool = { _ in true }
  ) {
    component = Array(repeating: -1, count: graph.stateCount)
    var order = [Int32](repeating: 0, count: graph.stateCount)
    var low = order
    var clock: Int32 = 0
    var open: [Int] = []
    var calls: [(state: Int, edge: Int)] = []
    for root in 0..<graph.stateCount where order[root] == 0 && states(root) {
      calls.append((root, graph.firstEdge[root]))
      while let (state, start) = calls.last {
        if order[state] == 0 {
          clock += 1
          order[state] = clock
          low[state] = clock
          open.append(state)
        }
        var edge = start
        var descended = false
        while edge < graph.firstEdge[state + 1] {
          let target = Int(graph.targets[edge])
          edge += 1
          guard edges(edge - 1), states(target) else { continue }
          if order[target] == 0 {
            calls[calls.count - 1].edge = edge
            calls.append((target, graph.firstEdge[target]))
            descended = true
            break
          }
          if component[target] < 0 { low[state] = min(low[state], order[target]) }
        }
        if descended { continue }
        calls.removeLast()
        if let caller = calls.last { low[caller.state] = min(low[caller.state], low[state]) }
        if low[state] == order[state] {
          while let member = open.popLast() {
            component[member] = Int32(count)
            if member == state { break }
          }
          count += 1
        }
      }
    }
  }
}
