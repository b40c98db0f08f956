import Diagnostics
import Semantics
import TransitionSystem

/// Faults as actions, in the order of their clauses.
extension ActionLowering {
  mutating func addFaults() {
    for (index, fault) in spec.faults.enumerated() {
      switch fault.kind {
      case .crash: addCrashes(index, fault.span)
      case .byzantine: addByzantine(index)
      case .lose(let upTo, let messages):
        addLosses(index, upTo, Set(messages), fault.span)
      case .duplicate(let upTo, let messages):
        if upTo == nil {
          addLeftInPlace(Set(messages))
        } else {
          addCopies(index, upTo ?? 0, Set(messages), fault.span)
        }
      }
    }
  }

  private func guardOnly(_ result: ProgramExpression) -> [Predicate] {
    result.constantValue == 1
      ? [] : [Predicate(statements: [], result: result, registerCount: 0)]
  }

  /// Whether a clause has something left; true where it has no budget.
  private func isLeft(_ clause: Int, of budget: Int?) -> ProgramExpression {
    guard let budget, let slot = plan.budgets[clause] else { return .yes }
    return .less(.slot(slot), .constant(Int64(budget)))
  }

  // MARK: The network

  private mutating func addLosses(
    _ clause: Int, _ budget: Int?, _ messages: Set<MessageID>, _ span: Span
  ) {
    if budget == 0 { return }
    for (index, channel) in plan.channels.channels.enumerated() {
      let label = "the network loses a message to \(spec.name(ofAgent: channel.receiver))"
      let heading = Heading(label: label, kind: .fault(.lose), span: span)
      strike(clause, budget, index, messages, heading) { lowering, place in
        lowering.emit(.remove(ChannelID(index), at: place))
      }
    }
  }

  private mutating func addCopies(
    _ clause: Int, _ budget: Int, _ messages: Set<MessageID>, _ span: Span
  ) {
    if budget == 0 { return }
    for (index, channel) in plan.channels.channels.enumerated() {
      let label = "the network duplicates a message to \(spec.name(ofAgent: channel.receiver))"
      let heading = Heading(label: label, kind: .fault(.duplicate), span: span)
      strike(clause, budget, index, messages, heading) { lowering, place in
        lowering.reserve(channel, dropped: nil)
        lowering.emit(.copy(ChannelID(index), at: place))
      }
    }
  }

  private mutating func strike(
    _ clause: Int, _ budget: Int?, _ channel: Int, _ messages: Set<MessageID>,
    _ heading: Heading, _ effect: (CodeLowering, ProgramExpression) -> Void
  ) {
    let types = plan.channels.types[channel]
    let tags = types.indices.filter { messages.contains(types[$0]) }
    if tags.isEmpty { return }
    let lowering = CodeLowering(plan, tables)
    let trigger = Trigger(
      channel: ChannelID(channel), candidates: .distinct, index: lowering.newRegister())
    let description = plan.channels.channels[channel]
    if let tagCell = description.tagCell, tags.count < types.count {
      let tag = lowering.bind(
        .slotAt(
          first: SlotID(description.entries.index + tagCell), stride: description.cellCount,
          count: description.room, index: .register(trigger.index)))
      lowering.require(.any(tags.map { .equal(tag, .constant(Int64($0))) }))
    }
    effect(lowering, .register(trigger.index))
    if let slot = plan.budgets[clause] {
      lowering.emit(.store(slot, .sum(.slot(slot), .yes)))
    }
    append(heading, guards: guardOnly(isLeft(clause, of: budget)), trigger: trigger, lowering)
  }

  /// `duplicate messages`: each delivery may leave its message in place.
  private mutating func addLeftInPlace(_ messages: Set<MessageID>) {
    for identity in 0..<spec.agentCount {
      for source in StepSources(plan, tables, identity).all {
        guard let pattern = source.pattern, messages.contains(pattern.message) else { continue }
        let heading = Heading(
          label: "\(source.label), which stays in flight", agent: identity,
          kind: .fault(.duplicate), span: source.span)
        for target in plan.channels.channels(of: pattern.message, to: identity) {
          addDelivery(
            source, pattern, target, heading, guards(source), variant: .normal, takes: false)
        }
      }
    }
  }

  // MARK: Byzantine agents

  private mutating func addByzantine(_ clause: Int) {
    guard let fault = plan.faults.byzantine.first(where: { $0.index == clause }) else { return }
    let earlier = Set(
      plan.faults.byzantine.filter { $0.index < clause }.flatMap(\.agents))
    for identity in 0..<spec.agentCount {
      for source in StepSources(plan, tables, identity).all {
        guard let pattern = source.pattern else { continue }
        for sender in plan.byzantineSenders(pattern, to: identity)
        where fault.agents.contains(sender) && !earlier.contains(sender) {
          addByzantineReceipt(source, pattern, from: sender, inside: nil)
        }
      }
    }
  }

