import Reduction
import TransitionSystem

extension BreadthFirst where Store: ~Copyable {
  /// Makes ready for a level; false where memory is refused.
  func beginReducing(_ depth: Int) -> Bool {
    // A level that is searched again for a trace is reduced as it was.
    if depth < paces.count { pace = paces[depth] } else { paces.append(pace) }
    for index in 0..<workerCount {
      workers[index].stubborn?.choice = pace.choice
      if pace.prospects != prospectsNow {
        workers[index].stubborn?.follow(prospects[pace.prospects])
      }
    }
    prospectsNow = pace.prospects
    let stages = LevelStages(
      depth: depth, stageCode, mixesLevels: options.omittedConditions.contains(.levels))
    store.pointee.beginLevel(fresh: stages.next)
    return settled.begin(depth, of: levels, stages)
  }

  /// Between levels: decides the pace of the next one.
  func choosePace() {
    let tried = (0..<workerCount).reduce(0) { $0 + workers[$1].tried }
    let found = (0..<workerCount).reduce(0) { $0 + workers[$1].found }
    let triedSince = tried - paceStart.tried
    if !pace.isDecided(by: triedSince, wanted: options.paceStatesMin) { return }
    pace.decide(found: found - paceStart.found, of: triedSince)
    paceStart = (tried, found)
    chooseProspects()
  }

  /// Decides which keys have poor prospects in the next levels.
  private func chooseProspects() {
    guard var next = prospects.last, prospects.count < BreadthFirst.prospectsMax else { return }
    for index in 0..<workerCount { if let sets = workers[index].stubborn { next.take(sets) } }
    if next.decide() {
      prospects.append(next)
      pace.prospects = prospects.count - 1
    } else {
      prospects[prospects.count - 1] = next
    }
  }

  /// All that there were are kept, as levels may be searched again.
  private static var prospectsMax: Int { 256 }
}

/// Partial-order reduction of a level.
///
/// Ignoring: a state may be reduced only where one of the successors kept lies in no complete
/// level, or is *settled*: a state of an earlier level that was expanded fully, or of which a
/// settled successor was kept. So from each state a path of kept transitions ends in a state with
/// all its transitions, and nothing is put off for ever: from a settled one by induction on when it
/// was settled, from another through deeper and deeper levels to a settled one, as states without
/// a deeper successor are settled. The complete levels are the same for any number of workers,
/// and so is the result.
///
/// Of a state with a safe action (`SafeActions`) only that is executed; the others are where its
/// successor does not lead on.
///
/// What levels and settled states there are is read from a few bits a state, which take some
/// settled states for ones of the next level, or of the level at hand (`LevelStages`).
///
/// Source: Bošnački and Holzmann, Improving Spin's partial-order reduction for breadth-first
/// search, SPIN 2005, with levels in the place of the queue; settled states are those of
/// Evangelista and Pajault (see `DepthFirst`), in the order of levels. Price: a byte a state; with
/// keys, a second look at each state that is unsettled.
extension BreadthFirstWorker where Store: ~Copyable {
  /// Counts what stubborn sets remember by now; false, and the search ends, where memory is
  /// refused. Of a sample that is not worth an end.
  func remembersWithinBudget(_ search: BreadthFirst<Store>) -> Bool {
    guard let stubborn, let stubbornMemory else { return true }
    if stubbornMemory.follow(stubborn.byteCount) || search.isSampling { return true }
    search.limits.stop(.memory)
    return false
  }

