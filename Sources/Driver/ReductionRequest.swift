/// What `--reduce` says.
public enum ReductionRequest: Sendable, Equatable {
  /// In full as long as that is small, then with all that preserve what is looked for.
  case automatic
  /// These, from the beginning; both false is `none`.
  case chosen(partialOrder: Bool, symmetry: Bool)

  var wantsPartialOrder: Bool {
    switch self {
    case .automatic: true
    case .chosen(let partialOrder, _): partialOrder
    }
  }

  var wantsSymmetry: Bool {
    switch self {
    case .automatic: true
    case .chosen(_, let symmetry): symmetry
    }
  }

  /// States that a search may take before reductions are thought worth their loss of exact counts
  /// and shortest traces; a tenth of a second.
  static var fullStatesMax: Int { 1 << 17 }
}
