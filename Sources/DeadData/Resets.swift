import TransitionSystem

/// Appends to the effects of an agent's actions the resets of what is dead behind them.
///
/// In every reachable state the slots that are dead at the agent's location are cleared. An action
/// keeps it so: it clears, of what is dead where it ends, what it may have written, and, where it
/// may have moved the agent, what was live where it began. Where the location of the end is not
/// known before, as behind a message handler, a `switch` on the control slots tells.
struct Resets {
  let slots: LiveSlots
  private let layout: StateLayout
  private let none: CellSet
  private var pass: ForwardPass
  /// What is dead at each location.
  private let dead: [CellSet]
  /// Slots cleared somewhere.
  private(set) var cleared: CellSet

  init(_ slots: LiveSlots, _ layout: StateLayout) {
    self.slots = slots
    self.layout = layout
    none = CellSet(slotCount: layout.slots.count)
    pass = ForwardPass(control: slots.control)
    dead = (0..<slots.control.locationCount).map { slots.dead(at: $0) }
    cleared = none
  }

  /// What is known at a place of a program.
  private struct Flow {
    var region: Region
    /// Slots of the agent that this step may have left uncleared.
    var written: CellSet
    /// Slots that may be uncleared from before.
    var inherited: CellSet
    /// Whether this step may have assigned control slots.
    var hasMoved: Bool

    mutating func formUnion(_ other: Flow) {
      region.formUnion(other.region)
      written.formUnion(other.written)
      inherited.formUnion(other.inherited)
      hasMoved = hasMoved || other.hasMoved
    }
  }

  /// The body of an action that may be enabled at these locations.
  mutating func appended(to body: [ProgramStatement], at locations: [Int]) -> [ProgramStatement] {
    guard let first = locations.first else { return body }
    var region = slots.control.region(at: first)
    var inherited = none
    for location in locations {
      region.formUnion(slots.control.region(at: location))
      inherited.formUnion(slots.live[location])
    }
    return appended(to: body, region, inherited: inherited)
  }

  /// The initial program, which begins with all slots cleared.
  mutating func appended(toInitial body: [ProgramStatement]) -> [ProgramStatement] {
    appended(to: body, slots.control.region(at: 0), inherited: none)
  }

  private mutating func appended(
    to body: [ProgramStatement], _ region: Region, inherited: CellSet
  ) -> [ProgramStatement] {
    var flow: Flow? = Flow(region: region, written: none, inherited: inherited, hasMoved: false)
    let result = rewrite(body, &flow)
    return result + (flow.map { resets(behind: $0) } ?? [])
  }

  // MARK: Programs

  private mutating func rewrite(
    _ block: [ProgramStatement], _ flow: inout Flow?
  ) -> [ProgramStatement] {
    var result: [ProgramStatement] = []
    for statement in block {
      guard let here = flow else {
        result.append(statement)
        continue
      }
      if case .finish = statement { result += resets(behind: here) }
      result.append(rewrite(statement, here, &flow))
    }
    return result
  }

  /// The statement with resets inside, and the flow behind it.
  private mutating func rewrite(
    _ statement: ProgramStatement, _ here: Flow, _ flow: inout Flow?
  ) -> ProgramStatement {
    switch statement {
    case .if(let condition, let yes, else: let no):
      var (first, second): (Flow?, Flow?) = (here, here)
      let result = ProgramStatement.if(
        condition, rewrite(yes, &first), else: rewrite(no, &second))
      flow = join([first, second])
      return result
    case .switch(let subject, let cases, default: let other):
      var ends: [Flow?] = []
      let rewritten = cases.map { alternative in
        var end: Flow? = here
        let body = rewrite(alternative.body, &end)
        ends.append(end)
        return (values: alternative.values, body: body)
      }
      var end: Flow? = here
      let last = rewrite(other, &end)
      flow = join(ends + [end])
      return .switch(subject, rewritten, default: last)
    case .while(let condition, let body, let failure):
      return .while(condition, rewriteLoop(body, here, &flow), failure)
    case .forRange(let register, from: let lower, through: let upper, let body):
      return .forRange(register, from: lower, through: upper, rewriteLoop(body, here, &flow))
    case .forBits(let register, in: let mask, let body):
      return .forBits(register, in: mask, rewriteLoop(body, here, &flow))
    default:
      flow = after(statement, here)
      return statement
    }
  }

