import Diagnostics
import Exploration
import Semantics

/// Which reductions were on, and why others were not.
extension CheckRun {
  /// The families of the spec, judged with the properties that a search of states looks at.
  var families: [FamilySymmetry] {
    spec.symmetries(properties: Set(spec.properties.map(\.name).filter(isSelected)))
  }

  /// "none", "por (12 states in part), symmetry of Node".
  func reductions(_ measured: SearchStatistics, hasExecutions: Bool) -> String {
    var parts: [String] = []
    if request.partialOrder { parts.append(partialOrder(measured)) }
    if request.symmetry { parts.append(symmetry(measured)) }
    let on = parts.filter { !$0.hasPrefix("none") }
    let off = parts.filter { $0.hasPrefix("none") }
    if parts.isEmpty { return "none" }
    return (on + off).joined(separator: "; ")
      + (hasExecutions && !on.isEmpty ? executionsNote : "")
  }

  private func partialOrder(_ measured: SearchStatistics) -> String {
    if measured.partialOrder { return "por (\(measured.reducedStates) states in part)" }
    if request.strategy != .breadthFirst { return "none (por is for breadth-first search)" }
    return request.depthMax != nil
      ? "none (por goes ways of other lengths than a depth bound counts)"
      : "none (a property reads quiescent, which por does not preserve)"
  }

  private func symmetry(_ measured: SearchStatistics) -> String {
    if request.strategy != .breadthFirst { return "none (symmetry is for breadth-first search)" }
    if let refusal = measured.symmetryRefusal { return "none (symmetry: \(refusal))" }
    let families = families
    if families.isEmpty { return "none (no family of two or more for symmetry)" }
    let obstacles = families.compactMap { family in
      family.obstacle.map { obstacle in
        let place = sources.location(of: obstacle.span)
        return "\(family.name) is not symmetric: \(obstacle.reason) at line \(place.line), "
          + "column \(place.column)"
      }
    }
    if measured.symmetricFamilies.isEmpty { return "none (\(obstacles.joined(separator: "; ")))" }
    var notes = obstacles
    if measured.inexactRepresentatives > 0 {
      notes.append("\(measured.inexactRepresentatives) times too many ties to break them all")
    }
    return "symmetry of \(measured.symmetricFamilies.joined(separator: ", "))"
      + (notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))")
  }
}
