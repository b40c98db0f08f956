import Testing

@testable import Decisions

/// Decisions that a prompt would have to pin so that nobody needs to talk.
@Suite struct PinTests {
  /// "a = true", …, and how many are needed.
  private func pins(
    _ text: String, _ options: RefinementOptions = RefinementOptions()
  ) throws -> (pinned: [String], atLeast: Int)? {
    let refinement = try refined(text, options)
    guard case .clashes(_, _, let answer) = refinement.coordination else { return nil }
    let model = refinement.model
    func words(_ pins: [Int], _ program: Assignment) -> [String] {
      pins.flatMap { model.decisions[$0].leaves }.map { model.text(of: $0, in: program) }
    }
    switch answer {
    case .fewest(let pins, let program): return (words(pins, program), pins.count)
    case .enough(let pins, let program, let least): return (words(pins, program), least)
    case .unknown: return nil
    }
  }

  /// The program shown would take two, b and d.
  private static let onlyOtherwise = """
    prompt App "x" {
      decision a: bool default false
      decision b: bool default true
      decision c: bool default true
      decision d: bool default true
      decision e: bool default true
      require a or b or c
      require a or d or e
    }
    claims of A { decides a }
    claims of B { decides b, d }
    claims of C { decides c, e }
    """

  @Test func promptsOfAnySizeHaveALimit() {
    let limits = [0, 20, 100, 400, 1 << 20, Int.max].map { Pins.roundsMax(size: $0) }
    #expect(limits == [2_000, 2_000, 30, 0, 0, 0])
  }

  @Test func valuesThatAreNotShownMayTakeFewer() throws {
    let found = try #require(try pins(Self.onlyOtherwise))
    #expect(found.pinned == ["a = true"])
    #expect(found.atLeast == 1)
  }

  @Test func theProgramShownIsPreferred() throws {
    let found = try #require(
      try pins(
        """
        prompt App "x" {
          decision a: 0..9 default 7
          decision b: 0..9 default 2
          require a + b <= 9
        }
        claims of A { decides a }
        claims of B { decides b }
        """))
    #expect([["a = 7"], ["b = 2"]].contains(found.pinned))
  }

  /// Pinned to 1 < x < 2, `a` leaves `b` free.
  @Test func realsArePinnedExactly() throws {
    let found = try #require(
      try pins(
        """
        prompt App "x" {
          decision a: real
          decision b: bool
          decision c: bool
          require 2 * a == 3 or 2 * a == 5
          require 2 * a == 3 or b or c
          require b iff c
        }
        claims of A { decides a }
        claims of B { decides b }
        claims of C { decides c }
        """))
    #expect(found.atLeast == found.pinned.count)
  }

  @Test func agreesWithTryingEverything() throws {
    for seed in 0..<UInt64(120) {
      let trial = try #require(
        try Trial(RandomPrompt(clashing: seed), propagates: seed % 4 > 0))
      let differences = trial.differences()
      #expect(differences == [], "seed \(seed)\n\(trial.text)")
      if !differences.isEmpty { break }
    }
  }

  /// Answers to questions that are almost the one that is asked; some prompt tells them apart.
  @Test(arguments: ["shown", "pairs", "legal before"])
  func theDefinitionMatters(_ mutant: String) throws {
    for seed in 0..<UInt64(120) {
      let trial = try #require(try Trial(RandomPrompt(clashing: seed)))
      guard case .clashes(_, _, .fewest(let pins, _)) = trial.refinement.coordination else {
        continue
      }
      if almost(mutant, trial) != pins.count { return }
    }
    Issue.record("no prompt tells \(mutant) from the real question")
  }

  private func almost(_ mutant: String, _ trial: Trial) -> Int? {
    let truth = trial.truth
    let agents = trial.model.agents.indices.filter { truth.owners.contains($0) }
    switch mutant {
    case "shown": return trial.shown.flatMap { truth.fewestPins(agents, to: $0) }
    case "pairs":
      return truth.fewestPins { left in
        !agents.contains { a in agents.contains { $0 > a && truth.canClash([a, $0], among: left) } }
      }
    default:
      return truth.fewestPins { left in
        !truth.canClash(agents, among: left, choosing: truth.programs)
      }
    }
  }
}
