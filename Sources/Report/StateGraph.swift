import TransitionSystem

/// The reachable states of a small system, or the first of them, with the steps between them.
public struct StateGraph: Sendable {
  public struct Node: Sendable {
    public let state: [UInt64]
    public var isInitial = false
    /// Whether its steps are in the graph; false where a bound cut it off.
    public var isExpanded = false
    /// What is wrong here: `approvedOnly is false`, `deadlock`.
    public var remarks: [String] = []
    public init(state: [UInt64]) { self.state = state }
  }

  public struct Edge: Sendable {
    public let from: Int
    /// Nil where the step fails.
    public let to: Int?
    public let step: TraceStep
    public init(from: Int, to: Int?, step: TraceStep) {
      self.from = from
      self.to = to
      self.step = step
    }
  }

  public let system: TransitionSystem
  public var nodes: [Node] = []
  public var edges: [Edge] = []

  public init(system: TransitionSystem) { self.system = system }

  /// States whose steps a bound left out.
  public var cutCount: Int { nodes.count { !$0.isExpanded } }
}

/// The graph in the language of Graphviz: `wfcheck graph spec.wf | dot -Tsvg`.
///
/// Deterministic: the same graph gives the same text.
public func dotText(_ graph: StateGraph) -> String {
  DotWriter(graph: graph, words: TraceWords(system: graph.system)).text()
}

private struct DotWriter {
  let graph: StateGraph
  let words: TraceWords

  func text() -> String {
    var lines = [
      "digraph \(JSONText.quoted(graph.system.name)) {",
      "  node [shape=box, style=rounded, fontname=\"monospace\", fontsize=10]",
      "  edge [fontname=\"sans-serif\", fontsize=9]",
    ]
    if graph.cutCount > 0 {
      let title = "\(graph.nodes.count) states; \(graph.cutCount) of them, dashed, go on"
      lines.append("  label=\(JSONText.quoted("cut: \(title)"))")
    }
    lines += graph.nodes.indices.map(node)
    lines += graph.edges.enumerated().flatMap { edge($1, number: $0) }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }

  private func node(_ index: Int) -> String {
    let node = graph.nodes[index]
    let title = (["\(index)"] + node.remarks).joined(separator: ": ")
    var attributes = ["label=\(label([title] + contents(node.state)))"]
    if node.isInitial { attributes.append("penwidth=2.5") }
    if !node.isExpanded { attributes.append("style=\"rounded,dashed\"") }
    if !node.remarks.isEmpty { attributes.append("color=red") }
    return "  s\(index) [\(attributes.joined(separator: ", "))]"
  }

  /// The variables that tell a state from an empty one, where each `run` is, what is in flight.
  private func contents(_ state: [UInt64]) -> [String] {
    let places = graph.system.variables.filter { $0.kind == .control || $0.kind == .lifecycle }
      .map { "\($0.name) \(graph.system.text(of: $0, in: state))" }
    return words.informativeValues(state) + places + words.inFlight(state)
  }

  private func edge(_ edge: StateGraph.Edge, number: Int) -> [String] {
    let text = words.label(edge.step)
    let action = graph.system.actions[edge.step.action.index]
    let color = action.isFault || edge.to == nil ? ", color=red" : ""
    guard let target = edge.to else {
      let failure = words.failure(edge.step)?.message ?? "fails"
      return [
        "  f\(number) [label=\(label(["fails", failure])), shape=plain, fontcolor=red]",
        "  s\(edge.from) -> f\(number) [label=\(label([text]))\(color)]",
      ]
    }
    return ["  s\(edge.from) -> s\(target) [label=\(label([text]))\(color)]"]
  }

  /// A quoted string of Graphviz with lines flush left. Only `"` and `\` are special in it.
  private func label(_ lines: [String]) -> String {
    let escaped = lines.map { line in
      line.reduce(into: "") { text, character in
        if character == "\"" || character == "\\" { text.append("\\") }
        text.append(character)
      }
    }
    return "\"" + escaped.map { $0 + "\\l" }.joined() + "\""
  }
}
