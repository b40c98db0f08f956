import Diagnostics
import Exploration
import Reduction
import Report
import Semantics

/// Which reductions were on, and why others were not.
extension CheckRun {
  /// What `--reduce` asks for, as far as the check allows it.
  func addReductions(to options: inout SearchOptions) {
    if automaticObstacle != nil { return }
    options.partialOrder = request.reductions.wantsPartialOrder
    if request.reductions.wantsSymmetry {
      options.symmetricFamilies = families.filter { $0.obstacle == nil }.map(\.identities)
    }
    options.clearsDead = request.reductions.clearsDead
    options.slices = request.reductions.slices
    options.stubborn = request.stubborn
    options.checksStubbornSets = request.checksStubbornSets
    // Who wants to see stubborn sets verified wants to see some.
    if request.reductions == .automatic, !request.checksStubbornSets {
      options.fullStatesMax = ReductionRequest.fullStatesMax
    }
    // Only levels tell what would be saved, and who wants to see sets verified wants nothing else.
    if request.reductions == .automatic,
      request.checksStubbornSets || request.strategy != .breadthFirst
    {
      options.clearsDead = false
      options.slices = false
    }
  }

  /// Why `--reduce auto` uses none whatever the size; nil where it may, or was not asked.
  private var automaticObstacle: String? {
    guard request.reductions == .automatic else { return nil }
    if case .randomWalk = request.strategy { return "random walks store no states" }
    if spec.check.states != nil || spec.check.transitions != nil {
      return "the check compares counts"
    }
    let hasExecutions = spec.properties.contains { property in
      switch property.kind {
      case .linear, .resettability: isSelected(property.name)
      default: false
      }
    }
    return hasExecutions ? "executions need all states" : nil
  }

  /// The families of the spec, judged with the properties that a search of states looks at.
  private var families: [FamilySymmetry] {
    spec.symmetries(properties: Set(spec.properties.map(\.name).filter(isSelected)))
  }

  /// Whether a trace of this length may not be one of the shortest.
  func mayBeShorter(_ steps: Int, _ measured: SearchStatistics) -> Bool {
    guard request.strategy == .breadthFirst, measured.partialOrder else { return false }
    return steps > (measured.trial?.depth ?? -1) + 1
  }

  /// "none (needed none: 80 states)", "por (12 states in part), symmetry of Node".
  func reductions(_ result: SearchResult, _ executions: ExecutionResults) -> String {
    if let obstacle = automaticObstacle { return "none (\(obstacle))" }
    let measured = result.statistics
    if request.reductions == .automatic, !measured.isReduced, measured.trial == nil,
      result.states <= ReductionRequest.fullStatesMax
    {
      return "none (needed none: \(counted(result.states, "state")))"
    }
    var parts: [String] = []
    if request.reductions.wantsPartialOrder { parts.append(partialOrder(measured)) }
    if request.reductions.wantsSymmetry { parts.append(symmetry(measured)) }
    let isAutomatic = request.reductions == .automatic
    if request.reductions.clearsDead, !isAutomatic || !measured.clearedVariables.isEmpty {
      parts.append(deadValues(measured))
    }
    if request.reductions.slices, !isAutomatic || !measured.slicedVariables.isEmpty {
      parts.append(slices(measured))
    }
    let on = parts.filter { !$0.hasPrefix("none") }
    let off = parts.filter { $0.hasPrefix("none") }
    let words = parts.isEmpty ? "none" : (on + off).joined(separator: "; ")
    return words + (measured.trial.map { ", after \($0.states) states in full" } ?? "")
      + (on.isEmpty && !executions.areReduced ? "" : executions.note)
  }

  private func partialOrder(_ measured: SearchStatistics) -> String {
    if measured.partialOrder {
      var words = "por (\(measured.reducedStates) states in part by \(measured.stubborn.rawValue)"
      if measured.checksStubbornSets {
        words += ", each set checked"
        if measured.boundedChecks > 0 { words += ", \(measured.boundedChecks) not to the end" }
      }
      return words + ")"
    }
    return "none (\(measured.partialOrderRefusal ?? "por was not needed"))"
  }

  private func deadValues(_ measured: SearchStatistics) -> String {
    if measured.clearedVariables.isEmpty { return "none (no variable is ever dead)" }
    return "dead (\(measured.clearedVariables.joined(separator: ", ")))"
  }

  private func slices(_ measured: SearchStatistics) -> String {
    if measured.slicedVariables.isEmpty { return "none (nothing to slice away)" }
    return "slice (sliced away: \(measured.slicedVariables.joined(separator: ", ")))"
  }

  private func symmetry(_ measured: SearchStatistics) -> String {
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
