import TransitionSystem

/// Looks at the states that one worker stores and expands, and keeps the first candidates.
///
/// Every strategy shares it, so that all of them agree on what a violation is.
struct StateChecks: ~Copyable {
  var machine: Expander
  private(set) var agenda: Agenda
  private(set) var candidates: CandidateTable
  /// By property: its antecedent was true somewhere.
  private(set) var antecedentSeen: [Bool]
  /// By property: it failed to evaluate somewhere.
  private(set) var propertyFailed: [Bool]

  private let system: TransitionSystem
  /// The agenda in memory of this worker's own: arrays shared by workers would make them fight for
  /// one reference count at every state.
  private var stored = WatchedProperties()
  private var expanded = WatchedProperties()
  /// Of the compiled system, which the machine keeps.
  private let affected: AffectedProperties.Table?

  init(_ compiled: CompiledSystem, agenda: Agenda, tier: NativeTier? = nil) {
    machine = Expander(compiled, tier)
    affected = compiled.affected?.table
    system = compiled.system
    self.agenda = agenda
    let count = compiled.system.properties.count
    candidates = CandidateTable(propertyCount: count)
    antecedentSeen = Array(repeating: false, count: count)
    propertyFailed = antecedentSeen
    prepare()
  }

  private mutating func prepare() {
    stored = watched(agenda.stored)
    expanded = watched(agenda.expanded)
  }

  private func watched(_ indices: [Int]) -> WatchedProperties {
    WatchedProperties(
      indices.map { index in
        WatchedProperty(
          index: index, isFoundWhenTrue: system.properties[index].kind == .reachability,
          watchesAntecedent: agenda.antecedents.contains(index) && !antecedentSeen[index])
      })
  }

  /// Goes on with what is left to look for.
  mutating func follow(_ agenda: Agenda) {
    self.agenda = agenda
    prepare()
  }

  mutating func forgetCandidates() { candidates.removeAll() }

  /// A state that is new, where it is the successor by `action` of one that was given before; -1
  /// where it is an initial state, or not what the action made of that one.
  @inline(__always)
  mutating func onStored(
    _ state: UnsafePointer<UInt64>, depth: Int, walk: Int = 0, action: Int32 = -1
  ) {
    var wanted = affected?.mask(action) ?? ~0
    if stored.mask != 0 {
      wanted = suspects(stored, of: wanted, state, quiescent: false)
      if wanted == 0 { return }
    }
    for place in 0..<stored.count where stored[place].isIn(wanted) {
      let property = stored[place]
      if !property.watchesAntecedent, affected?.rulesOut(property.index, action, state) ?? false {
        continue
      }
      let predicate = affected?.predicate(property.index, action) ?? .property(property.index)
      evaluate(property, predicate, on: state, depth: depth, walk: walk, quiescent: false)
    }
  }

  /// A state whose successors were generated.
  @inline(__always)
  mutating func onExpanded(
    _ state: UnsafePointer<UInt64>, depth: Int, walk: Int = 0, _ expansion: borrowing Expansion
  ) {
    if !expansion.enabled { checkRest(state, depth: depth, walk: walk) }
    if expansion.failureCount > 0 { checkFailures(state, depth: depth, walk: walk) }
    onInspected(state, depth: depth, walk: walk, expansion)
  }

  /// The properties that read `quiescent`, on a state whose successors are not stored.
  @inline(__always)
  mutating func onInspected(
    _ state: UnsafePointer<UInt64>, depth: Int, walk: Int = 0, _ expansion: borrowing Expansion
  ) {
    var wanted = UInt64.max
    if expanded.mask != 0 {
      wanted = suspects(expanded, of: wanted, state, quiescent: !expansion.enabled)
      if wanted == 0 { return }
    }
    for place in 0..<expanded.count where expanded[place].isIn(wanted) {
      evaluate(
        expanded[place], .property(expanded[place].index), on: state, depth: depth, walk: walk,
        quiescent: !expansion.enabled)
    }
  }

  /// Those that the machine must look at. Requires: the filters know all of them.
  @inline(__always)
  private func suspects(
    _ watched: borrowing WatchedProperties, of wanted: UInt64, _ state: UnsafePointer<UInt64>,
    quiescent: Bool
  ) -> UInt64 {
    let wanted = wanted & watched.mask
    if wanted == 0 { return 0 }
    var suspects = machine.suspects(wanted, state, quiescent: quiescent)
    if watched.antecedents != 0 {
      suspects |= machine.antecedentSuspects(
        wanted & watched.antecedents, state, quiescent: quiescent)
    }
    return suspects
  }

