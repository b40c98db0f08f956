import TransitionSystem

extension SearchResult {
  /// Nothing found yet.
  init(_ system: TransitionSystem, _ options: SearchOptions, _ agenda: Agenda) {
    self.init()
    properties = system.properties.indices.map {
      agenda.includes(.property($0)) ? .notFound : .notSearched
    }
    propertyFailed = Array(repeating: false, count: system.properties.count)
    for builtIn in BuiltIn.allCases {
      self[.builtIn(builtIn)] = agenda.includes(.builtIn(builtIn)) ? .notFound : .notSearched
    }
    coverage = Coverage(
      actions: Array(repeating: false, count: system.actions.count),
      rules: Array(repeating: false, count: system.rules.count),
      choices: Array(repeating: [], count: system.choices.count),
      antecedents: system.properties.map { $0.antecedent == nil })
    statistics.workers = options.workers
    statistics.seed = options.seed
    statistics.wordsPerState = system.layout.wordCount
    statistics.bitsPerState = system.layout.bitCount
  }

  /// Adds what one worker's machine and checks saw.
  mutating func addCoverage(_ checks: borrowing StateChecks, _ system: TransitionSystem) {
    for action in system.actions where checks.machine.hasFired(action.id) {
      coverage.actions[action.id.index] = true
      if let rule = action.rule { coverage.rules[rule.index] = true }
    }
    for index in system.choices.indices {
      let taken = checks.machine.valuesTaken(at: ChoiceID(index))
      if taken.isEmpty { continue }
      coverage.choices[index] = Set(coverage.choices[index]).union(taken).sorted()
    }
    addFailed(checks)
    let asked = checks.machine.oracleCounts
    statistics.questionsAsked += asked.questions
    statistics.answersWorkedOut += asked.workedOut
  }

  /// Adds what the properties of one worker met: failures to evaluate, true antecedents.
  mutating func addFailed(_ checks: borrowing StateChecks) {
    for index in propertyFailed.indices {
      if checks.antecedentSeen[index] { coverage.antecedents[index] = true }
      if checks.propertyFailed[index] { propertyFailed[index] = true }
    }
  }

  /// Puts in what the visited set took with the states it had at most at a time, and `bytes` beside
  /// it.
  mutating func addStore<Store: VisitedSet & ~Copyable>(
    _ store: borrowing Store, statesHeld: Int, beside bytes: Int
  ) {
    let used = store.tableBytes + store.heldStateBytes * statesHeld
    let budget = store.budget
    // The budget counts chunks of the arena as a whole; the rest of the last ones is untouched.
    let untouched = max(0, budget.inUse - used - bytes)
    statistics.memoryPeak = max(used + bytes, budget.peak - untouched)
    statistics.store = store.name
    statistics.fixedBytes = store.growths == 0 ? store.tableBytes : 0
    statistics.bytesPerState =
      states == 0 ? 0 : Double(used - statistics.fixedBytes) / Double(states)
    statistics.tableGrowths = store.growths
    statistics.tableSlots = store.slotCount
  }

  /// Puts in what became of the native tier.
  mutating func addEngine(_ tier: NativeTier?) { statistics.native = tier?.status ?? .unused }

  /// Puts in what was found.
  mutating func add(_ findings: [SearchTarget: FindingCandidate]) {
    for (target, candidate) in findings { self[target] = .found(candidate.finding) }
  }

  /// Puts in the trace of a finding.
  mutating func add(_ trace: Trace, to target: SearchTarget) {
    guard var finding = self[target].finding else { return }
    finding.trace = trace
    self[target] = .found(finding)
  }
}

extension SearchOptions {
  /// Whether finding this ends the search.
  func stops(at target: SearchTarget, _ system: TransitionSystem) -> Bool {
    guard stopAtFirst else { return false }
    if let stopTargets { return stopTargets.contains(target) }
    switch target {
    case .property(let index): return system.properties[index].kind == .invariant
    case .builtIn(let builtIn): return builtIn != .orphan
    }
  }
}
