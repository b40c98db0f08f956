import TransitionSystem

/// The backward pass over one program: which cells are live before it.
///
/// A cell is live where its value may still matter: it may decide what happens, or end up in a cell
/// that is live at the end. So an assignment makes what it reads live only where its target is
/// live or its evaluation may fail ("faint" variables of Nielson, Nielson and Hankin, Principles
/// of Program Analysis, 1999, exercise 2.4), while conditions, choices, checks and messages always
/// do. Each program is taken together with a region of its beginning: branches that the location
/// excludes are not looked at, and the ends tell where the agent is then.
struct BackwardPass {
  /// Slots that may be dead at all; an assignment to another one matters.
  let candidates: CellSet
  let none: CellSet
  let omitted: Set<DeadDataCondition>
  /// What is live at the locations of a region.
  let liveAtEnd: (Region) -> CellSet
  /// Slots that a `restore` brings back to what they were at the beginning.
  private(set) var restored: CellSet
  private var liveBehindLoops: [CellSet] = []
  private var forward: ForwardPass

  init(
    control: ControlSlots, candidates: CellSet, none: CellSet,
    omitting omitted: Set<DeadDataCondition>, liveAtEnd: @escaping (Region) -> CellSet
  ) {
    forward = ForwardPass(control: control)
    self.candidates = candidates
    self.none = none
    self.omitted = omitted
    self.liveAtEnd = liveAtEnd
    restored = none
  }

  /// What is live before a program that begins in a region.
  mutating func before(_ program: [ProgramStatement], in region: Region) -> CellSet {
    let end = forward.after(program, region)
    return before(program, region, after: end.map(liveAtEnd) ?? none).union(restored)
  }

  private mutating func before(
    _ block: [ProgramStatement], _ region: Region, after live: CellSet
  ) -> CellSet {
    var regions: [Region?] = [region]
    for statement in block {
      regions.append(regions[regions.count - 1].flatMap { forward.after(statement, $0) })
    }
    var live = live
    for (statement, region) in zip(block, regions).reversed() {
      // Behind the last statement that is reached nothing matters.
      live = region.map { before(statement, $0, after: live) } ?? none
    }
    return live
  }

  private mutating func before(
    _ statement: ProgramStatement, _ region: Region, after live: CellSet
  ) -> CellSet {
    var live = live
    switch statement {
    case .set(let register, let value):
      let matters = live.contains(register)
      live.remove(register)
      addReads([value], to: &live, ifAssigned: matters)
    case .setAt(let first, let count, let index, let value):
      let targets = (0..<count).map { Register(first.index + $0) }
      let matters = targets.contains { live.contains($0) }
      if count == 1 { live.remove(first) }
      addReads([index, value], to: &live, ifAssigned: matters)
    case .store(let slot, let value):
      let matters = isLive(slot, live)
      live.remove(slot)
      addReads([value], to: &live, ifAssigned: matters && !omitted.contains(.copies))
    case .storeAt(_, _, let count, let index, let value):
      var matters = false
      statement.visitStores { if isLive($0, live) { matters = true } }
      if count == 1 || omitted.contains(.weakUpdates) { statement.visitStores { live.remove($0) } }
      addReads([index, value], to: &live, ifAssigned: matters)
    case .clear: statement.visitStores { live.remove($0) }
    case .restore:
      statement.visitStores { slot in
        if live.contains(slot) && !omitted.contains(.restores) { restored.insert(slot) }
        live.remove(slot)
      }
    case .fail: return none
    case .finish: return liveAtEnd(region)
    case .break: return liveBehindLoops.last ?? none
    case .choose(let register, _, _):
      live.remove(register)
      addReads(statement.expressions, to: &live)
    case .if, .switch:
      var joined = none
      for branch in forward.branches(of: statement, in: region) {
        joined.formUnion(before(branch, region, after: live))
      }
      addReads(statement.expressions, to: &joined)
      return joined
    case .while, .forRange, .forBits: return beforeLoop(statement, region, after: live)
    case .send, .sendOrDrop:
      if !omitted.contains(.messages) { addReads(statement.expressions, to: &live) }
    case .require, .check, .remove, .copy, .empty:
      addReads(statement.expressions, to: &live)
    }
    return live
  }

  private mutating func beforeLoop(
    _ statement: ProgramStatement, _ region: Region, after live: CellSet
  ) -> CellSet {
    let body = statement.bodies[0]
    let head = forward.loop(body, region).head
    var atHead = live
    addReads(statement.expressions, to: &atHead)
    while true {
      liveBehindLoops.append(live)
      let again = before(body, head, after: atHead)
      liveBehindLoops.removeLast()
      let next = atHead.union(again)
      if next == atHead { return atHead }
      atHead = next
    }
  }

  private func isLive(_ slot: SlotID, _ live: CellSet) -> Bool {
    live.contains(slot) || !candidates.contains(slot)
  }

  /// An assignment that does not matter still evaluates what may fail.
  private func addReads(
    _ expressions: [ProgramExpression], to live: inout CellSet, ifAssigned matters: Bool = true
  ) {
    for expression in expressions where matters || expression.mayFail {
      live.insertReads(of: expression)
    }
  }
}
