import TransitionSystem

/// Which steps must keep their order, so that an execution that is made from a fair one by
/// exchanging steps is fair, and satisfies the same formulas.
///
/// Theorem. Let a graph keep, of each state, all transitions, or those of a stubborn set T of which
/// (F) an enabled member is owed fairness, and all that serves the same weak constraint is in T
/// unless the member excludes it; (C) every cycle has a state of which all are kept; (V) with an
/// enabled member that may change an atom of a formula T has all actions that may; and (W) with
/// an enabled member of one of the rows below T has all of the row, but for those that the member
/// excludes. What is left out counts as enabled. Then the graph has a fair execution that violates
/// a formula without `next` if the whole graph has one.
///
/// Proof. Let e be such an execution, from a state s. Where all of s is kept, the first step of
/// e is taken. Else, if some step of e is in T(s), the first one that is can be taken first:
/// those in front of it are outside of T(s), so they can follow it, and lead to the same state
/// (D1). One is, for the member of (F) is enabled in s and, as long as nobody in T(s) moves,
/// stays enabled (D2): for a weak constraint nobody else could serve it, being in T(s) or
/// excluded; a delivery has its message as long as no member takes it. So e would not be fair,
/// nor could it rest. What is left of e ends as e does, so it is fair, and the argument goes
/// on. By (C) no step of e is put off for ever. What comes out, e', has the steps of e, of
/// which none was exchanged with one that its row names; so each formula sees the same sequence
/// but for repetitions (V): a step that changes its atoms is only exchanged with steps that do
/// not.
///
/// It is fair. Let c be weak, and from some time on enabled in e' without a break and served no
/// more. Its condition then is a conjunction (of the guards of its rule; of a `run`, of those
/// of the segment where its control has come to a halt, for nobody else moves that). Each
/// conjunct has a row, so it goes through the same truths in e as in e', and is true from some
/// time on there, too: "for ever from some time on" is the same of a conjunction and of its
/// parts. So c would be owed in e. What the `run` waits for in a channel from which only it
/// takes needs no row, if nothing is lost: while it does not take, messages only come, and what
/// has come in the end is the same. Let c be strong: "again and again" is not the same of a
/// conjunction and of its parts. All that its condition reads is in one row; but the message
/// needs none where its rule is the only one to take from the channel: not taken, it is there
/// from some time on (as the head, in a queue), or never.
///
/// Sources: Peled, All from one, one for all, CAV 1993 (equivalence robust fairness); Valmari, The
/// state explosion problem, 1998, for V; what is new here is to do with conjuncts.
extension Analysis {
  /// The rows of (V), (W), and of what serves one weak constraint.
  ///
  /// `whole`: the system whose actions these are variants of.
  func executionRows(
    _ whole: TransitionSystem, omitting omitted: Set<ExecutionCondition>
  ) -> [ActionRow] {
    var rows: [ActionRow] = []
    if !omitted.contains(.visibility) {
      rows += whole.temporalProperties.map { property in
        property.atoms.reduce(into: none) { $0.formUnion(seers(of: $1.predicate)) }
      }
    }
    let owed = whole.actions.filter(\.isOwed)
    if !omitted.contains(.conjuncts) {
      for action in owed { rows += orderRows(of: action) }
    }
    let runs = Dictionary(grouping: owed.filter(\.isSegment)) { $0.agent ?? -1 }
    for (_, segments) in runs.sorted(by: { $0.key < $1.key }) {
      let ids = Set(segments.map(\.id.index))
      rows.append(row { ids.contains(system.actions[$0].id.index) })
      if !omitted.contains(.conjuncts) { rows += runRows(of: segments) }
    }
    return rows
  }

  /// All of the rows that an action is in, but for those that it excludes: they move in no state in
  /// which it is enabled.
  func companions(of action: Int, in rows: [ActionRow]) -> ActionRow {
    var result = union(rows.filter { $0.contains(action) })
    result.subtract(excluded(by: action))
    return result
  }

  private func row(_ isMember: (Int) -> Bool) -> ActionRow {
    var result = none
    for action in facts.indices where isMember(action) { result.insert(action) }
    return result
  }

  /// Who may change the truth of a condition.
  private func seers(of predicate: Predicate) -> ActionRow {
    let visibility = Visibility(predicate, system)
    return row { visibility.sees(facts[$0], channelOfSlot: channelOfSlot) }
  }

  // MARK: Conditions

  /// The parts that a step is enabled by, all of which must be met: guards, and what its body
  /// requires. `ignoring`: a channel of which nothing needs to be known.
  private func parts(of action: Action, ignoring ignored: Int?) -> [ActionRow] {
    var rows = action.guards.flatMap { condition in
      condition.statements.isEmpty ? parts(of: condition.result) : [seers(of: condition)]
    }
    var body = action.body[...]
    while case .require(let condition) = body.first, !condition.readsRegisters {
      rows += parts(of: condition)
      body = body.dropFirst()
    }
    if body.contains(where: \.mayBlock) { rows.append(readers(of: Array(body), action, ignored)) }
    return rows
  }

