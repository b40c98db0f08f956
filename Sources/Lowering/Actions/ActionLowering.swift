import Diagnostics
import Semantics
import TransitionSystem

/// From the steps of agents to actions.
struct ActionLowering {
  let plan: Plan
  let tables: Tables
  private(set) var actions: [Action] = []

  init(_ plan: Plan, _ tables: Tables) {
    self.plan = plan
    self.tables = tables
  }

  var spec: TypedSpec { plan.spec }

  /// What an action is, apart from its program.
  struct Heading {
    var label: String
    var agent: Int?
    var kind: ActionKind
    var rule: RuleID?
    var fairness = Fairness.none
    var span: Span
  }

  mutating func append(
    _ heading: Heading, guards: [Predicate], trigger: Trigger?, _ lowering: CodeLowering
  ) {
    let never = guards.first { $0.statements.isEmpty && $0.result.constantValue == 0 }
    let cannotFail = guards.allSatisfy { $0.statements.isEmpty && !$0.result.canFail }
    if never != nil && cannotFail { return }
    let isEnvironment = heading.agent.map { plan.types.agents[$0].isEnvironment } ?? false
    actions.append(
      Action(
        id: ActionID(actions.count), label: heading.label, agent: heading.agent,
        kind: heading.kind, rule: heading.rule, isEnvironment: isEnvironment,
        fairness: heading.fairness, span: heading.span, guards: guards, trigger: trigger,
        body: lowering.program, registerCount: lowering.registerCount))
  }

  mutating func removeActions(from count: Int) {
    actions.removeLast(max(0, actions.count - count))
  }

  /// Guards of a step: its place in the life and in the run of the agent, then its condition.
  func guards(_ source: StepSource) -> [Predicate] {
    var guards: [Predicate] = []
    let life = CodeLowering(plan, tables).lifecycle(source.agent, isOneOf: source.lifecycle)
    guards.append(Predicate(statements: [], result: life, registerCount: 0))
    if let point = source.point, let run = plan.run(of: source.agent), run.points.count > 1,
      let slot = plan.controlSlot(source.agent)
    {
      guards.append(
        Predicate(
          statements: [], result: .equal(.slot(slot), .constant(run.value(point))),
          registerCount: 0))
    }
    for condition in source.conditions {
      let lowering = CodeLowering(plan, tables, actor: source.agent)
      if let point = source.point { lowering.enter(point) }
      let result = lowering.cell(condition)
      guards.append(lowering.predicate(result))
    }
    return guards.filter { !($0.statements.isEmpty && $0.result.constantValue == 1) }
  }

  /// The steps of all agents without faults.
  mutating func addSteps() {
    for identity in 0..<spec.agentCount {
      for source in StepSources(plan, tables, identity).all { addNormal(source) }
    }
  }

  private mutating func addNormal(_ source: StepSource) {
    let heading = Heading(
      label: source.label, agent: source.agent, kind: source.kind, rule: source.rule,
      fairness: source.fairness, span: source.span)
    let guards = guards(source)
    guard let pattern = source.pattern else {
      let lowering = CodeLowering(plan, tables, actor: source.agent)
      lowering.enterSegment(source)
      source.effect(lowering)
      return append(heading, guards: guards, trigger: nil, lowering)
    }
    let channels = plan.channels.channels(of: pattern.message, to: source.agent)
    if channels.isEmpty { tables.makeOptionalIfOnlyFaults(source, pattern, plan) }
    for target in channels {
      addDelivery(source, pattern, target, heading, guards, variant: .normal, takes: true)
    }
  }

  /// An action that takes a message out of a channel, or leaves a copy there.
  mutating func addDelivery(
    _ source: StepSource, _ pattern: TypedMessagePattern,
    _ target: (id: ChannelID, channel: Channel, tag: Int64), _ heading: Heading,
    _ guards: [Predicate], variant: CodeLowering.Variant, takes: Bool
  ) {
    let lowering = CodeLowering(plan, tables, actor: source.agent, variant: variant)
    let trigger = Trigger(
      channel: target.id, candidates: .deliverable, index: lowering.newRegister())
    lowering.enterSegment(source)
    lowering.receive(pattern, from: .entry(target.channel, target.tag, trigger.index))
    if takes { lowering.emit(.remove(target.id, at: .register(trigger.index))) }
    source.effect(lowering)
    lowering.finishStep()
    append(heading, guards: guards, trigger: trigger, lowering)
  }
}

extension Tables {
  /// A rule that nothing but a byzantine agent can trigger need not fire.
  func makeOptionalIfOnlyFaults(_ source: StepSource, _ pattern: TypedMessagePattern, _ plan: Plan)
  {
    guard !plan.byzantineSenders(pattern, to: source.agent).isEmpty else { return }
    makeOptional(source.rule)
  }
}

