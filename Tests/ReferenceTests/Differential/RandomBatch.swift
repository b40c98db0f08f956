/// Many random specs, compared on several threads.
struct RandomBatch {
  struct Failure: Sendable {
    let seed: UInt64
    let differences: [String]
    /// The shrunk spec, with a comment about what it shows.
    let golden: String
  }
  struct Result: Sendable {
    var statistics = Statistics()
    /// By seed; not more than `failuresMax`, for shrinking takes time.
    var failures: [Failure] = []
  }

  let seed: UInt64
  let count: Int
  let workers: Int
  var failuresMax = 5

  func run() async -> Result {
    await withTaskGroup(of: Result.self) { group in
      for worker in 0..<workers { group.addTask { part(worker) } }
      var whole = Result()
      for await part in group {
        whole.statistics.add(part.statistics)
        whole.failures += part.failures
      }
      whole.failures.sort { $0.seed < $1.seed }
      return whole
    }
  }

  private func part(_ worker: Int) -> Result {
    let trial = Trial()
    var result = Result()
    for number in stride(from: worker, to: count, by: workers) {
      let seed = seed &+ UInt64(number)
      let text = RandomSpec.text(seed: seed)
      switch trial.run(text) {
      case .refused: result.statistics.refused += 1
      case .tooLarge: result.statistics.tooLarge += 1
      case .compared(let reference, let differences):
        result.statistics.add(reference)
        guard !differences.isEmpty, result.failures.count < failuresMax else { continue }
        let comment = differences.map { "// \($0)\n" }.joined()
        result.failures.append(
          Failure(
            seed: seed, differences: differences,
            golden: "// Differed at first (seed \(seed)):\n\(comment)"
              + trial.shrink(text, differences)))
      }
    }
    return result
  }
}
