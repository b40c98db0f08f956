import TransitionSystem

/// The cone of influence: which cells may influence what is looked at, or what can happen at all.
///
/// What guards, conditions, choices, checks, messages and properties read is relevant; so is what
/// an evaluation reads that may fail, and what is assigned to something relevant. Nothing else is.
/// It does not matter where an agent is: a slot is relevant everywhere, or sliced away.
///
/// Source: Weiser, Program slicing, IEEE Transactions on Software Engineering 1984; with nothing
/// left out that may fail or not complete.
struct Slicing {
  /// By program: the slots that are relevant, and its registers. The initial program comes last.
  private var cells: [CellSet]
  private(set) var slots: CellSet
  private let structure: Structure
  private let omitted: Set<DeadDataCondition>

  init(
    _ system: TransitionSystem, observed: SlotSet, _ structure: Structure,
    omitting omitted: Set<DeadDataCondition>
  ) {
    let none = CellSet(slotCount: system.layout.slots.count)
    self.structure = structure
    self.omitted = omitted
    slots = none
    cells = Array(repeating: none, count: system.actions.count + 1)
    var isVariable = none
    for slot in system.variables.flatMap(\.slots) { isVariable.insert(slot) }
    for slot in system.layout.slots.indices.map({ SlotID($0) })
    where structure.isChannel(slot) || !isVariable.contains(slot) || observed.contains(slot) {
      slots.insert(slot)
    }
    var reads = none
    for action in system.actions where !omitted.contains(.slicedGuards) {
      for predicate in action.guards { reads.insertReads(of: predicate) }
    }
    for slot in reads.slots { slots.insert(slot) }
    let programs = system.actions.map(\.body) + [system.initial]
    while mark(programs) {}
  }

  /// Whether something relevant turned up.
  private mutating func mark(_ programs: [[ProgramStatement]]) -> Bool {
    let before = slots
    for (number, program) in programs.enumerated() {
      var known = cells[number].union(slots)
      var last: CellSet
      repeat {
        last = known
        for statement in program { _ = keeps(statement, adding: &known) }
      } while known != last
      cells[number] = known
      for slot in known.slots { slots.insert(slot) }
    }
    structure.addHeads(to: &slots)
    return slots != before
  }

  // MARK: Statements

  /// Whether a statement stays; what it reads then is relevant.
  private func keeps(_ statement: ProgramStatement, adding known: inout CellSet) -> Bool {
    let expressions = statement.expressions
    let mayFail = expressions.contains(where: \.mayFail) && !omitted.contains(.slicedFailures)
    let stays: Bool
    switch statement {
    case .set(let register, _): stays = known.contains(register) || mayFail
    case .setAt(let first, let count, _, _):
      stays = (0..<count).contains { known.contains(Register(first.index + $0)) } || mayFail
    case .store, .storeAt:
      let isRelevant = changesRelevant(statement, known)
      // An element that stays may be the one that is meant: all stay.
      if isRelevant { statement.visitStores { known.insert($0) } }
      stays = isRelevant || mayFail
    case .clear: return changesRelevant(statement, known)
    case .if, .switch, .forRange, .forBits:
      var hasContents = false
      for body in statement.bodies {
        for inner in body where keeps(inner, adding: &known) { hasContents = true }
      }
      stays = hasContents || mayFail
      if omitted.contains(.slicedBranches) { return stays }
    case .while:
      for inner in statement.bodies[0] { _ = keeps(inner, adding: &known) }
      stays = true
    case .send, .sendOrDrop:
      if omitted.contains(.messages) { return true }
      stays = true
    default: stays = true
    }
    if stays { for expression in expressions { known.insertReads(of: expression) } }
    return stays
  }

  private func changesRelevant(_ statement: ProgramStatement, _ known: CellSet) -> Bool {
    var result = false
    statement.visitStores { if known.contains($0) { result = true } }
    return result
  }

  // MARK: Programs

  func sliced(_ action: Action) -> Action {
    let dummy = Register(action.registerCount)
    return Action(
      id: action.id, label: action.label, agent: action.agent, kind: action.kind,
      rule: action.rule, isEnvironment: action.isEnvironment, fairness: action.fairness,
      span: action.span, guards: action.guards, trigger: action.trigger,
      body: sliced(action.body, cells[action.id.index], dummy),
      registerCount: action.registerCount + 1)
  }

  /// Requires: the program has a register more, for values that are evaluated and not used.
  func sliced(initial: [ProgramStatement], registerCount: Int) -> [ProgramStatement] {
    sliced(initial, cells[cells.count - 1], Register(registerCount))
  }

  private func sliced(
    _ block: [ProgramStatement], _ known: CellSet, _ dummy: Register
  ) -> [ProgramStatement] {
    block.flatMap { statement -> [ProgramStatement] in
      var unused = known
      guard keeps(statement, adding: &unused) else { return [] }
      func inside(_ body: [ProgramStatement]) -> [ProgramStatement] { sliced(body, known, dummy) }
      switch statement {
      case .store, .storeAt:
        if changesRelevant(statement, known) { return [statement] }
        return statement.expressions.map { .set(dummy, $0) }
      case .if(let condition, let yes, else: let no):
        return [.if(condition, inside(yes), else: inside(no))]
      case .switch(let subject, let cases, default: let other):
        let kept = cases.map { (values: $0.values, body: inside($0.body)) }
        return [.switch(subject, kept, default: inside(other))]
      case .while(let condition, let body, let failure):
        return [.while(condition, inside(body), failure)]
      case .forRange(let register, from: let lower, through: let upper, let body):
        return [.forRange(register, from: lower, through: upper, inside(body))]
      case .forBits(let register, in: let mask, let body):
        return [.forBits(register, in: mask, inside(body))]
      default: return [statement]
      }
    }
  }
}
