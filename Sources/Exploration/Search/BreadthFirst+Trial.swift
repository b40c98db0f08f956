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
      states: levels.statesBefore(levels.count - 1), depth: levels.count - 2, sample: sample,
      deadDataIsWorthIt: deadDataIsWorthIt(levels.count - 2, looksAgain: true))
    return true
  }

  /// Where not even the initial states fit the trial.
  func endTrialAtOnce() {
    if trial == nil || result.stopReason != .stateLimit { return }
    result.statistics.trial = FullTrial(states: 0, depth: nil, sample: sample)
  }

  /// Between levels: begins to sample, or decides that the trial is the search.
  func continueTrial() {
    guard let trial else { return }
    let states = counts.reduce(0, +)
    if states < trial.sampleStart { return }
    let saves = deadDataIsWorthIt(levels.count - 1, looksAgain: deadDataSeen == 0)
    if trial.partialOrder {
      sample = sampleOfWorkers
      if !isSampling { return beginToSample() }
      if sample.transitions == 0 || sample.isWorthIt { return }
    }
    if states < trial.decision || saves || trial.symmetry { return }
    if deadDataIsWorthIt(levels.count - 1, looksAgain: states >= 4 * deadDataSeen) { return }
    self.trial = nil
    isSampling = false
    for index in 0..<workerCount {
      workers[index].stubborn = nil
      workers[index].stubbornMemory = nil
    }
    limits = SearchLimits(goingOnFrom: limits, statesMax: trial.statesMaxAfter)
    if trial.partialOrder { result.statistics.partialOrderRefusal = sample.refusal }
  }

  /// Whether the states of at most a depth, which are all there, are clearly fewer without dead
  /// data; not only where data is dead is that so, nor from the first levels on.
  private func deadDataIsWorthIt(_ depth: Int, looksAgain: Bool) -> Bool {
    if deadDataSaves || !mayHaveDeadData || !looksAgain { return deadDataSaves }
    deadDataSeen = levels.statesBefore(depth + 1)
    if let without = trial?.statesWithoutDeadData?(depth) {
      deadDataSaves = 10 * without <= 9 * deadDataSeen
    } else {
      mayHaveDeadData = false
    }
    return deadDataSaves
  }

  private var sampleOfWorkers: ReductionSample {
    (0..<workerCount).reduce(ReductionSample()) { $0 + workers[$1].sample }
  }

  /// Between levels: decides whether closures over what is at hand are as good as whole ones.
  func chooseClosure() {
    if !isComparing { return }
    let sample = sampleOfWorkers
    if sample.transitions < ReductionSample.enough { return }
    isComparing = false
    if !sample.localIsAsGood { return }
    pace.choice = .local
    result.statistics.stubborn = .local
  }

  private func beginToSample() {
    let tables = options.stubbornTables(compiled.system)
    for index in 0..<workerCount {
      workers[index].stubborn = StubbornSets(tables)
      workers[index].stubbornMemory = MemoryReservation(0, of: budget)
    }
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
