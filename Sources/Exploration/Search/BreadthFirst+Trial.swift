import Reduction
import TransitionSystem

/// The part of a search that is done in full, to see whether reductions are needed at all.
extension BreadthFirst where Store: ~Copyable {
  /// Whether the level that was expanded last does not fit the trial, which then is over.
  func endsTrial(_ stopped: StopReason?) -> Bool {
    guard let trial else { return false }
    if let stopped, stopped != .stateLimit { return false }
    if counts.reduce(0, +) <= trial.statesMax { return false }
    for index in 0..<workerCount { workers[index].forgetFindings() }
    result.stopReason = .stateLimit
    result.statistics.trial = FullTrial(
      states: levels.statesBefore(levels.count - 1), depth: levels.count - 2, sample: sample)
    return true
  }

  /// Where not even the initial states fit the trial.
  func endTrialAtOnce() {
    if trial == nil || result.stopReason != .stateLimit { return }
    result.statistics.trial = FullTrial(states: 0, depth: nil, sample: sample)
  }

  /// Between levels: begins to sample, or decides that the trial is the search.
  func continueTrial() {
    guard let trial, trial.partialOrder else { return }
    let states = counts.reduce(0, +)
    sample = (0..<workerCount).reduce(ReductionSample()) { $0 + workers[$1].sample }
    if !isSampling {
      if states >= trial.sampleStart { beginToSample() }
    } else if states >= trial.decision, sample.transitions > 0, !trial.symmetry,
      !sample.isWorthIt
    {
      self.trial = nil
      isSampling = false
      for index in 0..<workerCount { workers[index].stubborn = nil }
      limits = SearchLimits(goingOnFrom: limits, statesMax: trial.statesMaxAfter)
      result.statistics.partialOrderRefusal = sample.refusal
    }
  }

  private func beginToSample() {
    let tables = options.stubbornTables(compiled.system)
    for index in 0..<workerCount { workers[index].stubborn = StubbornSets(tables) }
    isSampling = true
  }
}

extension BreadthFirstWorker where Store: ~Copyable {
  /// Forgets what was found since the last level ended.
  mutating func forgetFindings() {
    checks.forgetCandidates()
    overflows = []
    overflow = nil
  }
}