  /// Takes an expanded state of which the last successors in the buffer are: it waits for the
  /// others of its batch, unless all of them are kept anyway.
  ///
  /// The lines of the visited set that a decision needs are asked for meanwhile.
  @inline(__always)
  mutating func postpone(
    _ state: ReducibleStates.Entry, mayReduce: Bool, _ stubborn: StubbornSets, _ goodKeys: GoodKeys,
    isNoting: Bool, _ search: BreadthFirst<Store>
  ) {
    var state = state
    let (first, count) = (state.successors.lowerBound, state.successors.count)
    var asked = first..<first + count
    if mayReduce {
      var isWorthIt: UInt8 = state.triesAll ? 1 : 0
      for index in asked { isWorthIt |= goodKeys.contain(buffer.actions[index], in: state.source) }
      tried += 1
      if search.isComparing { compare(state) }
      if isWorthIt != 0 && count > 1 {
        state.outlook = stubborn.outlook(
          state.source, buffer.actions + first, count: count, triesAll: state.triesAll)
        state.mayReduce = !state.outlook.isAll
      }
    }
    if state.mayReduce {
      withUnsafePointer(to: state.hash) { search.store.pointee.prefetch($0, count: 1) }
      if !state.outlook.isOpen {
        let only = first + Int(state.outlook.transition)
        asked = only..<only + 1
      }
    }
    search.store.pointee.prefetch(buffer.hashes + asked.lowerBound, count: asked.count)
    if state.mayReduce || isNoting {
      reducible.add(state)
    } else {
      self.count(count)
    }
  }

  @inline(never)
  private mutating func compare(_ state: ReducibleStates.Entry) {
    guard let stubborn else { return }
    sample.add(
      stubborn, state.source, buffer, state.successors, mayDelete: false,
      mask: ReductionSample.hashMaskComparing)
  }

  /// Takes a state of which one action is a stubborn set by itself, and expands that only; false,
  /// and nothing done, where there is none.
  @inline(__always)
  mutating func expandSafeAction(
    _ state: ReducibleStates.Entry, _ manner: Manner, _ search: BreadthFirst<Store>
  ) -> Bool {
    guard let reducing = manner.reducing else { return false }
    let action = reducing._withUnsafeGuaranteedRef { $0.safeAction(state.source) }
    if action < 0 { return false }
    let first = buffer.count
    let isAlone = checks.machine.expandOnly(action, state.source, hash: state.hash, into: &buffer)
    if !isAlone { return false }
    canonicalize(from: first)
    var state = state
    state.successors = first..<first + 1
    state.mayReduce = true
    state.outlook = .first
    state.safeAction = action
    withUnsafePointer(to: state.hash) { search.store.pointee.prefetch($0, count: 1) }
    search.store.pointee.prefetch(buffer.hashes + first, count: 1)
    reducible.add(state)
    return true
  }

  /// Drops the successors in the buffer that stubborn sets leave out.
  mutating func reduceAll(
    _ stubborn: StubbornSets, _ manner: Manner, _ search: BreadthFirst<Store>
  ) {
    // Where what is kept ends, and where what is kept next and was not moved yet begins.
    var (end, waiting) = (0, 0)
    var place = 0
    while place < reducible.count {
      let state = reducible[place]
      place += 1
      let (first, count) = (state.successors.lowerBound, state.successors.count)
      var kept = count
      if state.mayReduce {
        if isOutlookKept(stubborn, state, search) {
          if state.safeAction >= 0 {
            keepSafeAction(stubborn, state, manner, search)
          } else {
            end += buffer.move(waiting..<first, to: end)
            buffer.move(first + Int(state.outlook.transition), to: end)
            kept = 1
          }
        } else if state.safeAction >= 0 {
          end += buffer.move(waiting..<first, to: end)
          waiting = state.successors.upperBound
          expandAgain(state, manner, search)
          continue
        } else if choose(stubborn, state, search) {
          end += buffer.move(waiting..<first, to: end)
          kept = 0
          stubborn.forEachChosen(buffer.actions + first, count: count) {
            buffer.move(first + $0, to: end + kept)
            kept += 1
          }
        }
        if kept < count {
          end += kept
          waiting = state.successors.upperBound
        }
      }
      self.count(kept)
      if manner.isNoting { log?.endSource(transitions: kept) }
    }
    buffer.count = end + buffer.move(waiting..<buffer.count, to: end)
    reducible.removeAll()
  }

  /// Keeps the only successor that was generated of a state.
  @inline(__always)
  private mutating func keepSafeAction(
    _ stubborn: StubbornSets, _ state: ReducibleStates.Entry, _ manner: Manner,
    _ search: BreadthFirst<Store>
  ) {
    expanded += 1
    tried += 1
    checks.onExpanded(
      state.source, depth: manner.depth, Expansion(transitions: 1, enabled: true))
    if stubbornCheck != nil { verifySafeAction(stubborn, state, search) }
  }

