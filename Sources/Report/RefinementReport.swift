import Decisions
import Diagnostics

/// The answers of `wfcheck refine`, with the places of the clauses.
public struct RefinementReport: Sendable {
  public let refinement: Refinement
  public let sources: SourceSet
  /// What differs from the claims of before; nil where nothing is compared.
  public var difference: RefinementDifference?

  public init(_ refinement: Refinement, sources: SourceSet) {
    self.refinement = refinement
    self.sources = sources
  }

  /// The prompt's.
  public var name: String { model.name }

  var model: PromptModel { refinement.model }

  func place(_ span: Span) -> String {
    let location = sources.location(of: span)
    return "\(location.file):\(location.line)"
  }

  /// "Backend claims", "the prompt requires".
  func speaker(_ clause: ClauseID) -> String {
    model[clause].agent.map { "\(model.agents[$0]) claims" } ?? "the prompt requires"
  }

  func owner(_ decision: Int) -> String {
    model.decisions[decision].owner.map { model.agents[$0] } ?? "nobody"
  }

  /// `storage = sqlite`, or `tags = {web, mobile}` for a set.
  func values(of decision: Int, in assignment: Assignment) -> String {
    model.decisions[decision].leaves.map { model.text(of: $0, in: assignment) }
      .joined(separator: ", ")
  }

  func text(of possible: Possible, _ leaf: LeafID) -> String {
    let sort = model.leaves[leaf.index].sort
    switch possible {
    case .forced(let value): return "forced: \(model.text(of: value, sort))"
    case .values(let values): return "open: " + list(values, sort)
    case .range(let lower, let upper): return "open: \(range(lower, upper, sort))"
    case .texts(let values):
      let texts = values.map { model.text(of: $0, sort) }
      return "open: " + (texts.isEmpty ? "any" : texts.joined(separator: ", ") + " or another")
    case .unknown(let reason): return "unknown: \(reason)"
    }
  }

  /// The values in order, of integers that follow each other the first and the last.
  private func list(_ values: [LeafValue], _ sort: ScalarSort) -> String {
    let texts = values.map { model.text(of: $0, sort) }
    let numbers = texts.compactMap { Int64($0) }
    guard case .integer = sort, numbers.count == texts.count else {
      return texts.joined(separator: ", ")
    }
    var runs: [ClosedRange<Int64>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound == number - 1 {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    return runs.map { run in
      run.count > 2
        ? "\(run.lowerBound)..\(run.upperBound)" : run.map(String.init).joined(separator: ", ")
    }.joined(separator: ", ")
  }

  /// `1..9`, `…..9` without a lower end; of reals `1 < … <= 5/2`, which tells whether the ends
  /// are possible themselves.
  private func range(_ lower: Bound?, _ upper: Bound?, _ sort: ScalarSort) -> String {
    guard sort == .real else { return "\(lower?.value ?? "…")..\(upper?.value ?? "…")" }
    let (from, to) = (
      lower.map { "\($0.value) \($0.isAttained ? "<=" : "<") " },
      upper.map { " \($0.isAttained ? "<=" : "<") \($0.value)" }
    )
    return from == nil && to == nil ? "any" : "\(from ?? "")…\(to ?? "")"
  }
}
