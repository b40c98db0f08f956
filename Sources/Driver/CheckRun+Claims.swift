import Decisions
import Diagnostics
import Exploration
import Report
import Semantics
import TransitionSystem

/// Checks of specs whose agents commit to claims about a prompt.
extension CheckRun {
  /// Gives the system its oracle, and loads the solver where a property that is looked at asks it.
  ///
  /// Returns what ends its queries when the user interrupts. Throws: where there is no solver.
  func attachOracle(
    to system: inout TransitionSystem, _ deadline: UInt64?
  ) throws(SolverUnavailable) -> InterruptionWatch? {
    guard let prompt, !system.questions.isEmpty else { return nil }
    let oracle = ClaimOracle(system, prompt, deadline: deadline)
    system.oracle = oracle
    let looked =
      system.properties.filter { isSelected($0.name) }
      + system.temporalProperties.filter { isSelected($0.name) }.flatMap(\.atoms)
    guard looked.contains(where: { system.asks($0) }) else { return nil }
    try oracle.open()
    let watch = InterruptionWatch { oracle.interrupt() }
    watch.start()
    return watch
  }

  /// Why one of these predicates has no value in some state.
  static func unevaluatedWords(
    _ system: TransitionSystem, _ properties: [StateProperty]
  ) -> String {
    guard properties.contains(where: { system.asks($0) }),
      let oracle = system.oracle as? ClaimOracle, let unknown = oracle.firstUnknown
    else { return "it cannot be evaluated in some state" }
    let claims = unknown.claims.map { "`\(system.text(ofMember: $0).dropFirst("commits ".count))`" }
    let what = claims.isEmpty ? "the prompt alone" : claims.joined(separator: ", ")
    return "the solver gave up on \(what): \(unknown.reason)\(oracle.nonlinearWords)"
  }
}

extension TransitionSystem {
  func asks(_ property: StateProperty) -> Bool {
    AccessSets(property.predicate, channels: channels).asksOracle
  }

  /// "commits storage == sqlite".
  func text(ofMember place: Int) -> String {
    variables.first { $0.kind == .claim && $0.slots == [members[place].slot] }?.name ?? ""
  }

  /// The members whose slots are 1, as bits.
  func members(in state: [UInt64]) -> [UInt64] {
    var set = [UInt64](repeating: 0, count: max(1, (members.count + 63) / 64))
    for (place, member) in members.enumerated() where layout.read(member.slot, from: state) == 1 {
      set[place / 64] |= 1 << UInt64(place % 64)
    }
    return set
  }
}

extension Judge {
  /// What clashes at the end of a trace of a property about claims; nothing elsewhere.
  func conflict(_ property: Semantics.Property, _ trace: Trace?) -> [ConflictPart] {
    let atoms =
      system.properties.filter { $0.name == property.name }
      + system.temporalProperties.filter { $0.name == property.name }.flatMap(\.atoms)
    guard let trace, let oracle = system.oracle as? ClaimOracle, let prompt,
      atoms.contains(where: { system.asks($0) }),
      let conflict = oracle.conflict(system.members(in: trace.steps.last?.state ?? trace.initial))
    else { return [] }
    return conflict.requirements.map { requirement in
      let clause = prompt.model[requirement]
      return ConflictPart(text: "requires \(clause.text)", agent: nil, span: clause.span)
    }
      + conflict.claims.map { claim in
        let commitment = spec.commitments[system.members[claim].source]
        return ConflictPart(
          text: system.text(ofMember: claim), agent: spec.agents[commitment.agent.index].name,
          span: commitment.span)
      }
  }
}