  /// Appends all successors of a state of which one was not enough.
  @inline(never)
  private mutating func expandAgain(
    _ state: ReducibleStates.Entry, _ manner: Manner, _ search: BreadthFirst<Store>
  ) {
    expandWhole(
      ReducibleStates.Entry(source: state.source, hash: state.hash, id: state.id), manner, search)
  }

  /// Verifies a set of one action, of a state of which the others were not expanded.
  @inline(never)
  private mutating func verifySafeAction(
    _ stubborn: StubbornSets, _ state: ReducibleStates.Entry, _ search: BreadthFirst<Store>
  ) {
    let first = buffer.count
    defer { buffer.count = first }
    let expansion = checks.machine.expand(state.source, hash: state.hash, into: &buffer)
    if expansion.interruption != nil { return }
    canonicalize(from: first)
    var whole = ReducibleStates.Entry(source: state.source, hash: state.hash, id: state.id)
    whole.successors = first..<buffer.count
    let isChosen = stubborn.chooseSafeAction(
      state.safeAction, state.source, buffer.actions + first, count: whole.successors.count)
    if isChosen {
      verify(stubborn, whole, isReduced: true, search)
    } else {
      fault = fault ?? stubbornCheck?.outlookFault(at: state.source)
      search.limits.stop(.internalFault)
    }
  }

  /// Whether nothing is kept of a state but the one successor that may be enough; notes whether
  /// that unsettles it. Where sets are verified, none is enough unless it is chosen.
  @inline(__always)
  private mutating func isOutlookKept(
    _ stubborn: StubbornSets, _ state: ReducibleStates.Entry, _ search: BreadthFirst<Store>
  ) -> Bool {
    if state.outlook.isOpen || stubbornCheck != nil && state.safeAction < 0 { return false }
    var isSettled = true
    if stubborn.hasProviso {
      let only = state.successors.lowerBound + Int(state.outlook.transition)
      let standing = search.store.pointee.standing(
        buffer.state(only), hash: buffer.hashes[only], search.settled)
      isSettled = standing == .settled
      if !stubborn.leadsOn(standing) {
        search.store.pointee.prefetch(
          buffer.hashes + state.successors.lowerBound, count: state.successors.count)
        return false
      }
    }
    noteReduced(state, isSettled: isSettled, search)
    return true
  }

  /// Sees what a stubborn set would leave out of a state of which all is kept.
  @inline(never)
  mutating func look(
    at source: UnsafePointer<UInt64>, _ successors: Range<Int>, _ search: BreadthFirst<Store>
  ) {
    guard let stubborn else { return }
    if search.isSampling || search.isComparing {
      sample.add(
        stubborn, source, buffer, successors, mayDelete: search.isSampling,
        mask: search.isSampling
          ? ReductionSample.hashMask : ReductionSample.hashMaskComparing)
    }
    if search.isSampling { return }
    tried += 1
    let actions = buffer.actions + successors.lowerBound
    if stubborn.choose(source, actions, count: successors.count) { found += 1 }
  }

  /// Whether a stubborn set leaves out successors of a state; notes whether that unsettles it.
  private mutating func choose(
    _ stubborn: StubbornSets, _ state: ReducibleStates.Entry, _ search: BreadthFirst<Store>
  ) -> Bool {
    var isSettled = true
    let first = state.successors.lowerBound
    let words = buffer.words + first * buffer.wordCount
    let (hashes, width) = (buffer.hashes + first, buffer.wordCount)
    let isReduced = stubborn.choose(
      state.source, buffer.actions + first, count: state.successors.count,
      triesAll: state.triesAll, outlook: state.outlook
    ) {
      let standing = search.store.pointee.standing(
        words + $0 * width, hash: hashes[$0], search.settled)
      isSettled = standing == .settled
      return stubborn.leadsOn(standing)
    }
    if stubbornCheck != nil { verify(stubborn, state, isReduced: isReduced, search) }
    if !isReduced { return false }
    // That algorithm asks of transitions that it leaves out, too.
    if stubborn.choice == .deletion {
      isSettled = keepsOne(stubborn, state, search) { $0 == .settled }
    }
    noteReduced(state, isSettled: isSettled, search)
    return true
  }

