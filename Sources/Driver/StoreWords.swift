import Exploration
import Report

extension Omission {
  /// How far to trust a search that may have left states out.
  var words: String {
    switch self {
    case .probability(let value):
      "probability of an omitted state at most \(approximate(value))"
    case .expectedStates(let value): "expected omissions: \(approximate(value)) states"
    }
  }
}

extension RunRequest {
  /// What the store asked for does not go with, in one sentence; nil where all goes well.
  public var storeComplaint: String? {
    if bitTableBytes != nil, store != .bitstate {
      return "--bits is for --store bitstate."
    }
    if store == .exact { return nil }
    let name = "--store \(store.rawValue)"
    if strategy != .breadthFirst {
      return "\(name) is for breadth-first search; others have the exact store, or none."
    }
    if !store.knowsLevels, case .chosen(partialOrder: true, _, _, _) = reductions {
      return "--reduce por asks which level a state lies in, which \(name) does not know."
    }
    return nil
  }
}
