/// What `--reduce` says.
public enum ReductionRequest: Sendable, Equatable {
  /// In full as long as that is small, then with all that preserve what is looked for and save
  /// something.
  case automatic
  /// These, from the beginning; all false is `none`.
  case chosen(partialOrder: Bool, symmetry: Bool, clearsDead: Bool, slices: Bool)

  var wantsPartialOrder: Bool {
    switch self {
    case .automatic: true
    case .chosen(let partialOrder, _, _, _): partialOrder
    }
  }

  var wantsSymmetry: Bool {
    switch self {
    case .automatic: true
    case .chosen(_, let symmetry, _, _): symmetry
    }
  }

  var clearsDead: Bool {
    if case .chosen(_, _, let clearsDead, _) = self { clearsDead } else { true }
  }

  var slices: Bool {
    if case .chosen(_, _, _, let slices) = self { slices } else { true }
  }

  /// States that a search may take before reductions are thought worth their loss of exact counts
  /// and shortest traces; a tenth of a second.
  static var fullStatesMax: Int { 1 << 17 }
}
