import CZ3

/// One query in a context of its own, and the model that it has found.
///
/// Idea. What Z3 does about products of unknowns (nlsat; Jovanović, de Moura 2012) factors
/// polynomials for hours and heeds neither time limits nor interrupts meanwhile. So such a query is
/// a copy, on a thread that can be left behind: the terms of its session are elsewhere, and later
/// queries are none the wiser. A copy costs about a millisecond.
///
/// Threads: belongs to one at a time, but for what runs in `bounded`.
final class QueryCopy {
  enum Ending {
    case satisfiable
    /// Places of the assumptions that suffice for the refutation.
    case unsatisfiable([Int])
    case unknown(String)
  }

  private let shared: SolverContext
  private let context: cz3_context
  private let limits: SolverLimits
  private var model: cz3_model?
  private var isAbandoned = false
  private var isBroken = false

  /// Nil where libz3 gives no context.
  init?(_ shared: SolverContext, _ limits: SolverLimits) {
    guard let context = cz3_take() else { return nil }
    self.shared = shared
    self.context = context
    self.limits = limits
  }

  /// Runs late where a call was abandoned: that keeps what it uses.
  deinit {
    if let model { cz3_model_dec_ref(context, model) }
    cz3_give_back(context, isBroken || isAbandoned)
  }

  // MARK: Queries

  /// Requires: no earlier query.
  func check(_ facts: [cz3_ast], _ assumptions: [cz3_ast]) -> Ending {
    guard let solver = cz3_mk_solver(context) else { return .unknown("libz3 gives no solver") }
    cz3_solver_inc_ref(context, solver)
    let parameters = limits.untimed.parameters(in: context)
    cz3_solver_set_params(context, solver, parameters)
    cz3_params_dec_ref(context, parameters)
    for fact in facts { cz3_solver_assert(context, solver, own(fact)) }
    let assumed: [cz3_ast?] = assumptions.map { own($0) }
    let answer = bounded { copy in
      cz3_solver_check_assumptions(copy.context, solver, UInt32(assumed.count), assumed)
    }
    guard case .success(let verdict) = answer else { return unanswered(answer) }
    defer { cz3_solver_dec_ref(context, solver) }
    if let failure { return .unknown(failure) }
    switch verdict {
    case 1: return keep(cz3_solver_get_model(context, solver))
    case -1: return .unsatisfiable(core(solver, assumed))
    default: return .unknown(words(cz3_solver_get_reason_unknown(context, solver)))
    }
  }

  /// Requires: no earlier query, positive weights.
  func minimize(_ terms: [(term: cz3_ast, weight: Int32)], hard: [cz3_ast]) -> Ending {
    guard let optimizer = cz3_mk_optimize(context) else {
      return .unknown("libz3 gives no solver")
    }
    cz3_optimize_inc_ref(context, optimizer)
    let parameters = limits.untimed.optimizerParameters(in: context)
    cz3_optimize_set_params(context, optimizer, parameters)
    let refusal = failure
    cz3_params_dec_ref(context, parameters)
    if let refusal {
      cz3_optimize_dec_ref(context, optimizer)
      return .unknown(refusal)
    }
    cz3Minimize(
      optimizer, in: context, terms.map { (own($0.term), $0.weight) }, hard: hard.map { own($0) })
    let answer = bounded { cz3_optimize_check($0.context, optimizer, 0, nil) }
    guard case .success(let verdict) = answer else { return unanswered(answer) }
    defer { cz3_optimize_dec_ref(context, optimizer) }
    if let failure { return .unknown(failure) }
    switch verdict {
    case 1: return keep(cz3_optimize_get_model(context, optimizer))
    case -1: return .unsatisfiable([])
    default: return .unknown(words(cz3_optimize_get_reason_unknown(context, optimizer)))
    }
  }