  mutating func addByzantineReceipt(
    _ source: StepSource, _ pattern: TypedMessagePattern, from sender: Int,
    inside crash: CrashInside?
  ) {
    let heading = Heading(
      label: source.label
        + (crash == nil
          ? " from byzantine \(spec.name(ofAgent: sender))"
          : " from byzantine \(spec.name(ofAgent: sender)) and crashes inside"),
      agent: source.agent,
      kind: .fault(crash == nil ? .byzantine : .crashInside), span: source.span)
    let lowering = CodeLowering(
      plan, tables, actor: source.agent, variant: crash.map { .crashing($0) } ?? .normal)
    let isByzantine = lowering.lifecycle(sender, isOneOf: [.byzantine])
    lowering.enterSegment(source)
    lowering.receive(pattern, from: .byzantine(sender))
    source.effect(lowering)
    lowering.finishStep()
    if crash != nil && !lowering.hasSent { return }
    append(
      heading,
      guards: guardOnly(isByzantine) + guards(source)
        + (crash.map { budgetGuard($0.clause) } ?? []),
      trigger: nil, lowering)
  }

  // MARK: Crashes

  func budgetGuard(_ crash: FaultPlan.Crash) -> [Predicate] {
    guard crash.isDerived else { return guardOnly(isLeft(crash.index, of: crash.budget)) }
    let agents = Set(crash.agents).sorted()
    if crash.budget >= agents.count { return [] }
    let lowering = CodeLowering(plan, tables)
    let count = agents.map { lowering.lifecycle($0, isOneOf: [.crashed]) }
      .reduce(.no, ProgramExpression.sum)
    return guardOnly(.less(count, .constant(Int64(crash.budget))))
  }

  private mutating func addCrashes(_ clause: Int, _ span: Span) {
    guard let crash = plan.faults.crashes.first(where: { $0.index == clause }) else { return }
    for identity in Set(crash.agents).sorted() {
      addPlainCrash(crash, identity, span)
      if crash.partialSends { addCrashesInside(crash, identity) }
      if crash.recovery { addRecovery(crash, identity, span) }
    }
  }

  private mutating func addPlainCrash(_ crash: FaultPlan.Crash, _ identity: Int, _ span: Span) {
    let lowering = CodeLowering(plan, tables, actor: identity)
    let isUp = lowering.lifecycle(identity, isOneOf: LifecycleState.up)
    lowering.crash(identity, crash)
    let heading = Heading(
      label: "\(spec.name(ofAgent: identity)) crashes", agent: identity, kind: .fault(.crash),
      span: span)
    append(
      heading, guards: guardOnly(isUp) + budgetGuard(crash), trigger: nil, lowering)
  }

  private mutating func addRecovery(_ crash: FaultPlan.Crash, _ identity: Int, _ span: Span) {
    // Two clauses for one agent still make one recovery.
    let first = plan.faults.crashes.first { $0.recovery && $0.agents.contains(identity) }
    if first?.index != crash.index { return }
    let lowering = CodeLowering(plan, tables, actor: identity)
    let isDown = lowering.lifecycle(identity, isOneOf: LifecycleState.isDown)
    lowering.recover(identity)
    let heading = Heading(
      label: "\(spec.name(ofAgent: identity)) recovers", agent: identity,
      kind: .fault(.recover), span: span)
    append(heading, guards: guardOnly(isDown), trigger: nil, lowering)
  }

  /// The variants of an agent's steps in which it crashes after some of its sends.
  private mutating func addCrashesInside(_ crash: FaultPlan.Crash, _ identity: Int) {
    for source in StepSources(plan, tables, identity).all {
      let heading = Heading(
        label: "\(source.label) and crashes inside", agent: identity,
        kind: .fault(.crashInside), span: source.span)
      let guards = guards(source) + budgetGuard(crash)
      guard let pattern = source.pattern else {
        let lowering = CodeLowering(
          plan, tables, actor: identity, variant: .crashing(CrashInside(crash)))
        lowering.enterSegment(source)
        source.effect(lowering)
        lowering.finishStep()
        if lowering.hasSent { append(heading, guards: guards, trigger: nil, lowering) }
        continue
      }
      for target in plan.channels.channels(of: pattern.message, to: identity) {
        let inside = CrashInside(crash)
        let count = actions.count
        addDelivery(
          source, pattern, target, heading, guards, variant: .crashing(inside), takes: true)
        if inside.entered == nil { removeActions(from: count) }
      }
      for sender in plan.byzantineSenders(pattern, to: identity) {
        addByzantineReceipt(source, pattern, from: sender, inside: CrashInside(crash))
      }
    }
  }
}
