import Reduction
import TransitionSystem

/// Partial-order reduction under depth-first search.
///
/// Ignoring: a state may be reduced only where a kept successor is new, or closed: expanded and not
/// on the path. Every state on the path is open; when it leaves the path all states that were first
/// met from it are expanded. So each reduced state has a kept successor that closes before it: a
/// new one is met from it, a closed one is closed already. By induction on the order of closing,
/// each state leads by kept transitions to one that is expanded fully, and nothing is put off for
/// ever. A state that waits on the stack below is neither, although it is not on the path: it
/// closes later. That is what the stack proviso needs here, where states are stored when they are
/// generated.
///
/// Sources: Holzmann and Peled, An improvement in formal verification, FORTE 1994; the argument by
/// the order of closing is that of Evangelista and Pajault, Solving the ignoring problem for
/// partial order reduction, STTT 2010.
extension DepthFirst {
  /// Where a state is in its life; by place, with partial-order reduction.
  enum Stage {
    static let waiting: UInt8 = 0
    static let open: UInt8 = 1
    static let closed: UInt8 = 2
  }

  /// Leaves the states of this depth and beyond, and goes to one of this depth; false where memory
  /// is refused.
  mutating func enter(_ place: Int, depth: Int) -> Bool {
    if stubborn == nil || isSampling {
      path.truncate(to: depth)
      return path.append(UInt64(place))
    }
    for index in depth..<max(depth, path.count) { stages[Int(path[index])] = Stage.closed }
    path.truncate(to: depth)
    stages[place] = Stage.open
    return path.append(UInt64(place))
  }

  /// Notes the stages of states that were stored; false where memory is refused.
  mutating func addStages() -> Bool {
    if stubborn == nil || isSampling { return true }
    while stages.count < writer.arena.count {
      if !stages.append(Stage.waiting) { return false }
    }
    return true
  }

  /// Counts what stubborn sets remember by now; false where memory is refused. Of a sample that is
  /// not worth an end.
  borrowing func remembersWithinBudget() -> Bool {
    guard let stubborn, let stubbornMemory else { return true }
    return stubbornMemory.follow(stubborn.byteCount) || isSampling
  }

  /// Drops the successors in the buffer that a stubborn set leaves out; how many are kept, or nil
  /// where the set is not stubborn.
  mutating func reduce(_ source: UnsafePointer<UInt64>) -> Int? {
    guard let stubborn else { return buffer.count }
    if isSampling {
      sample.add(stubborn, source, buffer, 0..<buffer.count, mayDelete: true)
      return buffer.count
    }
    guard buffer.count > 1, isReduced(source, stubborn) else { return buffer.count }
    if let fault = verify(stubborn, source) {
      result.internalFaults.append(fault)
      return nil
    }
    result.statistics.reducedStates += 1
    buffer.keep { stubborn.contains($0) }
    return buffer.count
  }

  private borrowing func isReduced(
    _ source: UnsafePointer<UInt64>, _ stubborn: StubbornSets
  ) -> Bool {
    stubborn.choose(source, buffer.actions, count: buffer.count) { leadsOn($0) }
  }

  /// Why the set is not stubborn, or why nothing vouches for what it leaves out; nil where all is
  /// right, or nobody asked.
  private mutating func verify(
    _ stubborn: StubbornSets, _ source: UnsafePointer<UInt64>
  ) -> String? {
    if stubbornCheck == nil { return nil }
    let fault = stubbornCheck?.fault(of: stubborn, at: source)
    result.statistics.boundedChecks = stubbornCheck?.boundedCount ?? 0
    if let fault { return fault }
    if stubbornCheck?.needsProviso == true && !closesLater(stubborn) {
      return stubbornCheck?.ignoringFault(at: source)
    }
    return nil
  }

  private borrowing func closesLater(_ stubborn: StubbornSets) -> Bool {
    for index in 0..<buffer.count
    where stubborn.contains(buffer.actions[index]) && leadsOn(index) { return true }
    return false
  }

  /// Whether a successor in the buffer closes before the state at hand.
  private borrowing func leadsOn(_ index: Int) -> Bool {
    store.find(buffer.state(index), hash: buffer.hashes[index]).map {
      stages[$0.place] == Stage.closed
    } ?? true
  }

  // MARK: Trial

  /// Begins to sample, or decides that the trial is the search.
  mutating func continueTrial() {
    guard let trial = options.trial, trial.partialOrder, !trialIsOver else { return }
    let states = writer.arena.count
    if stubborn == nil {
      if states < trial.sampleStart { return }
      stubborn = options.stubbornSets(compiled.system)
      isSampling = true
    } else if states >= trial.sampleEnd, sample.transitions > 0, !sample.isWorthIt,
      !trial.symmetry
    {
      stubborn = nil
      if let stubbornMemory { stubbornMemory.shrink(by: stubbornMemory.bytes) }
      isSampling = false
      trialIsOver = true
      limits = SearchLimits(goingOnFrom: limits, statesMax: trial.statesMaxAfter)
      result.statistics.partialOrderRefusal = sample.refusal
    }
  }

  /// What the trial found out, where it was one to the end.
  mutating func noteTrial() {
    if options.trial == nil || trialIsOver || result.stopReason != .stateLimit { return }
    // Of no depth is it known that all its states were met.
    result.statistics.trial = FullTrial(states: writer.arena.count, depth: nil, sample: sample)
  }
}
