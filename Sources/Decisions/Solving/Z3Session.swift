import CZ3

/// Why no solver can be had.
public struct SolverUnavailable: Error {
  /// "libz3 cannot be loaded: it is not installed; …".
  public let words: String
}

/// What a query came to.
enum SolverOutcome {
  case satisfiable
  /// The assumptions that suffice for the refutation, not always all needed.
  case unsatisfiable([Literal])
  /// Why: "no answer within 5 s", "interrupted", "incomplete …".
  case unknown(String)
}

/// A boolean term that a query may assume.
struct Literal: Hashable {
  let ast: cz3_ast
}

/// One solver.
///
/// Threads: belongs to the thread of its context.
/// Invariant: `model`, or `copy` where there is one, has the model of the last satisfiable query.
final class Z3Session {
  /// What all sessions of one task share.
  let shared: SolverContext
  let context: cz3_context
  private let solver: cz3_solver
  private var model: cz3_model?
  private var copy: QueryCopy?
  private(set) var queryCount = 0
  let trueTerm: cz3_ast
  private let limits: SolverLimits
  /// What the solver is told, which is less as the deadline comes near.
  private var inForce: SolverLimits
  /// When all queries have to end; nil: there is only the limit for each.
  var deadline: ContinuousClock.Instant?

  convenience init(_ limits: SolverLimits) throws(SolverUnavailable) {
    try self.init(limits, in: SolverContext())
  }

  init(_ limits: SolverLimits, in shared: SolverContext) throws(SolverUnavailable) {
    self.shared = shared
    context = shared.context
    guard let solver = cz3_mk_solver(context) else {
      throw SolverUnavailable(words: "libz3 gives no solver")
    }
    self.solver = solver
    self.limits = limits
    inForce = limits
    trueTerm = cz3_mk_true(context)
    cz3_solver_inc_ref(context, solver)
    heedLimits()
  }

  deinit {
    if let model { cz3_model_dec_ref(context, model) }
    cz3_solver_dec_ref(context, solver)
  }

  // MARK: Limits

  private func heedLimits() {
    let parameters = inForce.parameters(in: context)
    cz3_solver_set_params(context, solver, parameters)
    cz3_params_dec_ref(context, parameters)
  }

  /// Returns whether there is time for a query.
  private func heedDeadline() -> Bool {
    var wanted = limits
    if let deadline {
      let left = ContinuousClock.now.duration(to: deadline)
      if left <= .zero { return false }
      wanted.milliseconds = min(limits.milliseconds, max(1, left.milliseconds))
    }
    if wanted.milliseconds == inForce.milliseconds { return true }
    inForce = wanted
    heedLimits()
    return true
  }

  // MARK: Queries

  func assert(_ term: cz3_ast) { cz3_solver_assert(context, solver, term) }

  /// A new literal that, assumed, makes the term true.
  func literal(for term: cz3_ast) -> Literal {
    let ast = freshBool()
    assert(cz3_mk_implies(context, ast, term))
    return Literal(ast: ast)
  }

  /// Complexity: whatever Z3 needs, up to the limits.
  func check(_ assumptions: [Literal]) -> SolverOutcome {
    if shared.isInterrupted { return .unknown(Self.interrupted) }
    guard heedDeadline() else { return .unknown("no time left") }
    queryCount += 1
    if shared.isNonlinear { return checkCopy(assumptions) }
    let asts: [cz3_ast?] = assumptions.map(\.ast)
    let verdict = cz3_solver_check_assumptions(context, solver, UInt32(asts.count), asts)
    if let reason = failure { return .unknown(reason) }
    switch verdict {
    case 1:
      keep(cz3_solver_get_model(context, solver))
      return .satisfiable
    case -1: return .unsatisfiable(core(of: assumptions))
    default:
      return .unknown(words(cz3_solver_get_reason_unknown(context, solver)))
    }
  }

  private static let interrupted = "interrupted"

  /// Why the last call failed; nil where it did not.
  private var failure: String? {
    guard let error = cz3_error(context) else { return nil }
    shared.isBroken = true
    return words(error)
  }

  private func words(_ reason: UnsafePointer<CChar>?) -> String {
    shared.words(reason.map { String(cString: $0) }, inForce)
  }

  private func checkCopy(_ assumptions: [Literal]) -> SolverOutcome {
    askCopy({ $0.check(facts, assumptions.map(\.ast)) }, about: assumptions)
  }

  private func askCopy(
    _ ask: (QueryCopy) -> QueryCopy.Ending, about assumptions: [Literal] = []
  ) -> SolverOutcome {
    guard let new = QueryCopy(shared, inForce) else { return .unknown("libz3 gives no solver") }
    switch ask(new) {
    case .satisfiable:
      keep(nil)
      copy = new
      return .satisfiable
    case .unsatisfiable(let core): return .unsatisfiable(core.map { assumptions[$0] })
    case .unknown(let reason): return .unknown(reason)
    }
  }

  /// All that is asserted.
  private var facts: [cz3_ast] {
    guard let vector = cz3_solver_get_assertions(context, solver) else { return [] }
    cz3_ast_vector_inc_ref(context, vector)
    defer { cz3_ast_vector_dec_ref(context, vector) }
    return (0..<cz3_ast_vector_size(context, vector)).compactMap {
      cz3_ast_vector_get(context, vector, $0)
    }
  }

