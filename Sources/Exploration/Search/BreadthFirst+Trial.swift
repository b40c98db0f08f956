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
    if states < trial.firstLook { return }
    let saves = deadDataIsWorthIt(levels.count - 1, looksAgain: deadDataSeen == 0)
    if trial.partialOrder && !isSampling {
      let outlook = outlook(states)
      if outlook.nextLevels <= trial.statesMax { return }
      if saves || trial.symmetry || outlook.all > trial.worthEnding { return beginToSample() }
    } else if trial.partialOrder {
      sample = sampleOfWorkers
      if sample.transitions == 0 || sample.isWorthIt { return }
    }
    if states < trial.decision || saves || trial.symmetry { return }
    if deadDataIsWorthIt(levels.count - 1, looksAgain: states >= 4 * deadDataSeen) { return }
    if trial.partialOrder {
      result.statistics.partialOrderRefusal =
        isSampling ? sample.refusal : "por would have begun when most was done"
    }
    self.trial = nil
    isSampling = false
    for index in 0..<workerCount {
      workers[index].stubborn = nil
      workers[index].stubbornMemory = nil
    }
    limits = SearchLimits(goingOnFrom: limits, statesMax: trial.statesMaxAfter)
  }

  /// How many states there are with two more levels that grow or shrink as the last one did, and
  /// in the end if all do: mostly too many, as levels that begin to shrink do so faster and faster.
  private func outlook(_ states: Int) -> (nextLevels: Int, all: Int) {
    let last = levels.size(levels.count - 1)
    let before = max(1, levels.size(max(0, levels.count - 2)))
    let next = last * last / before
    let all = last < before ? states + next * before / (before - last) : Int.max
    return (states + 2 * next, all)
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
    pace.takesSafeActions = true
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
