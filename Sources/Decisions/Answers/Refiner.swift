import CZ3

/// Asks a solver all that is to be known about a prompt and its claims.
///
/// Every clause has a literal that switches it on, so that one solver answers all questions.
public final class Refiner {
  let model: PromptModel
  let options: RefinementOptions
  let session: Z3Session
  let translation: Translation
  /// By clause.
  let literals: [Literal]
  let clauseOf: [Literal: ClauseID]
  var refinement: Refinement
  /// What is possible under the prompt alone, once that was found out.
  var known: Possibilities?
  /// In the order in which clauses mention them.
  let mentionedStrings: [String]

  public init(_ model: PromptModel, _ options: RefinementOptions) throws(SolverUnavailable) {
    self.model = model
    self.options = options
    let session = try Z3Session(options.limits)
    let translation = Translation(session, model)
    literals = model.clauses.map { session.literal(for: translation.ast($0.term)) }
    clauseOf = Dictionary(
      uniqueKeysWithValues: literals.enumerated().map { ($1, ClauseID($0)) })
    self.session = session
    self.translation = translation
    mentionedStrings = model.mentionedStrings
    refinement = Refinement(model: model)
  }

  public var interrupter: SolverInterrupter { SolverInterrupter(shared: session.shared) }

  public func run() -> Refinement {
    refinement.prompt = consistency(of: [], "whether the prompt is satisfiable")
    if case .satisfiable = refinement.prompt {
      refinement.joint =
        model.claims.isEmpty
        ? refinement.prompt
        : consistency(of: model.claims, "whether the claims refine one program")
      if case .conflict = refinement.joint {
        findConflicts()
        findWithdrawal()
      }
      findChoices()
      remarkOnClaims()
      coordinate()
    } else {
      refinement.joint = refinement.prompt
    }
    refinement.queryCount += session.queryCount
    return refinement
  }

  private func coordinate() {
    do throws(SolverUnavailable) {
      guard let coordinator = try Coordinator(self) else { return }
      refinement.coordination = coordinator.run()
      refinement.queryCount += coordinator.queryCount
    } catch {
      refinement.coordination = .unknown(error.words)
    }
  }

  // MARK: Queries

  func literals(_ clauses: [ClauseID]) -> [Literal] { clauses.map { literals[$0.index] } }

  var promptLiterals: [Literal] { literals(model.requirements) }

  /// The values of all leaves in the last model; nil where one cannot be written down.
  func assignment() -> Assignment? {
    var values: [LeafValue] = []
    for leaf in translation.leaves {
      guard let value = session.value(of: leaf) else { return nil }
      values.append(value)
    }
    return Assignment(values: values)
  }

  func note(_ question: String, _ reason: String) {
    let cause = model.nonlinearWords(model.clauses)
    let words = "\(question): the solver gave up (\(reason))\(cause)"
    if !refinement.unknowns.contains(words) { refinement.unknowns.append(words) }
  }

  // MARK: Consistency

  private func consistency(of claims: [ClauseID], _ question: String) -> Consistency {
    let assumptions = promptLiterals + literals(claims)
    switch session.check(assumptions) {
    case .unknown(let reason):
      note(question, reason)
      return .unknown(reason)
    case .unsatisfiable(let core):
      return .conflict(conflict(in: core, claims))
    case .satisfiable:
      return nearDefaults(claims, question)
    }
  }

  /// The member of Φ with the fewest changes; the last query has found one.
  private func nearDefaults(_ claims: [ClauseID], _ question: String) -> Consistency {
    var best = assignment()
    let changed = model.decisions.compactMap { decision in
      decision.isDefault.map { cz3_mk_not(session.context, translation.ast($0)) as cz3_ast }
    }
    if !changed.isEmpty {
      let hard = (model.requirements + claims).map { translation.ast(model[$0].term) }
      switch session.minimize(changed.map { ($0, 1) }, hard: hard + translation.bounds) {
      case .satisfiable: best = assignment() ?? best
      case .unknown(let reason): note("which solution changes the fewest defaults", reason)
      case .unsatisfiable: break
      }
    }
    guard let best else {
      note(question, "its answer has a value that cannot be written down")
      return .unknown("the solution has irrational values")
    }
    let isFree = model.decisions.map { $0.isDefault.map { !best.satisfies($0) } ?? true }
    let shown = nearZero(best, claims, isFree: isFree)
    let changes = model.decisions.indices.filter { index in
      model.decisions[index].isDefault.map { !shown.satisfies($0) } ?? false
    }
    return .satisfiable(shown, changes: changes)
  }

  /// A minimal conflict among the literals of a core. Requires: the core is one.
  func conflict(in core: [Literal], _ claims: [ClauseID]) -> Conflict {
    let clauses = session.shrunk(core).compactMap { clauseOf[$0] }.sorted()
    return Conflict(
      claims: clauses.filter { model[$0].agent != nil },
      requirements: clauses.filter { model[$0].agent == nil })
  }
}

extension PromptModel {
  /// "; nonlinear: `a * b == 7`"; empty where none is.
  public func nonlinearWords(_ clauses: [Clause]) -> String {
    let nonlinear = clauses.filter(\.term.isNonlinear).map { "`\($0.text)`" }
    if nonlinear.isEmpty { return "" }
    let others = nonlinear.dropFirst(Self.namedMax)
    let more = others.isEmpty ? "" : " and \(others.count) more"
    return "; nonlinear: \(nonlinear.prefix(Self.namedMax).joined(separator: ", "))\(more)"
  }

  private static let namedMax = 4
}

extension Assignment {
  /// Whether a conjunction of equalities of leaves with constants holds.
  fileprivate func satisfies(_ defaults: Term) -> Bool {
    switch defaults {
    case .bool(let value): value
    case .and(let terms): terms.allSatisfy(satisfies)
    case .leaf(let leaf): self[leaf] == .bool(true)
    case .not(.leaf(let leaf)): self[leaf] == .bool(false)
    case .equal(.leaf(let leaf), .integer(let value)): self[leaf] == .number(String(value))
    case .equal(.leaf(let leaf), .string(let text)): self[leaf] == .string(text)
    case .equal(.leaf(let leaf), .real(let text)): self[leaf] == .number(fraction(text))
    default: false
    }
  }
}
