import Semantics
import TransitionSystem

/// Where everything lies: what code generation looks up and never changes.
struct Plan {
  let spec: TypedSpec
  let types: TypeTable
  let faults: FaultPlan
  private(set) var layout = StateLayout()
  private(set) var variables: [VariableInfo] = []
  private(set) var channels = ChannelPlan()
  /// By declaration.
  private(set) var lifecycles: [Lifecycle] = []
  private(set) var runs: [RunPlan?] = []
  /// Of shared and monitors' variables, and of the first member's for those of agents.
  private var bases: [VariableID: Int] = [:]
  private var blocks: [Block] = []
  /// With the claims, which are shared, too: a step with a crash inside does not make them.
  private(set) var shared: Range<Int> = 0..<0
  private(set) var claims = ClaimPlan()
  /// Locals that are assigned after they were bound.
  let assigned: Set<LocalID>
  /// Slots that count what a fault clause has used up, by index of the clause.
  private(set) var budgets: [Int: SlotID] = [:]

  /// The slots of the members of a declaration, one after the other.
  private struct Block {
    var base = 0
    var stride = 0
    var lifecycle: Int?
    var control: Int?
    var savedControl: Int?
    var locals: [LocalID: Int] = [:]
    var saved: [LocalID: Int] = [:]
    var loops: [[Int]: Int] = [:]
    var savedLoops: [[Int]: Int] = [:]
    /// Control, locals and checkpoint, which go when the agent does.
    var run: Range<Int> = 0..<0
  }

  /// A plan without channels where `discovery` is nil, and with every lifecycle.
  init(_ types: TypeTable, _ discovery: Discovery?, rooms: [Int: Int]) {
    self.types = types
    spec = types.spec
    faults = FaultPlan(spec.faults)
    assigned = Set(
      (spec.agents.flatMap(\.rules).map(\.body) + spec.monitors.flatMap(\.rules).map(\.body))
        .flatMap(\.assignedLocals))
    let start = layout.slots.count
    for (index, variable) in spec.variables.enumerated() where variable.owner == .shared {
      add(VariableID(index), variable.name, .shared)
    }
    addClaims(discovery)
    shared = start..<layout.slots.count
    for (index, declaration) in spec.agents.enumerated() {
      let canStop = discovery?.stopping.contains(index) ?? true
      lifecycles.append(Lifecycle(declaration, faults, canStop: canStop))
      runs.append(Self.run(declaration, faults))
      addBlock(declaration, index)
    }
    for (index, variable) in spec.variables.enumerated() {
      if case .monitor(let monitor) = variable.owner {
        add(
          VariableID(index), "\(spec.monitors[monitor.index].name).\(variable.name)", .monitor)
      }
    }
    addBudgets()
    if let discovery {
      channels = ChannelPlan(discovery.routes, types, rooms: rooms, layout: &layout)
    }
  }

  private static func run(_ declaration: AgentDeclaration, _ faults: FaultPlan) -> RunPlan? {
    let index = declaration.rules.firstIndex { if case .run = $0.kind { true } else { false } }
    guard let index else { return nil }
    let members = declaration.first..<(declaration.first + declaration.count)
    return RunPlan(
      declaration, ruleIndex: index, recovers: members.contains(where: faults.mayRecover))
  }

  private mutating func add(
    _ variable: VariableID, _ name: String, _ kind: VariableInfo.Kind, agent: Int? = nil
  ) {
    let first = add(types.info(spec.variables[variable.index].type).shape, name, kind, agent)
    if bases[variable] == nil { bases[variable] = first }
  }

  /// Adds the slots of a variable; the first of them.
  private mutating func add(
    _ shape: Shape, _ name: String, _ kind: VariableInfo.Kind, _ agent: Int?,
    _ lifetime: Lifetime? = nil
  ) -> Int {
    let first = layout.slots.count
    for slot in types.slots(of: shape, name: name) { layout.add(slot) }
    variables.append(
      VariableInfo(
        name: name, kind: kind, agent: agent, shape: shape,
        slots: (first..<layout.slots.count).map { SlotID($0) }, lifetime: lifetime))
    return first
  }

  private mutating func addClaims(_ discovery: Discovery?) {
    claims = ClaimPlan(discovery?.claims ?? [:], types)
    claims.first = layout.slots.count
    for claim in claims.claims { _ = add(.bool, "commits \(claim.text)", .claim, nil) }
  }

  private mutating func addBlock(_ declaration: AgentDeclaration, _ index: Int) {
    var block = Block()
    block.base = layout.slots.count
    for member in 0..<declaration.count {
      let identity = declaration.first + member
      let name = spec.name(ofAgent: identity)
      let start = layout.slots.count
      for variable in declaration.variables {
        add(
          variable, "\(name).\(spec.variables[variable.index].name)", .agent, agent: identity)
      }
      var parts = Block()
      if lifecycles[index].states.count > 1 {
        parts.lifecycle = add(lifecycles[index].shape, "\(name) is", .lifecycle, identity) - start
      }
      let runStart = layout.slots.count - start
      if let run = runs[index] { addRun(run, name, identity, start, &parts) }
      parts.run = runStart..<(layout.slots.count - start)
      parts.base = block.base
      parts.stride = layout.slots.count - start
      if member == 0 { block = parts }
    }
    blocks.append(block)
  }

