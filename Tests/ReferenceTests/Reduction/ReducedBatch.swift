/// Many random specs, searched in full and reduced, on several threads.
struct ReducedBatch {
  struct Result: Sendable {
    var searches = 0
    /// Of them, by what must be met in every run.
    var combinations: [TrialWay: Int] = [:]
    /// Specs of which a reduced search kept fewer states.
    var reduced = 0
    /// Seed, what differs, and the shrunk spec; the first one of each thread.
    var failures: [(seed: UInt64, difference: String, spec: String)] = []
  }

  let seed: UInt64
  let count: Int
  var workers = 2
  /// Nil: drawn for each spec.
  var way: TrialWay?
  /// Ends with so many searches in the way that is wanted.
  var searchesMax = Int.max

  func run() async -> Result {
    await withTaskGroup(of: Result.self) { group in
      for worker in 0..<workers { group.addTask { part(worker) } }
      var whole = Result()
      for await part in group {
        whole.searches += part.searches
        whole.combinations.merge(part.combinations, uniquingKeysWith: +)
        whole.reduced += part.reduced
        whole.failures += part.failures
      }
      return whole
    }
  }

  private func part(_ worker: Int) -> Result {
    var result = Result()
    for number in stride(from: worker, to: count, by: workers)
    where result.failures.isEmpty
      && (way.map { result.combinations[$0, default: 0] } ?? 0) < searchesMax
    {
      let seed = seed &+ UInt64(number)
      let text = RandomSpec.text(seed: seed)
      let trial = ReducedTrial(seed: seed, wantedWay: way)
      guard let comparison = trial.run(text) else { continue }
      result.searches += comparison.searches
      result.combinations.merge(comparison.combinations, uniquingKeysWith: +)
      if comparison.saved > 0 { result.reduced += 1 }
      if let difference = comparison.differences.first {
        let shrinker = Shrinker { trial.run($0).map { !$0.differences.isEmpty } ?? false }
        result.failures.append((seed, difference, shrinker.shrink(text)))
      }
    }
    return result
  }
}
