import Diagnostics
import Exploration
import Report
import Semantics
import TransitionSystem

/// Turns what a search found into verdicts, and holds them against the check's expectations.
///
/// Invariant: `holds` and `unreachable` come from a complete search only.
struct Judge {
  let request: RunRequest
  let spec: TypedSpec
  let prompt: PromptClaims?
  let system: TransitionSystem
  let result: SearchResult
  /// The channels that went past the limit.
  let unbounded: [ChannelID]?
  /// Of the properties of executions, by name.
  var executions: [String: ExecutionOutcome] = [:]
  /// Whether there may be a shorter trace than one of so many steps.
  var mayBeShorter: (Int) -> Bool = { _ in false }

  /// Why the search ended early, so that nothing can be said of executions; nil where it did not.
  static func gaveUp(_ result: SearchResult, _ request: RunRequest) -> String? {
    switch result.stopReason {
    case .exhausted, .depthBound:
      result.omission == nil
        ? nil : "executions need every state, and --store \(request.store.rawValue) may omit some"
    default: end(result, request)
    }
  }

  func findings() -> [ReportedFinding] {
    propertyFindings() + builtInFindings()
  }

  // MARK: Properties

  private func propertyFindings() -> [ReportedFinding] {
    spec.properties.compactMap { property in
      let expected = spec.check.properties.filter { $0.property == property.name }
      let isNamed = request.properties.contains(property.name)
      guard isNamed || (request.properties.isEmpty && !expected.isEmpty) else { return nil }
      let verdict = verdict(of: property)
      let expectation = expected.first.map { $0.outcome == .holds ? Expectation.holds : .fails }
      let index = system.properties.firstIndex { $0.name == property.name }
      let finding = index.flatMap { result.properties[$0].finding }
      return ReportedFinding(
        name: property.name, isBuiltIn: false, verdict: verdict, expectation: expectation,
        conformity: conformity(verdict, expectation), documentation: property.documentation,
        span: property.span, detail: executions[property.name]?.detail,
        trace: finding?.trace ?? executions[property.name]?.trace, ending: ending(of: property),
        mayBeShorter: finding.map { mayBeShorter($0.depth) } ?? false,
        fairness: executions[property.name]?.fairness ?? [],
        conflict: conflict(property, finding?.trace ?? executions[property.name]?.trace))
    }
  }

  private func ending(of property: Semantics.Property) -> String? {
    switch property.kind {
    case .resettability: "from here no way leads to a state that \(property.name) asks for"
    case .branching(.always): "what \(property.name) asks for is not so here, whatever comes next"
    default: nil
    }
  }

  private func verdict(of property: Semantics.Property) -> Verdict {
    if let outcome = executions[property.name] { return outcome.verdict }
    guard let index = system.properties.firstIndex(where: { $0.name == property.name }) else {
      return .unknown("\(kindWords(property)) are not checked by this version")
    }
    let isReachability = system.properties[index].kind == .reachability
    switch result.properties[index] {
    case .found: return isReachability ? .reachable : .violated
    case .notSearched: return .unknown("not searched")
    case .notFound:
      if result.propertyFailed[index] {
        return .unknown(CheckRun.unevaluatedWords(system, [system.properties[index]]))
      }
      return clean(isReachability: isReachability)
    }
  }

  /// What it is worth that nothing was found.
  private func clean(isReachability: Bool) -> Verdict {
    let verdict: Verdict
    if result.stopReason == .exhausted {
      verdict = isReachability ? .unreachable : .holds
    } else if result.stopReason == .depthBound, let depth = request.depthMax {
      verdict = isReachability ? .unreachableUpTo(depth: depth) : .holdsUpTo(depth: depth)
    } else {
      return .unknown(end)
    }
    return result.omission.map { .notProved(verdict, $0.words) } ?? verdict
  }

  private func kindWords(_ property: Semantics.Property) -> String {
    switch property.kind {
    case .linear: "linear-time properties"
    case .resettability, .branching: "properties of what can be reached"
    case .valence: "`valence` properties"
    case .unsupported(let words): words
    case .invariant, .reachability: "properties of this kind"
    }
  }

  // MARK: Built-in checks

