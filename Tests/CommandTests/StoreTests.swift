import Foundation
import Testing

/// `--store`, from the command line to the words of the verdict.
@Suite struct StoreTests {
  private let lock = ["specs/bench/filter-lock.wf", "--check", "anySize", "--set", "N=3"]

  @Test(arguments: ["fingerprint", "fingerprint128", "bitstate"])
  func aLossyStoreProvesNothing(_ store: String) throws {
    let run = try Command.wfcheck(lock + ["--store", store])
    #expect(run.status == 0)
    #expect(run.output.contains("holds, not proved"))
    #expect(run.output.contains("omi"))
    #expect(!run.output.contains("all reachable states"))
    let strict = try Command.wfcheck(lock + ["--store", store, "--require-exhaustive"])
    #expect(strict.status == 3)
    #expect(strict.output.contains("undecided"))
    let bounded = try Command.wfcheck(lock + ["--store", store, "--depth", "5"])
    #expect(bounded.output.contains("holds up to depth 5, not proved"))
  }

  @Test(arguments: [
    ["--store", "fingerprint", "--search", "dfs"], ["--store", "bitstate", "--simulate", "5"],
    ["--store", "compact", "--reduce", "por"], ["--store", "bitstate", "--workers", "2"],
    ["--bits", "1M"], ["--store", "hope"],
  ])
  func whatDoesNotGoTogetherIsRefused(_ flags: [String]) throws {
    let run = try Command.wfcheck(lock + flags)
    #expect(run.status == 64)
    #expect(run.errors.contains("--store"))
  }

  @Test func aFullTableIsUnknown() throws {
    let run = try Command.wfcheck(
      [
        "specs/bench/filter-lock.wf", "--check", "anySize", "--store", "bitstate",
        "--bits", "1K",
      ])
    #expect(run.status == 3)
    #expect(run.output.contains("the table of the store is full"))
  }

  @Test func executionsNeedEveryState() throws {
    let spec = """
      workflow Coin
      agent A { var done: bool = false
        step toss when not done { flip c in bool; done = c } }
      property coin: eventually A.done
      """
    let run = try Command.wfcheck(["-", "--store", "fingerprint"], input: spec)
    #expect(run.output.contains("unknown"))
    #expect(run.output.contains("executions need every state"))
  }

  /// All specs there are: the same counts and the same traces as from the exact store.
  @Test func allSpecsGiveTheSame() throws {
    let exact = try results("exact")
    #expect(exact.count > 80)
    for store in ["compact", "fingerprint", "fingerprint128", "bitstate"] {
      let other = try results(store)
      for (name, expected) in exact {
        let actual = try #require(other[name])
        #expect(actual.counts == expected.counts, "\(name), \(store)")
        for (finding, steps) in expected.traces where !actual.unknown.contains(finding) {
          #expect(actual.traces[finding] == steps, "\(name), \(finding), \(store)")
        }
        #expect(store != "compact" || actual.unknown == expected.unknown, "\(name)")
      }
    }
  }

  private struct Result {
    var counts: [Int]
    var traces: [String: [String]] = [:]
    /// Properties of executions, with a lossy store.
    var unknown: Set<String> = []
  }

  private func results(_ store: String) throws -> [String: Result] {
    let files = ["specs", "examples"].flatMap { folder -> [String] in
      let base = Command.root.appendingPathComponent(folder)
      let all = FileManager.default.enumerator(atPath: base.path)?.allObjects as? [String]
      return (all ?? []).filter { $0.hasSuffix(".wf") }.map { "\(folder)/\($0)" }
    }
    let run = try Command.wfcheck(files.sorted() + ["--json", "--store", store])
    let document = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    var found: [String: Result] = [:]
    for check in document?["checks"] as? [[String: Any]] ?? [] {
      let statistics = check["statistics"] as? [String: Any] ?? [:]
      let name = "\(check["file"] ?? "") \(check["check"] ?? "")"
      var result = Result(
        counts: ["states", "transitions", "depth"].map { statistics[$0] as? Int ?? -1 })
      for finding in check["findings"] as? [[String: Any]] ?? [] { add(finding, to: &result) }
      found[name] = result
    }
    return found
  }

  private func add(_ finding: [String: Any], to result: inout Result) {
    let name = finding["name"] as? String ?? ""
    if (finding["verdict"] as? String)?.hasPrefix("unknown") == true { result.unknown.insert(name) }
    if let trace = finding["trace"] as? [String: Any],
      let steps = trace["steps"] as? [[String: Any]]
    {
      result.traces[name] = steps.map { $0["label"] as? String ?? "" }
    }
  }
}
