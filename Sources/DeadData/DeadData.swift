import TransitionSystem

/// A transition system without data that does not matter, and what was left out of it.
///
/// Two reductions, each from transition system to transition system, so that engines know of
/// neither:
///
/// - **Slicing** leaves out of the state the slots that influence neither what is looked at nor
///   what can happen (`Slicing`), with their assignments.
/// - **Dead values** are cleared: behind each action the slots of its agent that no step will read
///   before it writes them (`LiveSlots`, `Resets`).
///
/// Why that is right. Let two states be alike if they agree on the control slots and on all that is
/// live at them. Then the same actions have the same instances in both: guards, triggers,
/// conditions, choices, failures and messages depend on live slots only; and instance by instance
/// the successors are alike, for what is live behind a step is written by it from live slots, or
/// was live before. Being alike is thus a bisimulation that keeps the labels of transitions, and
/// clearing dead slots leads from a state to one that is alike. Properties read slots that are live
/// everywhere. So everything that a search looks for is kept: deadlocks, orphans, failing steps,
/// overflows, truths of properties, `quiescent`, also LTL and depths, and the number of transitions
/// of each state, whatever searches, stores, and reduces further: partial-order reduction sees the
/// resets as writes of the agent's own slots; and permuting the members of a family maps states
/// that are alike to states that are alike in the same sense (bisimilar), so that any
/// representative will do. Slicing is the case of a slot that is dead everywhere.
///
/// Executions under fairness. A weak constraint is told by the action, a strong one by the action
/// and the message, with its values and its sender. Channels are neither cleared nor sliced, and
/// what a message carries is live where it is sent; so what a state enables and what a step serves
/// is the same in states that are alike. Executions correspond step by step, with the same word of
/// atoms and the same constraints enabled and served: one is fair where the other is. Outcomes of a
/// `flip` are owed in each state by itself. Of a strongly connected part of the real graph that is
/// closed under them, the image is; and of such a part P without dead data, whatever can be reached
/// by transitions of P from a real state behind it, and reached for ever, is a part of the real
/// graph: all of P lies behind it, and with P it is closed, accepting and fair. So verdicts are the
/// same. A cycle of states need not be one of real states, though, and where it goes through two
/// real states for one, each may flip its own way: whoever shows a cycle must see to that.
///
/// Sources: Bozga, Fernandez and Ghirvu, State space reduction based on live variables analysis,
/// SAS 1999; Self and Mercer, On-the-fly dynamic dead variable analysis, SPIN 2007; Holzmann, The
/// engineering of a model checker, SPIN 1999, for SPIN's. Ours differs in that nothing is asked of
/// the syntax: control points are found in the transition system (`ControlSlots`).
///
/// Price: the analysis, once for each search; a `clear` or two behind actions, in one word each.
public struct DeadData: Sendable {
  public private(set) var system: TransitionSystem
  /// Variables left out of the state, as people see them; those of a family by its name.
  public private(set) var slicedVariables: [String] = []
  /// Variables that are cleared somewhere, likewise.
  public private(set) var clearedVariables: [String] = []

  /// `properties`: those that are looked at, beside all that are temporal. `permutes`: members of
  /// families will be exchanged; then nobody looks at temporal ones, which may name a member.
  public init(
    _ original: TransitionSystem, properties: Set<Int>, clearsDead: Bool, slices: Bool,
    permutes: Bool = false, omitting omitted: Set<DeadDataCondition> = []
  ) {
    system = original
    let structure = Structure(original)
    var observed = original.observedSlots(properties: properties)
    if !permutes && !omitted.contains(.formulas) {
      observed.formUnion(original.slotsOfAtoms)
    }
    if slices { slice(observed, structure, omitted) }
    if clearsDead { clearDead(observed, structure, permutes, omitted) }
  }