  private func builtInFindings() -> [ReportedFinding] {
    BuiltinCheck.allCases.compactMap { check in
      let outcome = outcome(of: check)
      if case .notSearched = outcome { return nil }
      let verdict = verdict(outcome)
      let expectation = expectation(of: check)
      let finding = outcome.finding
      let failure = finding?.failure.map { system.failures[$0.index] }
      return ReportedFinding(
        name: check.rawValue, isBuiltIn: true, verdict: verdict, expectation: expectation,
        conformity: conformity(verdict, expectation), documentation: nil,
        span: failure?.span, detail: failure?.message ?? detail(of: check),
        trace: finding?.trace.map(Self.toldTrace),
        ending: finding?.trace?.isOfInitialFailure ?? false
          ? "the initial values cannot be computed" : nil,
        mayBeShorter: finding.map { mayBeShorter($0.depth) } ?? false)
    }
  }

  /// Reports tell of actions: where initial values fail there is none.
  private static func toldTrace(_ trace: Trace) -> Trace {
    trace.isOfInitialFailure ? Trace(initial: trace.initial, steps: []) : trace
  }

  private func outcome(of check: BuiltinCheck) -> SearchOutcome {
    switch check {
    case .deadlock: result.deadlock
    case .orphan: result.orphan
    case .assertion: result.assertion
    case .evaluation: result.evaluation
    case .unbounded: unbounded == nil ? .notFound : result.growth.map { .found($0) } ?? .notFound
    }
  }

  private func verdict(_ outcome: SearchOutcome) -> Verdict {
    switch outcome {
    case .found: .violated
    case .notSearched: .unknown("not searched")
    case .notFound: clean(isReachability: false)
    }
  }

  private func detail(of check: BuiltinCheck) -> String? {
    guard check == .unbounded, let channel = unbounded?.first else { return nil }
    return "more than \(request.channelLimit) messages: \(system.channels[channel.index].name)"
  }

  private func expectation(of check: BuiltinCheck) -> Expectation {
    if spec.check.expected.contains(where: { $0.builtin == check }) { return .present }
    if spec.check.allowed.contains(check) { return .allowed }
    if spec.check.forbidden.contains(check) { return .absent }
    return check == .orphan ? .allowed : .absent
  }

  // MARK: Expectations

  private func conformity(_ verdict: Verdict, _ expectation: Expectation?) -> Conformity {
    guard let expectation else { return .informative }
    if expectation == .allowed { return .asExpected }
    guard let isPositive = verdict.isPositive else { return .undecided }
    let wanted = expectation == .holds || expectation == .absent
    if verdict.isBounded, request.requireExhaustive { return .undecided }
    return isPositive == wanted ? .asExpected : .notAsExpected
  }

  func counts() -> [CountComparison] {
    var reason: String? = result.complete ? nil : "the search is not exhaustive: \(end)"
    if !result.statistics.clearedVariables.isEmpty { reason = "dead values were cleared" }
    if !result.statistics.slicedVariables.isEmpty { reason = "variables were sliced away" }
    if result.statistics.partialOrder { reason = "partial-order reduction was on" }
    if !result.statistics.symmetricFamilies.isEmpty { reason = "symmetry reduction was on" }
    var counts: [CountComparison] = []
    if let expected = spec.check.states {
      counts.append(
        CountComparison(
          name: "states", expected: expected, found: result.states, notCompared: reason))
    }
    if let expected = spec.check.transitions {
      counts.append(
        CountComparison(
          name: "transitions", expected: expected, found: result.transitions,
          notCompared: reason))
    }
    return counts
  }

  /// Why the search ended, in words.
  var end: String { Judge.end(result, request) }

  static func end(_ result: SearchResult, _ request: RunRequest) -> String {
    switch result.stopReason {
    case .exhausted: result.omission?.words ?? "all reachable states"
    case .depthBound: bound(result, request)
    case .walksDone: "random walks prove nothing"
    case .stateLimit:
      "the budget of \(counted(request.statesMax ?? result.states, "state")) ran out"
    case .memory: "the memory budget ran out"
    case .storeFull: "the table of the store is full (--bits)"
    case .time: "the time ran out"
    case .cancelled: "interrupted"
    case .growthNeeded: "a channel is unbounded"
    case .firstFound: "stopped at the first violation"
    case .internalFault: "a fault of wfcheck itself"
    }
  }

  private static func bound(_ result: SearchResult, _ request: RunRequest) -> String {
    let bound = "up to depth \(request.depthMax ?? result.depth)"
    return result.omission.map { "\(bound), \($0.words)" } ?? bound
  }
}