  private func parts(of condition: ProgramExpression) -> [ActionRow] {
    if case .binary(.and, let left, let right) = condition {
      return parts(of: left) + parts(of: right)
    }
    return [seers(of: Predicate(statements: [], result: condition, registerCount: 0))]
  }

  /// Who may change what some statements of an action read, or a channel that they use.
  private func readers(
    of body: [ProgramStatement], _ action: Action, _ ignored: Int?
  ) -> ActionRow {
    let part = Action(
      id: action.id, label: action.label, agent: action.agent, kind: action.kind,
      rule: action.rule, isEnvironment: action.isEnvironment, fairness: action.fairness,
      span: action.span, guards: [], trigger: action.trigger, body: body,
      registerCount: action.registerCount)
    let read = FactCollector(part, system, channelOfSlot: channelOfSlot).facts
    var result = row { !facts[$0].writes.isDisjoint(with: read.reads) }
    for channel in read.channels.keys where channel != ignored {
      result.formUnion(changers(of: channel))
    }
    return result
  }

  private func changers(of channel: Int) -> ActionRow {
    row {
      !(facts[$0].channels[channel] ?? []).isDisjoint(with: [.appends, .takes, .other])
    }
  }

  /// The channel of a trigger if nothing is ever lost from it or added to it but by sends, and
  /// nobody else takes from it than those in question.
  private func reliableChannel(of action: Action, takenBy isTaker: (Action) -> Bool) -> Int? {
    guard let trigger = action.trigger, trigger.candidates == .deliverable else { return nil }
    let channel = trigger.channel.index
    let isReliable = facts.indices.allSatisfy { other in
      let use = facts[other].channels[channel] ?? []
      return !use.contains(.other) && (!use.contains(.takes) || isTaker(system.actions[other]))
    }
    return isReliable ? channel : nil
  }

  private func union(_ rows: [ActionRow]) -> ActionRow {
    rows.reduce(into: none) { $0.formUnion($1) }
  }

  // MARK: Constraints

  /// What its own constraint asks of an action: that of its rule, and of each of its deliveries.
  private func orderRows(of action: Action) -> [ActionRow] {
    let isDelivery = action.fairness == .strong
    if !isDelivery && action.isSegment { return [] }
    let channel = reliableChannel(of: action) { $0.id == action.id }
    var rows = parts(of: action, ignoring: channel)
    if let trigger = action.trigger, channel == nil {
      rows.append(changers(of: trigger.channel.index))
    }
    return isDelivery ? [union(rows)] : rows
  }

  /// What the constraint of a whole `run` asks of its segments.
  private func runRows(of segments: [Action]) -> [ActionRow] {
    let ids = Set(segments.map(\.id.index))
    func rows(_ segment: Action) -> [ActionRow] {
      let channel = reliableChannel(of: segment) { ids.contains($0.id.index) }
      var rows = parts(of: segment, ignoring: channel)
      if let trigger = segment.trigger, channel == nil {
        rows.append(changers(of: trigger.channel.index))
      }
      return rows
    }
    guard let places = places(of: segments) else { return [union(segments.flatMap(rows))] }
    return places.flatMap { place in
      place.count == 1 ? rows(place[0]) : [union(place.flatMap(rows))]
    }
  }

  /// The segments by where control must be: by the values of a slot that only they write, and that
  /// no two of the parts share; nil where there is no such slot.
  private func places(of segments: [Action]) -> [[Action]]? {
    if segments.count == 1 { return [segments] }
    let ids = Set(segments.map(\.id.index))
    let known = segments.map { FactCollector($0, system, channelOfSlot: channelOfSlot).facts }
    for slot in Set(known[0].atoms.map(\.slot)).sorted() {
      let isOwn = facts.indices.allSatisfy {
        !facts[$0].writes.contains(SlotID(slot)) || ids.contains(system.actions[$0].id.index)
      }
      if !isOwn { continue }
      let values = UInt64.max >> UInt64(64 - min(64, 1 << system.layout.slots[slot].width))
      let masks = known.map { $0.allowed(slot) & values }
      let groups = Dictionary(grouping: segments.indices) { masks[$0] }
      let all = groups.keys.reduce(0 as UInt64) { $0 | $1 }
      let isApart = groups.keys.reduce(0) { $0 + $1.nonzeroBitCount } == all.nonzeroBitCount
      if groups.count > 1 && isApart {
        return groups.sorted { $0.key < $1.key }.map { $0.value.map { segments[$0] } }
      }
    }
    return nil
  }
}

extension ProgramStatement {
  /// Whether a way through the step may end here, or have no successor.
  fileprivate var mayBlock: Bool {
    mayFail
      || contains {
        switch $0 {
        case .require, .sendOrDrop: true
        case .choose(_, .range(.constant(let lower), .constant(let upper)), _): lower > upper
        case .choose: true
        default: false
        }
      }
  }
}