  private mutating func rewriteLoop(
    _ body: [ProgramStatement], _ here: Flow, _ flow: inout Flow?
  ) -> [ProgramStatement] {
    let (head, behind) = pass.loop(body, here.region)
    var atHead = here
    for statement in body {
      statement.visitAllStores { note($0, &atHead) }
    }
    atHead.region = head
    var end: Flow? = atHead
    let result = rewrite(body, &end)
    atHead.region = behind
    flow = atHead
    return result
  }

  private func join(_ flows: [Flow?]) -> Flow? {
    flows.reduce(nil) { joined, flow in
      guard var joined else { return flow }
      if let flow { joined.formUnion(flow) }
      return joined
    }
  }

  private mutating func after(_ statement: ProgramStatement, _ here: Flow) -> Flow? {
    guard let region = pass.after(statement, here.region) else { return nil }
    var flow = here
    flow.region = region
    statement.visitStores { slot in
      note(slot, &flow)
      if clears(statement, slot) {
        flow.written.remove(slot)
        flow.inherited.remove(slot)
      }
    }
    return flow
  }

  private func clears(_ statement: ProgramStatement, _ slot: SlotID) -> Bool {
    switch statement {
    case .clear: true
    case .store(_, .constant(let value)): value == layout.slots[slot.index].minimum
    default: false
    }
  }

  private func note(_ slot: SlotID, _ flow: inout Flow) {
    if slots.candidates.contains(slot) { flow.written.insert(slot) }
    if slots.control.part(slot) != nil { flow.hasMoved = true }
  }

  // MARK: Resets

  private mutating func resets(behind flow: Flow) -> [ProgramStatement] {
    let uncleared = flow.hasMoved ? flow.written.union(flow.inherited) : flow.written
    return uncleared.isEmpty ? [] : resets(of: uncleared, in: flow.region, from: 0)
  }

  /// Clears what is dead everywhere in the region; then, by the control slots from `part` on, what
  /// is dead in parts of it.
  private mutating func resets(
    of uncleared: CellSet, in region: Region, from part: Int
  ) -> [ProgramStatement] {
    var everywhere = uncleared
    var somewhere = none
    for location in slots.locations(in: region) {
      everywhere.formIntersection(dead[location])
      somewhere.formUnion(uncleared.intersection(dead[location]))
    }
    var result = clears(everywhere)
    guard everywhere != somewhere else { return result }
    let rest = uncleared.subtracting(everywhere)
    guard
      let next = (part..<slots.control.parts.count).first(where: {
        region.masks[$0].nonzeroBitCount > 1
      })
    else { return result }
    let tested = slots.control.parts[next]
    var cases: [(values: [Int64], body: [ProgramStatement])] = []
    for bit in 0..<tested.count where region.masks[next] >> UInt64(bit) & 1 == 1 {
      var inside = region
      inside.masks[next] = 1 << UInt64(bit)
      let body = resets(of: rest, in: inside, from: next + 1)
      if !body.isEmpty { cases.append(([tested.minimum + Int64(bit)], body)) }
    }
    if !cases.isEmpty { result.append(.switch(.slot(tested.slot), cases, default: [])) }
    return result
  }

  private mutating func clears(_ set: CellSet) -> [ProgramStatement] {
    var runs: [Range<Int>] = []
    for slot in set.slots {
      cleared.insert(slot)
      if let last = runs.last, last.upperBound == slot.index {
        runs[runs.count - 1] = last.lowerBound..<slot.index + 1
      } else {
        runs.append(slot.index..<slot.index + 1)
      }
    }
    return runs.map { .clear(first: SlotID($0.lowerBound), count: $0.count) }
  }
}