  /// Runs queries in which the literals are facts: they are worked through once, and not at each
  /// query as assumptions are.
  func assuming<Result>(_ literals: [Literal], _ body: () -> Result) -> Result {
    cz3_solver_push(context, solver)
    defer { cz3_solver_pop(context, solver, 1) }
    for literal in literals { assert(literal.ast) }
    return body()
  }

  /// The same, with a term that is forgotten afterwards.
  func check(_ assumptions: [Literal], with term: cz3_ast) -> SolverOutcome {
    cz3_solver_push(context, solver)
    defer { cz3_solver_pop(context, solver, 1) }
    assert(term)
    return check(assumptions)
  }

  /// Forgets what `body` asserts.
  func scoped<Result>(_ body: () -> Result) -> Result {
    cz3_solver_push(context, solver)
    defer { cz3_solver_pop(context, solver, 1) }
    return body()
  }

  /// Makes the true terms among `terms` weigh as little as possible, where all of `hard` holds
  /// (Z3's core-guided optimizer). Requires: positive weights.
  func minimize(_ terms: [(term: cz3_ast, weight: Int32)], hard: [cz3_ast]) -> SolverOutcome {
    if shared.isNonlinear { return minimizeCopy(terms, hard: hard) }
    return optimizing { optimizer in
      cz3Minimize(optimizer, in: context, terms, hard: hard)
      let verdict = cz3_optimize_check(context, optimizer, 0, nil)
      if let reason = failure { return .unknown(reason) }
      switch verdict {
      case 1:
        keep(cz3_optimize_get_model(context, optimizer))
        return .satisfiable
      case -1: return .unsatisfiable([])
      default: return .unknown(reasonUnknown(optimizer))
      }
    } orElse: {
      .unknown($0)
    }
  }

  private func minimizeCopy(
    _ terms: [(term: cz3_ast, weight: Int32)], hard: [cz3_ast]
  ) -> SolverOutcome {
    if shared.isInterrupted { return .unknown(Self.interrupted) }
    queryCount += 1
    return askCopy { $0.minimize(terms, hard: hard) }
  }

  /// Runs one query of a new optimizer; where there is none, `missing` says why.
  func optimizing<Result>(
    _ body: (cz3_optimize) -> Result, orElse missing: (String) -> Result
  ) -> Result {
    if shared.isInterrupted { return missing(Self.interrupted) }
    queryCount += 1
    guard let optimizer = cz3_mk_optimize(context) else { return missing("libz3 gives no solver") }
    cz3_optimize_inc_ref(context, optimizer)
    defer { cz3_optimize_dec_ref(context, optimizer) }
    let parameters = limits.optimizerParameters(in: context)
    defer { cz3_params_dec_ref(context, parameters) }
    cz3_optimize_set_params(context, optimizer, parameters)
    if let refusal = failure { return missing(refusal) }
    return body(optimizer)
  }

  func reasonUnknown(_ optimizer: cz3_optimize) -> String {
    failure ?? words(cz3_optimize_get_reason_unknown(context, optimizer))
  }

  private func keep(_ found: cz3_model?) {
    if let found { cz3_model_inc_ref(context, found) }
    if let model { cz3_model_dec_ref(context, model) }
    model = found
    copy = nil
  }

  private func core(of assumptions: [Literal]) -> [Literal] {
    guard let vector = cz3_solver_get_unsat_core(context, solver) else { return assumptions }
    cz3_ast_vector_inc_ref(context, vector)
    defer { cz3_ast_vector_dec_ref(context, vector) }
    var found: Set<cz3_ast> = []
    for index in 0..<cz3_ast_vector_size(context, vector) {
      if let ast = cz3_ast_vector_get(context, vector, index) { found.insert(ast) }
    }
    return assumptions.filter { found.contains($0.ast) }
  }

  // MARK: Values

  /// The value of a term in the model; nil where it is none that can be written down (an irrational
  /// root, say).
  func value(of term: cz3_ast) -> LeafValue? {
    if let copy { return copy.value(of: term) }
    var result: cz3_ast?
    guard let model, cz3_model_eval(context, model, term, true, &result), let result else {
      return nil
    }
    return LeafValue(result, in: context)
  }

  func isTrue(_ term: cz3_ast) -> Bool { value(of: term) == .bool(true) }

  // MARK: Terms

  func freshBool() -> cz3_ast {
    cz3_mk_fresh_const(context, "assume", cz3_mk_bool_sort(context))
  }

  func constant(_ sort: ScalarSort, _ name: String) -> cz3_ast {
    cz3_mk_fresh_const(context, name, z3Sort(sort))
  }

  func z3Sort(_ sort: ScalarSort) -> cz3_sort {
    switch sort {
    case .bool: cz3_mk_bool_sort(context)
    case .integer, .enumeration: cz3_mk_int_sort(context)
    case .real: cz3_mk_real_sort(context)
    case .string: cz3_mk_string_sort(context)
    }
  }
}
