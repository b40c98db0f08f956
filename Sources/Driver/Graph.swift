import Exploration
import Glibc
import Report
import TransitionSystem

/// `wfcheck graph SPEC`: the reachable states as a graph for Graphviz.
public struct Graph {
  let path: String
  let check: String?
  let overrides: [(name: String, value: String)]
  let statesMax: Int
  let depthMax: Int?

  public init(
    _ path: String, check: String?, overrides: [(name: String, value: String)], statesMax: Int,
    depthMax: Int?
  ) {
    self.path = path
    self.check = check
    self.overrides = overrides
    self.statesMax = statesMax
    self.depthMax = depthMax
  }

  public func run() -> ExitCode {
    guard let prepared = PreparedCheck(path, check: check, overrides: overrides),
      let graph = prepared.growing({ system in
        var walk = GraphWalk(system, statesMax: statesMax, depthMax: depthMax)
        return walk.run()
      })
    else { return .badInput }
    let printed = printResult(dotText(graph))
    guard printed == .asExpected else { return printed }
    if graph.nodes.isEmpty {
      writeAll(
        STDERR_FILENO,
        "wfcheck: there are no initial states, or more than \(Stepper.stepsMax)\n")
      return .unknown
    }
    if graph.cutCount > 0 {
      let bound = depthMax.map { "\(statesMax) states or depth \($0)" } ?? "\(statesMax) states"
      writeAll(
        STDERR_FILENO,
        "wfcheck: the graph is cut at \(bound): \(graph.cutCount) of its \(graph.nodes.count) "
          + "states go on (--max-states N shows more)\n")
    }
    return .asExpected
  }
}

/// Breadth-first from the initial states, up to a number of states.
private struct GraphWalk: ~Copyable {
  private var stepper: Stepper
  private var graph: StateGraph
  private var numbers: [[UInt64]: Int] = [:]
  private var depths: [Int] = []
  private let statesMax: Int
  private let depthMax: Int

  init(_ system: TransitionSystem, statesMax: Int, depthMax: Int?) {
    stepper = Stepper(system)
    graph = StateGraph(system: system)
    self.statesMax = statesMax
    self.depthMax = depthMax ?? .max
  }

  mutating func run() -> (result: StateGraph, full: ChannelID?) {
    let initial = stepper.initialSteps()
    for step in initial.steps {
      if let state = step.state, let number = number(of: state, depth: 0) {
        graph.nodes[number].isInitial = true
      }
    }
    var next = 0
    while next < graph.nodes.count {
      if depths[next] < depthMax, let full = expand(next) { return (graph, full) }
      next += 1
    }
    return (graph, initial.fullChannel)
  }

  /// The node of a state; nil where there is no more room for it.
  private mutating func number(of state: [UInt64], depth: Int) -> Int? {
    if let known = numbers[state] { return known }
    guard graph.nodes.count < statesMax else { return nil }
    numbers[state] = graph.nodes.count
    graph.nodes.append(StateGraph.Node(state: state))
    depths.append(depth)
    return graph.nodes.count - 1
  }

  private mutating func expand(_ index: Int) -> ChannelID? {
    let state = graph.nodes[index].state
    let found = stepper.steps(from: state)
    if let full = found.fullChannel { return full }
    if found.isTooMany {
      graph.nodes[index].remarks.append("more than \(Stepper.stepsMax) steps")
      return nil
    }
    graph.nodes[index].isExpanded = true
    remark(index, isQuiescent: found.isQuiescent)
    for step in found.steps {
      guard let successor = step.state else {
        graph.edges.append(StateGraph.Edge(from: index, to: nil, step: step))
        continue
      }
      if let target = number(of: successor, depth: depths[index] + 1) {
        graph.edges.append(StateGraph.Edge(from: index, to: target, step: step))
      } else {
        graph.nodes[index].isExpanded = false
      }
    }
    return nil
  }

  private mutating func remark(_ index: Int, isQuiescent: Bool) {
    let state = graph.nodes[index].state
    for (number, property) in graph.system.properties.enumerated()
    where property.kind == .invariant {
      let value = stepper.isTrue(property: number, in: state, isQuiescent: isQuiescent)
      if value == false { graph.nodes[index].remarks.append("\(property.name) is false") }
      if value == nil { graph.nodes[index].remarks.append("\(property.name) fails") }
    }
    if isQuiescent, stepper.occurs(.deadlock, inQuiescent: state) {
      graph.nodes[index].remarks.append("deadlock")
    }
  }
}
