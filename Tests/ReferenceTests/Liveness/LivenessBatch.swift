import Driver

/// Many random specs with random formulas, on several threads.
struct LivenessBatch {
  struct Result: Sendable {
    var specs = 0
    var pairs = 0
    var violated = 0
    var lassos = 0
    var reduced = 0
    var lifted = 0
    var drawn = 0
    var undecided = 0
    /// Seed, what differs, and the shrunk spec; the first one of each thread.
    var failures: [(seed: UInt64, difference: String, spec: String)] = []
  }

  let seed: UInt64
  /// Pairs of a spec and a formula to compare.
  let pairsWanted: Int
  var formulas = 4
  var threads = 2
  /// Which specs, with which trial.
  var text = LivenessBatch.text
  var adjust: @Sendable (_ number: Int, inout LivenessTrial) -> Void = { _, _ in }

  func run() async -> Result {
    await withTaskGroup(of: Result.self) { group in
      for thread in 0..<threads { group.addTask { part(thread) } }
      var whole = Result()
      for await part in group {
        whole.specs += part.specs
        whole.pairs += part.pairs
        whole.violated += part.violated
        whole.lassos += part.lassos
        whole.reduced += part.reduced
        whole.lifted += part.lifted
        whole.drawn += part.drawn
        whole.undecided += part.undecided
        whole.failures += part.failures
      }
      return whole
    }
  }

  /// Every other spec is one in which fairness decides; half of these, and a few others, have
  /// coins, and half of these data that is dead, which most others have not.
  static func text(_ seed: UInt64, _ formulas: Int) -> String {
    seed % 2 == 0
      ? RandomSpec.text(seed: seed, formulas: formulas, hasCoins: seed % 8 == 0)
      : RandomGates.text(
        seed: seed, formulas: formulas, hasCoins: seed % 4 == 1, hasDeadData: seed % 16 < 8)
  }

  /// A third without reductions, a third with all, so that executions have a graph of their own,
  /// and a third with those of dead data, on the graph of the search.
  private static func reductions(_ number: Int) -> ReductionRequest {
    if number % 3 == 0 { return .automatic }
    let isAll = number % 3 == 1
    return .chosen(
      partialOrder: isAll, symmetry: isAll, clearsDead: number % 12 < 9, slices: number % 12 > 2)
  }

  private func part(_ thread: Int) -> Result {
    var result = Result()
    var number = thread
    while result.pairs * threads < pairsWanted && result.failures.isEmpty {
      let seed = seed &+ UInt64(number)
      var trial = LivenessTrial()
      trial.workers = 1 + number / threads % 4
      trial.reductions = LivenessBatch.reductions(number / threads)
      adjust(number / threads, &trial)
      number += threads
      result.specs += 1
      let text = text(seed, formulas)
      guard let comparison = trial.run(text) else { continue }
      result.pairs += comparison.pairs
      result.violated += comparison.violated
      result.lassos += comparison.lassos
      result.reduced += comparison.reduced
      result.lifted += comparison.lifted
      result.drawn += comparison.drawn
      result.undecided += comparison.undecided
      if let difference = comparison.differences.first {
        let shrinker = Shrinker { trial.run($0).map { !$0.differences.isEmpty } ?? false }
        result.failures.append((seed, difference, shrinker.shrink(text)))
      }
    }
    return result
  }
}
