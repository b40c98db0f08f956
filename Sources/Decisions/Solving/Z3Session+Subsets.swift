import CZ3

extension Z3Session {
  /// Leaves out whatever is not needed for the refutation, in order (deletion; Chinneck and
  /// Dravnieks 1991). What the solver gives up on stays in.
  ///
  /// Requires: the core is unsatisfiable.
  func shrunk(_ core: [Literal], keeping fixed: Set<Literal> = []) -> [Literal] {
    var needed = core
    for literal in core where !fixed.contains(literal) && needed.contains(literal) {
      let rest = needed.filter { $0 != literal }
      if case .unsatisfiable(let smaller) = check(rest) { needed = smaller }
    }
    return needed
  }
}