extension Plan {
  /// The agents that may be byzantine and whose messages a pattern may take.
  func byzantineSenders(_ pattern: TypedMessagePattern, to receiver: Int) -> [Int] {
    (0..<spec.agentCount).filter { sender in
      guard sender != receiver, faults.canBeByzantine(sender) else { return false }
      guard case .agent(let first, let count) = pattern.sender?.type else { return true }
      return (first..<(first + count)).contains(sender)
    }
  }
}

/// Where the fields of a received message come from.
enum MessageSource {
  /// An entry of a channel; the tag of the type, where several share the channel.
  case entry(Channel, Int64, Register)
  /// Made up by a byzantine agent.
  case byzantine(Int)
  /// For discovery: anything that these may have sent.
  case unknown([Int])
}

/// Receipts.
extension CodeLowering {
  /// Takes up control and locals.
  func enterSegment(_ source: StepSource) {
    if let point = source.point { enter(point) }
  }

  /// Matches a message with a pattern, binds its names, and tells the monitors.
  func receive(_ pattern: TypedMessagePattern, from source: MessageSource) {
    let receiver = actor ?? 0
    var fields: [Value] = []
    switch source {
    case .entry(let channel, let tag, let index):
      if let tagCell = channel.tagCell {
        require(.equal(cell(tagCell, of: channel, index), .constant(tag)))
      }
      sender = senderOfEntry(channel, index)
      fields = fieldsOfEntry(pattern.message, channel, index)
      if isReceiptWatched(pattern.message) { fields = fields.map(copied) }
    case .byzantine(let agent):
      sender = identity(agent)
      fields = madeUpFields(pattern, from: agent)
    case .unknown(let agents):
      let first = agents.min() ?? 0
      let count = (agents.max() ?? 0) - first + 1
      let type = Type.agent(first: first, count: count)
      sender = count == 1 ? identity(first) : Value(type, .register(newRegister()))
      fields = spec.messages[pattern.message.index].fields.map { field in
        let count = types.cellCount(field.type)
        let start = newRegisters(count).index
        return Value(field.type, (0..<count).map { .register(Register(start + $0)) })
      }
    }
    for (pattern, field) in zip(pattern.fields, fields) {
      switch pattern {
      case .any: break
      case .bind(let local): bind(local, to: copied(field), owned: true)
      case .equal(let expression): require(matches(field, expression))
      }
    }
    let party = sender ?? identity(receiver)
    for test in partyTest(pattern.sender, party) { require(test()) }
    if let binder = pattern.sender?.binder { bind(binder, to: party, owned: true) }
    if let condition = pattern.guardExpression {
      for conjunct in condition.conjuncts { require(cell(conjunct)) }
    }
    fireReceived(pattern.message, fields, by: receiver, from: party)
  }

  private func cell(
    _ cell: Int, of channel: Channel, _ index: Register
  ) -> ProgramExpression {
    let first = SlotID(channel.entries.index + cell)
    if channel.order == .queue || channel.room == 1 { return .slot(first) }
    return .slotAt(
      first: first, stride: channel.cellCount, count: channel.room, index: .register(index))
  }

  private func senderOfEntry(_ channel: Channel, _ index: Register) -> Value {
    if let sender = channel.sender { return identity(sender) }
    let slot = plan.layout.slots[channel.entries.index + (channel.senderCell ?? 0)]
    let count = 1 << slot.width
    let register = newRegister()
    emit(.set(register, cell(channel.senderCell ?? 0, of: channel, index)))
    let first = Int(slot.minimum)
    return Value(
      .agent(first: first, count: min(count, spec.agentCount - first)), .register(register))
  }

  private func fieldsOfEntry(
    _ message: MessageID, _ channel: Channel, _ index: Register
  ) -> [Value] {
    var place = channel.fieldStart
    return spec.messages[message.index].fields.map { field in
      let count = types.cellCount(field.type)
      defer { place += count }
      return Value(
        field.type, (place..<(place + count)).map { cell($0, of: channel, index) })
    }
  }

  /// The value in registers of its own: the entry it is read from will move.
  private func copied(_ value: Value) -> Value {
    Value(
      value.type,
      value.cells.map { cell in
        switch cell {
        case .constant, .register: return cell
        default:
          let register = newRegister()
          emit(.set(register, cell))
          return .register(register)
        }
      })
  }

  private func madeUpFields(_ pattern: TypedMessagePattern, from agent: Int) -> [Value] {
    spec.messages[pattern.message.index].fields.map { field in
      let value = choose(from: .all(field.type), field.name, .fault, pattern.span)
      return value.map { bind($0) }
        ?? Value(
          field.type, types.info(field.type).cleared.map { .constant($0) })
    }
  }
}