  /// The atoms of temporal properties that are true.
  @inline(__always)
  mutating func atoms(
    _ state: UnsafePointer<UInt64>, count: Int, quiescent: Bool, _ failed: inout UInt64
  ) -> UInt64 {
    machine.atoms(state, count: count, quiescent: quiescent, &failed)
  }

  @inline(__always)
  private mutating func evaluate(
    _ property: WatchedProperty, _ predicate: PredicateID, on state: UnsafePointer<UInt64>,
    depth: Int, walk: Int, quiescent: Bool
  ) {
    if property.watchesAntecedent { watchAntecedent(property.index, state, quiescent) }
    let truth = machine.evaluate(predicate, on: state, quiescent: quiescent)
    if truth != (property.isFoundWhenTrue ? .false : .true) {
      note(truth, property.index, state, depth: depth, walk: walk)
    }
  }

  /// What was looked for, or a failure to evaluate.
  @inline(never)
  private mutating func note(
    _ truth: Truth, _ index: Int, _ state: UnsafePointer<UInt64>, depth: Int, walk: Int
  ) {
    guard case .failure(let failure) = truth else {
      offer(.property(index), state, depth: depth, walk: walk)
      return
    }
    propertyFailed[index] = true
    if system.failures[failure.index].kind == .undecided { return }
    offer(
      .builtIn(builtIn(failure)), state, depth: depth, walk: walk,
      failure: StepFailure(action: -1, failure: failure), property: index)
  }

  @inline(never)
  private mutating func watchAntecedent(
    _ index: Int, _ state: UnsafePointer<UInt64>, _ quiescent: Bool
  ) {
    guard machine.evaluate(.antecedent(index), on: state, quiescent: quiescent) == .true else {
      return
    }
    antecedentSeen[index] = true
    stored.antecedentSeen(index)
    expanded.antecedentSeen(index)
  }

  private func builtIn(_ failure: FailureID) -> BuiltIn {
    system.failures[failure.index].kind == .assertion ? .assertion : .evaluation
  }

  /// Nothing but faults is enabled.
  @inline(never)
  private mutating func checkRest(_ state: UnsafePointer<UInt64>, depth: Int, walk: Int) {
    if agenda.builtIns.contains(.deadlock),
      machine.evaluate(.waiting, on: state, quiescent: true) == .true
    {
      offer(.builtIn(.deadlock), state, depth: depth, walk: walk)
    }
    if agenda.builtIns.contains(.orphan),
      machine.evaluate(.undelivered, on: state, quiescent: true) == .true
    {
      offer(.builtIn(.orphan), state, depth: depth, walk: walk)
    }
  }

  @inline(never)
  private mutating func checkFailures(_ state: UnsafePointer<UInt64>, depth: Int, walk: Int) {
    for failure in machine.failures {
      machine.machine.noteFired(failure.action)
      offer(
        .builtIn(builtIn(failure.failure)), state, depth: depth, walk: walk, failure: failure,
        isFailingStep: true)
    }
  }

  /// Failures of the initial program: no state comes before them, so all words are zero.
  mutating func noteInitialFailures() {
    if machine.failures.isEmpty { return }
    let zero = [UInt64](repeating: 0, count: max(1, system.layout.wordCount))
    zero.withUnsafeBufferPointer { words in
      if let base = words.baseAddress { checkFailures(base, depth: 0, walk: 0) }
    }
  }

  private mutating func offer(
    _ target: SearchTarget, _ state: UnsafePointer<UInt64>, depth: Int, walk: Int,
    failure: StepFailure? = nil, isFailingStep: Bool = false, property: Int? = nil
  ) {
    guard agenda.includes(target) else { return }
    // The common case in a level full of violations: one comes before already, nothing is copied.
    if let old = candidates[target], old.precedes(depth: depth, state: state, walk: walk) {
      return
    }
    let words = Array(UnsafeBufferPointer(start: state, count: system.layout.wordCount))
    let candidate = FindingCandidate(
      depth: depth, state: words, walk: walk, failure: failure, isFailingStep: isFailingStep,
      property: property)
    candidates.offer(candidate, for: target)
  }
}
