import CZ3
import Foundation
import Synchronization
import Testing

@testable import Decisions

/// What a solver may cost, and who pays.
@Suite struct SolverTests {
  /// Twelve guests in eleven rooms: easy to say, hard to refute.
  private static let crowded = """
    prompt Hotel "rooms" {
      decision room: map[1..12] of 1..11
      require all a, b in 1..12: a != b implies room[a] != room[b]
    }
    """

  private func reason(_ options: RefinementOptions, _ text: String = crowded) throws -> String? {
    if case .unknown(let reason) = try refined(text, options).prompt { reason } else { nil }
  }

  @Test func aQueryEndsWithItsTime() throws {
    var options = RefinementOptions()
    options.limits.milliseconds = 100
    let started = ContinuousClock.now
    #expect(try reason(options) == "no answer within 100 ms")
    #expect(ContinuousClock.now - started < .seconds(20))
  }

  /// Fourteen guests in thirteen rooms, for an optimizer. Requires: the time does not suffice.
  private func crowd(_ session: Z3Session) -> SolverOutcome {
    let context = session.context
    let room = (0..<14).map { session.constant(.integer(nil), "room\($0)") }
    let number = { (text: String) in cz3_mk_numeral(context, text, session.z3Sort(.integer(nil))) }
    let differ = room.indices.flatMap { guest in
      room[..<guest].map { cz3_mk_not(context, cz3_mk_eq(context, $0, room[guest])) as cz3_ast }
    }
    let limits = room.flatMap {
      [cz3_mk_le(context, number("1"), $0), cz3_mk_le(context, $0, number("13"))] as [cz3_ast]
    }
    let wish: cz3_ast = cz3_mk_eq(context, room[0], number("7"))
    return session.minimize([(wish, 1)], hard: differ + limits)
  }

  @Test(arguments: [false, true])
  func anOptimizerEndsWithItsTime(_ isCopied: Bool) throws {
    let session = try Z3Session(SolverLimits(milliseconds: 200))
    session.shared.isNonlinear = isCopied
    let started = ContinuousClock.now
    let outcome = crowd(session)
    #expect(ContinuousClock.now - started < .seconds(20))
    guard case .unknown("no answer within 200 ms") = outcome else {
      Issue.record("\(outcome)")
      return
    }
  }

  /// Z3 takes Ctrl-C while it optimizes, unless it is told not to, and nobody hears of it.
  @Test func ctrlCIsNotForTheOptimizer() throws {
    let isOver = Mutex(false)
    let takers = Mutex(Set<UInt>())
    let thread = Thread {
      while !isOver.withLock({ $0 }) {
        var action = sigaction()
        sigaction(SIGINT, nil, &action)
        let handler = unsafeBitCast(action.__sigaction_handler, to: UInt.self)
        _ = takers.withLock { $0.insert(handler) }
        Thread.sleep(forTimeInterval: 0.01)
      }
      isOver.withLock { $0 = false }
    }
    thread.start()
    _ = crowd(try Z3Session(SolverLimits(milliseconds: 300)))
    isOver.withLock { $0 = true }
    while isOver.withLock({ $0 }) { Thread.sleep(forTimeInterval: 0.01) }
    let handlers = takers.withLock { $0 }
    #expect(!handlers.isEmpty)
    let maps = try String(contentsOfFile: "/proc/self/maps", encoding: .utf8)
    for line in maps.split(separator: "\n")
    where line.contains("libz3") {
      let ends = line.prefix { $0 != " " }.split(separator: "-").compactMap { UInt($0, radix: 16) }
      #expect(!handlers.contains { (ends[0]..<ends[1]).contains($0) })
    }
  }

  @Test func noQueryIsAskedAfterTheDeadline() throws {
    let session = try Z3Session(SolverLimits())
    session.deadline = .now - .seconds(1)
    guard case .unknown("no time left") = session.check([]) else {
      Issue.record("asked")
      return
    }
    session.deadline = nil
    guard case .satisfiable = session.check([]) else {
      Issue.record("not asked")
      return
    }
  }

  @Test func aQueryEndsWithItsMemory() throws {
    var options = RefinementOptions()
    options.limits.milliseconds = 30_000
    options.limits.megabytes = 1
    let words = try reason(options)
    #expect(words?.contains("memory") == true, "\(words ?? "answered")")
    // What ran out of memory is not used again.
    #expect(try reason(RefinementOptions(), "prompt App \"x\" { decision d: bool }") == nil)
  }

  @Test func aQueryEndsWhenInterrupted() throws {
    let limits = SolverLimits(milliseconds: 60_000)
    let satisfier = try Satisfier(limits)
    let interrupter = satisfier.interrupter
    let thread = Thread {
      Thread.sleep(forTimeInterval: 0.2)
      interrupter()
    }
    thread.start()
    let started = ContinuousClock.now
    let cube = { (leaf: Int) -> Term in
      let leaf = Term.leaf(LeafID(leaf))
      return .multiply(leaf, .multiply(leaf, leaf))
    }
    let clauses: [Term] =
      (0..<3).map { .less(.integer(1), .leaf(LeafID($0))) }
      + [.equal(.add([cube(0), cube(1)]), cube(2))]
    let sorts = Array(repeating: ScalarSort.integer(nil), count: 3)
    for _ in 0..<2 {
      // The second query begins after the interruption.
      guard case .unknown("interrupted") = satisfier.answer(clauses, given: [], over: sorts) else {
        Issue.record("not interrupted")
        return
      }
    }
    #expect(ContinuousClock.now - started < .seconds(20))
  }

  @Test func aCallThatDoesNotEndIsAbandonedUntilItDoes() throws {
    let shared = try SolverContext()
    // It is interrupted below.
    shared.isBroken = true
    let before = cz3_abandoned_count()
    let isDone = Mutex(false)
    let call = BoundedCall(shared) {
      Thread.sleep(forTimeInterval: 1.5)
      isDone.withLock { $0 = true }
    }
    #expect(call.run(in: shared.context, milliseconds: 10) == CZ3_ABANDONED)
    #expect(isDone.withLock { !$0 })
    #expect(cz3_abandoned_count() > before)
    while cz3_abandoned_count() > before { Thread.sleep(forTimeInterval: 0.05) }
    #expect(isDone.withLock { $0 })
    let next = BoundedCall(shared) { isDone.withLock { $0 = false } }
    #expect(next.run(in: shared.context, milliseconds: 10_000) == CZ3_ENDED)
    #expect(isDone.withLock { !$0 })
  }

  /// Claim and prompt are satisfiable, which is known by then; what is asked next has no answer.
  @Test func aQuestionThatEndsEarlySaysWhy() throws {
    let model = try refined("prompt App \"x\" { decision n: 0..9 }").model
    let isSmall = Term.less(.leaf(LeafID(0)), .integer(5))
    let claims = try CommittedClaims(model, claims: [isSmall], SolverLimits())
    guard case .no = claims.clash([1]) else {
      Issue.record("the claim does not clash")
      return
    }
    claims.interrupter()
    guard case .unknown = claims.forces(0, [1]) else {
      Issue.record("nobody knows")
      return
    }
    #expect(claims.firstUnknown?.reason == "interrupted")
  }

  @Test func contextsAreUsedAgain() throws {
    _ = try refined("prompt App \"x\" { decision d: bool }")
    let before = cz3_context_count()
    for _ in 0..<60 { _ = try refined("prompt App \"x\" { decision d: bool }") }
    // Tests that run beside this one make some.
    #expect(cz3_context_count() - before < 30)
  }
}
