import Exploration
import Foundation
import Lowering
import Report
import Testing

@testable import Driver

/// What is said of executions does not depend on how many workers noted the graph, although the
/// numbers of its states do.
@Suite struct ExecutionWorkersTests {
  private static let seed =
    ProcessInfo.processInfo.environment["WFCHECK_SEED"].flatMap { UInt64($0) } ?? 1

  /// Verdicts, traces and sentences on fairness; nil where the spec is ill-formed, or has too many
  /// states or ways through a step: what comes before a budget of states or memory ends a search
  /// depends on the workers.
  private func findings(_ text: SpecText, workers: Int) -> [String]? {
    guard case .success(let analyzed) = text.analyzed(),
      let system = lower(analyzed.spec, rooms: [:]).system, WaysBound.most(system) < 10_000
    else { return nil }
    var request = RunRequest()
    request.workers = workers
    request.statesMax = 4_000
    request.memoryMax = 256 << 20
    request.engine = .vm
    request.explainsFairness = true
    var run = CheckRun(
      request: request, file: "random.wf", spec: analyzed.spec, prompt: analyzed.prompt,
      sources: text.sources)
    // So that small levels have several workers, too.
    run.sharedLevelMin = 2
    guard case .report(let report, _, _) = run.run(), report.statistics.isExhaustive
    else { return nil }
    return report.findings.map { "\($0)" }
  }

  @Test func findingsAreTheSame() {
    var (compared, lassos) = (0, 0)
    for number in 0..<250 as Range<UInt64> {
      let seed = Self.seed &+ number
      let text = SpecText(LivenessBatch.text(seed, 6))
      guard let alone = findings(text, workers: 1) else { continue }
      for workers in 2...4 {
        #expect(findings(text, workers: workers) == alone, "seed \(seed), \(workers) workers")
      }
      compared += 1
      lassos += alone.count { $0.contains("cycleStart: Optional") }
    }
    #expect(compared > 100 && lassos > 100, "\(compared) specs, \(lassos) lassos")
  }
}
