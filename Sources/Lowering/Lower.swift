import Diagnostics
import Semantics
import TransitionSystem

/// Lowers a typed spec to a transition system; nil, with diagnostics, where there can be none.
///
/// `rooms` gives the entries that growing channels have room for, by `ChannelID.index`, which does
/// not depend on them (default: queues 2, bags 4). Deterministic.
public func lower(
  _ spec: TypedSpec, rooms: [Int: Int] = [:]
) -> (system: TransitionSystem?, diagnostics: [Diagnostic]) {
  let types = TypeTable(spec)
  let tooLarge = oversizedTypes(types)
  if !tooLarge.isEmpty { return (nil, tooLarge) }
  let draft = Plan(types, nil, rooms: rooms)
  if draft.layout.bitCount > StateLimit.bits {
    return (nil, [.stateTooWide(draft.layout.bitCount, spec)])
  }
  let discovery = Discovery()
  discover(draft, discovery)
  let plan = Plan(types, discovery, rooms: rooms)
  if plan.layout.bitCount > StateLimit.bits {
    return (nil, [.stateTooWide(plan.layout.bitCount, spec)])
  }
  let tables = Tables()
  let system = assemble(plan, tables)
  let errors = tables.diagnostics
  return (errors.isEmpty ? system : nil, errors)
}

enum StateLimit {
  /// Bits of one state.
  static let bits = 1 << 16
}

private func assemble(_ plan: Plan, _ tables: Tables) -> TransitionSystem {
  var actions = ActionLowering(plan, tables)
  actions.addSteps()
  actions.addFaults()
  let initial = lowerInitial(plan, tables)
  let properties = PropertyLowering(plan: plan, tables: tables)
  var system = TransitionSystem()
  system.name = plan.spec.name
  system.layout = plan.layout
  system.agents = plan.types.agents
  system.variables = plan.variables
  system.channels = plan.channels.channels
  system.actions = actions.actions
  system.initial = initial.code
  system.initialRegisterCount = initial.registers
  system.properties = properties.properties()
  system.temporalProperties = properties.temporalProperties()
  system.waiting = properties.waiting()
  system.undelivered = properties.undelivered()
  system.questions = tables.questions
  system.members = plan.claims.members
  system.failures = tables.failures
  system.choices = tables.choices
  system.rules = tables.rules
  return system
}

/// Lowers every step, for what it sends only, until nothing new turns up.
private func discover(_ draft: Plan, _ discovery: Discovery) {
  repeat {
    for identity in 0..<draft.spec.agentCount {
      // Numbers given out here are thrown away.
      let tables = Tables()
      for source in StepSources(draft, tables, identity).all {
        let lowering = CodeLowering(
          draft, tables, actor: identity, variant: .discovery(discovery))
        lowering.enterSegment(source)
        if let pattern = source.pattern {
          let senders =
            discovery.senders(of: pattern.message, to: identity)
            + draft.byzantineSenders(pattern, to: identity)
          if senders.isEmpty { continue }
          lowering.receive(pattern, from: .unknown(senders))
        }
        source.effect(lowering)
      }
    }
  } while discovery.takeChange()
}

/// Reports variables, fields and locals whose values cannot be represented.
private func oversizedTypes(_ types: TypeTable) -> [Diagnostic] {
  let spec = types.spec
  var diagnostics: [Diagnostic] = []
  func examine(_ type: Type, _ span: Span) {
    if types.cellsWithinLimits(type) == nil {
      diagnostics.append(.typeTooLarge(type, in: spec, span))
    }
  }
  for variable in spec.variables { examine(variable.type, variable.span) }
  for message in spec.messages {
    for field in message.fields { examine(field.type, message.span) }
  }
  for local in spec.locals { examine(local.type, local.span) }
  return diagnostics
}
