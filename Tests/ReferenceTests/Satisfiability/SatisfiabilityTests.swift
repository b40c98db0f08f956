import Decisions
import Foundation
import Semantics
import Testing

/// What Z3 says of conditions, compared with trying all values in the reference interpreter.
@Suite struct SatisfiabilityTests {
  /// WFCHECK_SEED repeats a run.
  @Test func agreesWithAllValuationsOnRandomSpecs() throws {
    let settings = ProcessInfo.processInfo.environment
    let seed = settings["WFCHECK_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1 << 32)
    let count = settings["WFCHECK_RANDOM_CONDITIONS"].flatMap { UInt64($0) } ?? 150
    print("random conditions: WFCHECK_SEED=\(seed) WFCHECK_RANDOM_CONDITIONS=\(count)")
    var (compared, satisfiable, skipped) = (0, 0, 0)
    for number in 0..<count {
      let text = RandomSpec.text(seed: seed &+ number)
      guard case .success(let spec) = SpecText(text).typed() else { continue }
      var comparison = SolverComparison(spec, try Satisfier())
      comparison.run()
      #expect(comparison.differences == [], "seed \(seed &+ number)\n\(text)")
      compared += comparison.compared
      satisfiable += comparison.satisfiable
      skipped += comparison.skipped
    }
    print("\(compared) answers compared, \(satisfiable) satisfiable, \(skipped) not compared")
    #expect(compared > Int(count) * 5)
    #expect(satisfiable < compared * 99 / 100)
  }

  @Test(arguments: SpecFiles.specs) func agreesWithAllValuations(_ path: String) throws {
    let text = SpecText(try SpecFiles.spec(path), name: path)
    for check in text.checks {
      var comparison = SolverComparison(try text.typed(check: check).get(), try Satisfier())
      comparison.run()
      #expect(comparison.differences == [], "check \(check ?? "of the file")")
    }
  }
}