  /// The value of a term of the session in the model; nil where it is none that can be written
  /// down, or takes too long: irrational roots may take hours.
  func value(of term: cz3_ast) -> LeafValue? {
    guard !isAbandoned, let model else { return nil }
    let term = own(term)
    let answer = bounded { copy -> cz3_ast? in
      var result: cz3_ast?
      return cz3_model_eval(copy.context, model, term, true, &result) ? result : nil
    }
    guard case .success(let result?) = answer else { return nil }
    return LeafValue(result, in: context)
  }

  // MARK: Calls

  private enum Missing: Error { case abandoned, refused }

  /// The result of a call; an abandoned one keeps this and all that it refers to.
  private func bounded<Result>(
    _ body: @escaping (QueryCopy) -> Result
  ) -> Swift.Result<Result, Missing> {
    let place = Place<Result>()
    let call = BoundedCall(shared) { place.result = body(self) }
    switch call.run(in: context, milliseconds: limits.milliseconds) {
    case CZ3_ENDED: break
    case CZ3_INTERRUPTED: isBroken = true
    case CZ3_REFUSED: return .failure(.refused)
    default:
      isAbandoned = true
      return .failure(.abandoned)
    }
    return place.result.map { .success($0) } ?? .failure(.refused)
  }

  /// Written by a call, and read once that has ended.
  private final class Place<Result> {
    var result: Result?
  }

  private func unanswered<Result>(_ answer: Swift.Result<Result, Missing>) -> Ending {
    if case .failure(.abandoned) = answer { return .unknown(shared.words("timeout", limits)) }
    isBroken = true
    return .unknown("libz3 did not end earlier queries in time")
  }

  // MARK: Terms

  private func own(_ term: cz3_ast) -> cz3_ast { cz3_translate(shared.context, term, context) }

  private func keep(_ found: cz3_model?) -> Ending {
    if let found { cz3_model_inc_ref(context, found) }
    model = found
    return .satisfiable
  }

  private func core(_ solver: cz3_solver, _ assumed: [cz3_ast?]) -> [Int] {
    guard let vector = cz3_solver_get_unsat_core(context, solver) else {
      return Array(assumed.indices)
    }
    cz3_ast_vector_inc_ref(context, vector)
    defer { cz3_ast_vector_dec_ref(context, vector) }
    let found = Set(
      (0..<cz3_ast_vector_size(context, vector)).map {
        cz3_ast_vector_get(context, vector, $0)
      })
    return assumed.indices.filter { found.contains(assumed[$0]) }
  }

  /// Why the last call failed; nil where it did not.
  private var failure: String? {
    guard let error = cz3_error(context) else { return nil }
    isBroken = true
    return words(error)
  }

  private func words(_ reason: UnsafePointer<CChar>?) -> String {
    shared.words(reason.map { String(cString: $0) }, limits)
  }
}

/// Poses that the true terms weigh as little as possible, where all of `hard` holds.
func cz3Minimize(
  _ optimizer: cz3_optimize, in context: cz3_context, _ terms: [(term: cz3_ast, weight: Int32)],
  hard: [cz3_ast]
) {
  for term in hard { cz3_optimize_assert(context, optimizer, term) }
  for (term, weight) in terms {
    let isFalse = cz3_mk_not(context, term)
    _ = cz3_optimize_assert_soft(
      context, optimizer, isFalse, String(weight), cz3_mk_string_symbol(context, "cost"))
  }
}

extension LeafValue {
  /// Nil where it is none that can be written down (an irrational root, say).
  init?(_ value: cz3_ast, in context: cz3_context) {
    switch cz3_get_bool_value(context, value) {
    case 1: self = .bool(true)
    case -1: self = .bool(false)
    default:
      if cz3_is_numeral_ast(context, value), let text = cz3_get_numeral_string(context, value) {
        self = .number(String(cString: text))
      } else if cz3_is_string(context, value), let text = cz3_get_string(context, value) {
        self = .string(unescaped(String(cString: text)))
      } else {
        return nil
      }
    }
  }
}