  private mutating func slice(
    _ observed: SlotSet, _ structure: Structure, _ omitted: Set<DeadDataCondition>
  ) {
    let slicing = Slicing(system, observed: observed, structure, omitting: omitted)
    let gone = system.layout.slots.indices.map { SlotID($0) }.filter {
      !slicing.slots.contains($0) && system.layout.slots[$0.index].width > 0
    }
    if gone.isEmpty { return }
    system.actions = system.actions.map { slicing.sliced($0) }
    system.initial = slicing.sliced(
      initial: system.initial, registerCount: system.initialRegisterCount)
    system.initialRegisterCount += 1
    slicedVariables = system.names(of: gone)
    system.layout = system.layout.without(Set(gone), channels: system.channels)
  }

  private mutating func clearDead(
    _ observed: SlotSet, _ structure: Structure, _ permutes: Bool,
    _ omitted: Set<DeadDataCondition>
  ) {
    let none = CellSet(slotCount: system.layout.slots.count)
    let accesses = Accesses(system, observed: observed, omitting: omitted)
    var cleared = none
    for agent in system.agents.indices {
      guard
        var slots = LiveSlots(of: agent, in: system, accesses, structure, omitting: omitted)
      else { continue }
      if permutes { slots.keepIdentities(system.variables, structure) }
      var resets = Resets(slots, system.layout)
      for edge in slots.edges {
        let action = system.actions[edge.action]
        system.actions[edge.action] = action.with(
          body: resets.appended(to: action.body, at: edge.locations))
      }
      system.initial = resets.appended(toInitial: system.initial)
      cleared.formUnion(resets.cleared)
      narrowLifetimes(slots)
    }
    clearedVariables = system.names(of: cleared.slots)
  }

  /// Says where the agent's variables are in use now, so that symmetry reduction does not take a
  /// cleared identity for that of the first agent.
  private mutating func narrowLifetimes(_ slots: LiveSlots) {
    for (index, variable) in system.variables.enumerated() {
      guard !variable.slots.isEmpty, variable.slots.allSatisfy(slots.candidates.contains) else {
        continue
      }
      if let lifetime = slots.lifetime(of: variable) {
        system.variables[index] = VariableInfo(
          name: variable.name, kind: variable.kind, agent: variable.agent, shape: variable.shape,
          slots: variable.slots, lifetime: lifetime)
      }
    }
  }
}

extension TransitionSystem {
  /// The slots that what is looked at reads, the actions aside.
  func observedSlots(properties wanted: Set<Int>) -> SlotSet {
    var observed = SlotSet()
    var predicates = [waiting, undelivered]
    for property in wanted.map({ properties[$0] }) {
      predicates.append(property.predicate)
      if let antecedent = property.antecedent { predicates.append(antecedent) }
    }
    for predicate in predicates {
      observed.formUnion(AccessSets(predicate, channels: channels).reads)
    }
    return observed
  }

  /// The slots that formulas of executions read.
  fileprivate var slotsOfAtoms: SlotSet {
    atoms.reduce(into: SlotSet()) {
      $0.formUnion(AccessSets($1.predicate, channels: channels).reads)
    }
  }

  /// The variables that slots belong to: `Coder.log`, `Node.seen`, `Node.votes in part`.
  fileprivate func names(of slots: [SlotID]) -> [String] {
    let wanted = Set(slots)
    var names: [String] = []
    for variable in variables {
      let wide = variable.slots.filter { layout.slots[$0.index].width > 0 }
      let count = wide.count(where: wanted.contains)
      if count == 0 { continue }
      var name = variable.name
      if let agent = variable.agent, name.hasPrefix(agents[agent].name) {
        name = agents[agent].family + name.dropFirst(agents[agent].name.count)
      }
      if count < wide.count { name += " in part" }
      if !names.contains(name) { names.append(name) }
    }
    return names
  }
}

extension Action {
  fileprivate func with(body: [ProgramStatement]) -> Action {
    Action(
      id: id, label: label, agent: agent, kind: kind, rule: rule, isEnvironment: isEnvironment,
      fairness: fairness, span: span, guards: guards, trigger: trigger, body: body,
      registerCount: registerCount)
  }
}
