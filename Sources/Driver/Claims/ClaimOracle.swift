import Decisions
import Exploration
import Synchronization
import TransitionSystem

/// The oracle of a search: a solver that knows the prompt and every claim that can be committed.
///
/// One solver serves all workers, one question at a time: what they ask again and again they
/// remember themselves. It is loaded for the first question.
final class ClaimOracle: Oracle {
  // Safety: reached through the mutex alone.
  private enum Solver: @unchecked Sendable {
    case closed
    case open(CommittedClaims)
    case unavailable(SolverUnavailable)
  }
  private let solver = Mutex(Solver.closed)
  private let interrupter = Mutex<SolverInterrupter?>(nil)
  private let prompt: PromptClaims
  private let terms: [Term]
  private let parts: [[Int]]
  private let questions: [Question]
  private let deadline: UInt64?

  init(_ system: TransitionSystem, _ prompt: PromptClaims, deadline: UInt64? = nil) {
    self.prompt = prompt
    let terms = system.members.map { prompt.terms[$0.source].filled($0.ranks) }
    self.terms = terms
    parts = CommittedClaims.parts(prompt.model, claims: terms)
    questions = system.questions
    self.deadline = deadline
  }

  /// Loads the solver now. Throws: where there is none.
  func open() throws(SolverUnavailable) {
    if case .failure(let reason) = withClaims({ _ in }) { throw reason }
  }

  private func withClaims<Result>(
    _ body: (CommittedClaims) -> Result
  ) -> Swift.Result<Result, SolverUnavailable> {
    solver.withLock { solver in
      if case .closed = solver { solver = load() }
      switch solver {
      case .open(let claims): return .success(body(claims))
      case .unavailable(let reason): return .failure(reason)
      case .closed: preconditionFailure("the solver has been loaded")
      }
    }
  }

  private func load() -> Solver {
    do {
      let claims = try CommittedClaims(prompt.model, claims: terms, SolverLimits())
      if let deadline {
        let now = monotonicNanoseconds()
        claims.deadline = .now + .nanoseconds(Int64(clamping: max(deadline, now) - now))
      }
      interrupter.withLock { $0 = claims.interrupter }
      return .open(claims)
    } catch {
      return .unavailable(error)
    }
  }

  func answer(_ question: QuestionID, about members: [UInt64]) -> OracleAnswer {
    if Interruption.flag.isCancelled { return .unknown }
    if let deadline, monotonicNanoseconds() > deadline { return .unknown }
    let kind = questions[question.index].kind
    let answer = withClaims { claims in
      switch kind {
      case .clash: claims.clash(members)
      case .forces(let decision): claims.forces(decision, members)
      }
    }
    return switch answer {
    case .success(.yes(let reason)): .yes(because: reason)
    case .success(.no(let larger)): .no(within: larger)
    case .success(.unknown), .failure: .unknown
    }
  }

  func parts(of question: QuestionID) -> [[Int]] {
    questions[question.index].kind == .clash ? parts : []
  }

  /// Ends the query at hand. Threads: from any. Requires: the oracle lives.
  func interrupt() { interrupter.withLock { $0?() } }

  /// Queries so far; 0 where the solver was not loaded.
  var queryCount: Int {
    solver.withLock { if case .open(let claims) = $0 { claims.queryCount } else { 0 } }
  }

  /// Why the solver gave up first, and on which claims, by place.
  var firstUnknown: (reason: String, claims: [Int])? {
    solver.withLock { if case .open(let claims) = $0 { claims.firstUnknown } else { nil } }
  }

  /// Requirements that may be why the solver gives up.
  var nonlinearWords: String {
    prompt.model.nonlinearWords(prompt.model.requirements.map { prompt.model[$0] })
  }

  /// A minimal conflict among claims and requirements, after the search: whatever time that had.
  func conflict(_ members: [UInt64]) -> CommittedConflict? {
    try? withClaims { claims in
      claims.deadline = nil
      return claims.conflict(members)
    }.get()
  }
}
