import CZ3

extension Possibilities {
  mutating func realRange(_ leaf: LeafID) throws(GaveUp) -> Possible {
    let isLinear = !propagator.terms.contains(where: \.isNonlinear)
    func end(_ direction: Int64) throws(GaveUp) -> Bound? {
      try isLinear ? linearBound(leaf, direction) : wholeBound(leaf, direction: direction)
    }
    let lower = try end(-1)
    let upper = try end(1)
    if let lower, lower == upper { return .forced(.number(lower.value)) }
    return .range(lower: lower, upper: upper)
  }

  /// The end in a direction, nil where there is none within 2^60: as far as the cell of the
  /// outermost member goes, until no member is beyond.
  ///
  /// Z3's optimizer is not relied on, as it takes strict inequalities for others at times: it looks
  /// at closed cells alone, and queries verify what it says about them.
  private mutating func linearBound(
    _ leaf: LeafID, _ direction: Int64
  ) throws(GaveUp) -> Bound? {
    if try canReach(direction * (1 << 60), leaf, direction) { return nil }
    for _ in 0..<Self.cellsMax {
      guard let member = outermostMember(leaf, direction),
        let cell = Cell(refiner.model, propagator.terms, around: member),
        let end = end(of: cell, leaf, direction)
      else { break }
      if try isPossible(beyond(end, leaf, direction)) { continue }
      let isAttained = try isPossible(equality(leaf, .number(end)))
      return Bound(value: end, isAttained: isAttained)
    }
    throw gaveUp(leaf, "its end was not found in \(Self.cellsMax) steps")
  }

  private static let cellsMax = 100

  private func outermostMember(_ leaf: LeafID, _ direction: Int64) -> [Scalar]? {
    members.max { a, b in
      guard case .number(let left) = a[leaf.index], case .number(let right) = b[leaf.index] else {
        return false
      }
      return
        (direction > 0
        ? left.isLess(than: right, orEqual: false) : right.isLess(than: left, orEqual: false))
        ?? false
    }
  }

  /// The outermost value of a leaf in a closed cell; nil where that is not known.
  private func end(of cell: Cell, _ leaf: LeafID, _ direction: Int64) -> String? {
    let session = refiner.session
    let hard = cell.constraints.map { refiner.translation.ast($0) }
    guard
      case .bound(let end, _) = session.extreme(
        of: constant(leaf), isUpper: direction > 0, hard: hard),
      let proof = try? Z3Session(refiner.options.limits, in: session.shared)
    else { return nil }
    for constraint in hard { proof.assert(constraint) }
    guard case .unsatisfiable = proof.check([], with: beyond(end, leaf, direction)),
      case .satisfiable = proof.check([], with: equality(leaf, .number(end)))
    else { return nil }
    return end
  }

  private func beyond(_ end: String, _ leaf: LeafID, _ direction: Int64) -> cz3_ast {
    let bound = refiner.translation.constant(.number(end), .real)
    return direction > 0
      ? cz3_mk_lt(context, bound, constant(leaf)) : cz3_mk_lt(context, constant(leaf), bound)
  }

  private func gaveUp(_ leaf: LeafID, _ reason: String) -> GaveUp {
    refiner.note("how far `\(refiner.model.leaves[leaf.index].name)` can go", reason)
    return GaveUp()
  }

  /// The end in a direction among nonlinear clauses, if it is an integer and possible itself.
  private mutating func wholeBound(_ leaf: LeafID, direction: Int64) throws(GaveUp) -> Bound? {
    guard outermost(leaf, direction) != nil else {
      throw gaveUp(leaf, "its values are irrational")
    }
    guard let end = try extreme(leaf, nil, direction: direction) else { return nil }
    if try !isPossible(beyond(String(end), leaf, direction)) { return Bound(value: String(end)) }
    throw gaveUp(leaf, "it is no integer")
  }
}
