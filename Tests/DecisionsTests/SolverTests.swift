import CZ3
import Foundation
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

  @Test func aQueryEndsWithItsMemory() throws {
    var options = RefinementOptions()
    options.limits.milliseconds = 30_000
    options.limits.megabytes = 1
    #expect(try reason(options)?.contains("memory") == true)
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

  @Test func contextsAreUsedAgain() throws {
    _ = try refined("prompt App \"x\" { decision d: bool }")
    let before = cz3_context_count()
    for _ in 0..<60 { _ = try refined("prompt App \"x\" { decision d: bool }") }
    // Tests that run beside this one make some.
    #expect(cz3_context_count() - before < 30)
  }
}