  private mutating func addRun(
    _ run: RunPlan, _ name: String, _ identity: Int, _ start: Int, _ block: inout Block
  ) {
    let control = Shape.enumeration(name: "Control", cases: run.names)
    let point = add(control, name, .control, identity)
    block.control = point - start
    for local in run.slotted {
      let description = spec.locals[local.index]
      block.locals[local] =
        add(
          types.info(description.type).shape, "\(name).\(description.name)", .local, identity,
          Lifetime(control: SlotID(point), points: run.points(with: local))) - start
    }
    for loop in run.loops {
      block.loops[loop.path] =
        add(
          types.info(loop.remaining).shape, "\(name) remaining", .local, identity,
          Lifetime(control: SlotID(point), points: run.points(inside: loop.path))) - start
    }
    guard run.hasCheckpoint else { return }
    let saved = add(control, "\(name) checkpoint", .control, identity)
    block.savedControl = saved - start
    for local in run.saved {
      let description = spec.locals[local.index]
      block.saved[local] =
        add(
          types.info(description.type).shape, "\(name) checkpoint \(description.name)", .local,
          identity, Lifetime(control: SlotID(saved), points: run.points(with: local))) - start
    }
    for loop in run.savedLoops {
      block.savedLoops[loop.path] =
        add(
          types.info(loop.remaining).shape, "\(name) checkpoint remaining", .local, identity,
          Lifetime(control: SlotID(saved), points: run.points(inside: loop.path))) - start
    }
  }

  private mutating func addBudgets() {
    for (index, fault) in spec.faults.enumerated() {
      let budget: Int?
      switch fault.kind {
      case .crash(let upTo, _, _, _):
        let isDerived = faults.crashes.first { $0.index == index }?.isDerived ?? true
        budget = isDerived ? nil : upTo
      case .byzantine: budget = nil
      case .lose(let upTo, _), .duplicate(let upTo, _): budget = upTo
      }
      guard let budget, budget > 0 else { continue }
      let name: String
      switch fault.kind {
      case .lose: name = "messages lost"
      case .duplicate: name = "messages duplicated"
      default: name = "crashes"
      }
      let slot = add(.integer(lower: 0, upper: Int64(budget)), name, .budget, nil)
      budgets[index] = SlotID(slot)
    }
  }
}

/// Places.
extension Plan {
  func base(of variable: VariableID) -> Int { bases[variable] ?? 0 }
  func stride(of declaration: AgentID) -> Int { blocks[declaration.index].stride }

  /// All slots of an agent.
  func slots(of identity: Int) -> Range<Int> {
    let start = start(of: identity)
    return start..<(start + blocks[spec.declaration(ofAgent: identity).index].stride)
  }

  private func start(of identity: Int) -> Int {
    let declaration = spec.declaration(ofAgent: identity)
    let block = blocks[declaration.index]
    return block.base + block.stride * (identity - spec.agents[declaration.index].first)
  }

  private func slot(of identity: Int, _ part: (Block) -> Int?) -> Int? {
    let block = blocks[spec.declaration(ofAgent: identity).index]
    return part(block).map { start(of: identity) + $0 }
  }

  func lifecycle(of identity: Int) -> Lifecycle {
    lifecycles[spec.declaration(ofAgent: identity).index]
  }
  func run(of identity: Int) -> RunPlan? { runs[spec.declaration(ofAgent: identity).index] }

  func lifecycleSlot(_ identity: Int) -> SlotID? {
    slot(of: identity, \.lifecycle).map { SlotID($0) }
  }
  func controlSlot(_ identity: Int) -> SlotID? {
    slot(of: identity, \.control).map { SlotID($0) }
  }
  func savedControlSlot(_ identity: Int) -> SlotID? {
    slot(of: identity, \.savedControl).map { SlotID($0) }
  }
  func slot(_ identity: Int, local: LocalID) -> Int? { slot(of: identity) { $0.locals[local] } }
  func slot(_ identity: Int, saved local: LocalID) -> Int? {
    slot(of: identity) { $0.saved[local] }
  }
  func slot(_ identity: Int, remainingOf loop: [Int]) -> Int? {
    slot(of: identity) { $0.loops[loop] }
  }
  func slot(_ identity: Int, savedRemainingOf loop: [Int]) -> Int? {
    slot(of: identity) { $0.savedLoops[loop] }
  }
  /// Control, locals and checkpoint of an agent.
  func runSlots(_ identity: Int) -> Range<Int> {
    let run = blocks[spec.declaration(ofAgent: identity).index].run
    let start = start(of: identity)
    return (start + run.lowerBound)..<(start + run.upperBound)
  }
}