  @inline(__always)
  private mutating func noteReduced(
    _ state: ReducibleStates.Entry, isSettled: Bool, _ search: BreadthFirst<Store>
  ) {
    reduced += 1
    found += 1
    if isSettled || search.settled.trustsAll { return }
    if search.store.pointee.hasStages {
      search.store.pointee.unsettle(state.source, hash: state.hash)
    } else {
      search.settled.unsettle(state.id)
    }
  }

  /// Ends the search where the set is not stubborn, nothing vouches for what it leaves out, or the
  /// outlook would have it that another one is chosen.
  private mutating func verify(
    _ stubborn: StubbornSets, _ state: ReducibleStates.Entry, isReduced: Bool,
    _ search: BreadthFirst<Store>
  ) {
    var found = outlookFault(stubborn, state, isReduced: isReduced, search)
    if found == nil && isReduced { found = stubbornCheck?.fault(of: stubborn, at: state.source) }
    if found == nil && isReduced && stubbornCheck?.needsProviso == true {
      let goesOn =
        search.options.preservesExecutions
        ? !keepsOne(stubborn, state, search) { $0 != .ahead }
        : keepsOne(stubborn, state, search) { $0 != .behind }
      if !goesOn { found = stubbornCheck?.ignoringFault(at: state.source) }
    }
    boundedChecks = stubbornCheck?.boundedCount ?? 0
    guard let found else { return }
    fault = fault ?? found
    search.limits.stop(.internalFault)
  }

  private func outlookFault(
    _ stubborn: StubbornSets, _ state: ReducibleStates.Entry, isReduced: Bool,
    _ search: BreadthFirst<Store>
  ) -> String? {
    if state.outlook.isOpen { return nil }
    let only = state.successors.lowerBound + Int(state.outlook.transition)
    let standing = search.store.pointee.standing(
      buffer.state(only), hash: buffer.hashes[only], search.settled)
    if stubborn.hasProviso && !stubborn.leadsOn(standing) { return nil }
    let isChosen =
      isReduced
      && state.successors.allSatisfy { stubborn.contains(buffer.actions[$0]) == ($0 == only) }
    return isChosen ? nil : stubbornCheck?.outlookFault(at: state.source)
  }

  /// Whether a successor is kept that stands as wanted.
  private func keepsOne(
    _ stubborn: StubbornSets, _ state: ReducibleStates.Entry, _ search: BreadthFirst<Store>,
    _ isWanted: (Standing) -> Bool
  ) -> Bool {
    state.successors.contains { index in
      stubborn.contains(buffer.actions[index])
        && isWanted(
          search.store.pointee.standing(
            buffer.state(index), hash: buffer.hashes[index], search.settled))
    }
  }
}

extension StubbornSets {
  /// Whether a successor that stands so leads nearer to a state that is expanded fully. Where all
  /// successors must, along every cycle: only those of deeper levels do.
  @inline(__always)
  fileprivate func leadsOn(_ standing: Standing) -> Bool {
    tables.needsAllToLeadOn ? standing == .ahead : standing != .behind
  }
}

extension SuccessorBuffer {
  /// Keeps those successors whose action is wanted, in their order.
  mutating func keep(_ isWanted: (Int32) -> Bool) {
    var end = 0
    for index in 0..<count where isWanted(actions[index]) {
      move(index, to: end)
      end += 1
    }
    count = end
  }

  /// Moves successors to a place before theirs, or leaves them where they are; how many.
  @inline(__always)
  func move(_ range: Range<Int>, to place: Int) -> Int {
    if range.lowerBound != place {
      for index in range { move(index, to: place &+ index &- range.lowerBound) }
    }
    return range.count
  }

  /// The same of one.
  @inline(__always)
  func move(_ index: Int, to place: Int) {
    let (from, to) = (words + index &* wordCount, words + place &* wordCount)
    switch wordCount {
    // Without a call.
    case 1: to[0] = from[0]
    case 2: (to[0], to[1]) = (from[0], from[1])
    default: to.update(from: from, count: wordCount)
    }
    hashes[place] = hashes[index]
    actions[place] = actions[index]
  }
}
