import Foundation
import Testing

/// The reference interpreter and the program itself, on the same specs: equal counts, verdicts and
/// least depths, and traces that the reference can follow.
@Suite struct DifferentialTests {
  @Test(arguments: SpecFiles.specs) func agreesOnSpec(_ path: String) throws {
    var trial = Trial()
    trial.limits = Trial.Limits(states: 2_500, messages: 40, executions: 100_000)
    try compare(SpecText(try SpecFiles.spec(path), name: path), trial)
  }

  @Test(arguments: SpecFiles.goldens) func agreesOnGolden(_ path: String) throws {
    try compare(SpecText(try SpecFiles.golden(path), name: path), Trial())
  }

  private func compare(_ text: SpecText, _ trial: Trial) throws {
    for check in text.checks {
      if case .compared(_, let differences) = trial.run(try text.analyzed(check: check).get()) {
        #expect(differences == [], "check \(check ?? "of the file")")
      }
    }
  }

  /// WFCHECK_SEED repeats a run, WFCHECK_RANDOM_SPECS says how many specs it has.
  @Test func agreesOnRandomSpecs() async throws {
    let settings = ProcessInfo.processInfo.environment
    let seed = settings["WFCHECK_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1 << 32)
    let count = settings["WFCHECK_RANDOM_SPECS"].flatMap { Int($0) } ?? 2_000
    print("random specs: WFCHECK_SEED=\(seed) WFCHECK_RANDOM_SPECS=\(count)")
    let batch = await RandomBatch(seed: seed, count: count, workers: 2).run()
    print(batch.statistics.text)
    for failure in batch.failures {
      try SpecFiles.keep(failure.golden, as: "random-\(failure.seed)")
      Issue.record("seed \(failure.seed): \(failure.differences)\n\(failure.golden)")
    }
    #expect(
      batch.statistics.refused * 20 <= count, "the generator writes too many ill-formed specs")
    #expect(batch.statistics.compared * 10 >= 8 * count, "too few specs are small enough")
  }
}
