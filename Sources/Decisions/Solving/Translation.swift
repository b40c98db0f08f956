import CZ3

/// Terms in the language of Z3, with a constant for each leaf.
struct Translation {
  let session: Z3Session
  /// By leaf; values instead of constants where a leaf is fixed.
  let leaves: [cz3_ast]
  /// That the leaves are within the bounds of their sorts.
  private(set) var bounds: [cz3_ast] = []

  init(_ session: Z3Session, leaves: [cz3_ast]) {
    self.session = session
    self.leaves = leaves
  }

  /// New constants for all leaves, within the bounds of their sorts.
  init(_ session: Z3Session, _ model: PromptModel) {
    self.session = session
    leaves = model.leaves.map { session.constant($0.sort, $0.name) }
    for (leaf, constant) in zip(model.leaves, leaves) {
      guard leaf.sort != .bool, let bounds = model.bounds(leaf.sort) else { continue }
      self.bounds += [
        cz3_mk_le(session.context, integer(bounds.lowerBound), constant),
        cz3_mk_le(session.context, constant, integer(bounds.upperBound)),
      ]
    }
    for bound in bounds { session.assert(bound) }
  }

  private var context: cz3_context { session.context }

  func integer(_ value: Int64) -> cz3_ast { numeral("\(value)", .integer(nil)) }

  private func numeral(_ text: String, _ sort: ScalarSort) -> cz3_ast {
    cz3_mk_numeral(context, text, session.z3Sort(sort))
  }

  func constant(_ value: LeafValue, _ sort: ScalarSort) -> cz3_ast {
    switch value {
    case .bool(let value): value ? cz3_mk_true(context) : cz3_mk_false(context)
    case .number(let digits): numeral(digits, sort)
    case .string(let text): cz3_mk_string(context, escaped(text))
    }
  }

  func ast(_ term: Term) -> cz3_ast {
    switch term {
    case .bool(let value): value ? cz3_mk_true(context) : cz3_mk_false(context)
    case .integer(let value): integer(value)
    case .real(let text): numeral(text, .real)
    case .string(let text): cz3_mk_string(context, escaped(text))
    case .leaf(let leaf): leaves[leaf.index]
    case .not(let term): cz3_mk_not(context, ast(term))
    case .and(let terms): list(terms, cz3_mk_and)
    case .or(let terms): list(terms, cz3_mk_or)
    case .add(let terms): list(terms, cz3_mk_add)
    case .multiply(let a, let b): product(a, b)
    case .equal(let a, let b): cz3_mk_eq(context, ast(a), ast(b))
    case .less(let a, let b): cz3_mk_lt(context, ast(a), ast(b))
    case .lessEqual(let a, let b): cz3_mk_le(context, ast(a), ast(b))
    case .ratio(let a, let b): cz3_mk_div(context, ast(a), ast(b))
    case .toReal(let term): cz3_mk_int2real(context, ast(term))
    case .conditional(let test, let then, let otherwise):
      cz3_mk_ite(context, ast(test), ast(then), ast(otherwise))
    case .divide(let a, let b): quotient(ast(a), ast(b))
    case .remainder(let a, let divisor): remainder(ast(a), integer(divisor))
    }
  }

  private func list(
    _ terms: [Term], _ make: (cz3_context?, UInt32, UnsafePointer<cz3_ast?>?) -> cz3_ast?
  ) -> cz3_ast {
    let asts: [cz3_ast?] = terms.map { ast($0) }
    // Every term above is well sorted, so that Z3 returns one but out of memory; the query that
    // follows reports that.
    return make(context, UInt32(asts.count), asts) ?? session.trueTerm
  }

  private func product(_ a: Term, _ b: Term) -> cz3_ast {
    if Term.multiply(a, b).isNonlinear { session.shared.isNonlinear = true }
    return list([a, b], cz3_mk_mul)
  }

  /// Z3's `div` leaves a remainder of at least 0; ours rounds towards zero.
  private func quotient(_ a: cz3_ast, _ b: cz3_ast) -> cz3_ast {
    let zero = integer(0)
    let isNegative = cz3_mk_lt(context, a, zero)
    let flipped = negated(cz3_mk_div(context, negated(a), b))
    return cz3_mk_ite(context, isNegative, flipped, cz3_mk_div(context, a, b))
  }

  private func remainder(_ a: cz3_ast, _ b: cz3_ast) -> cz3_ast {
    let product: [cz3_ast?] = [quotient(a, b), b]
    let difference: [cz3_ast?] = [a, cz3_mk_mul(context, 2, product)]
    return cz3_mk_sub(context, 2, difference)
  }

  private func negated(_ a: cz3_ast) -> cz3_ast {
    let difference: [cz3_ast?] = [integer(0), a]
    return cz3_mk_sub(context, 2, difference)
  }
}
