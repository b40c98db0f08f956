import TransitionSystem

/// Who reads and writes each slot, and with what.
struct Accesses {
  private static let nobody = -1
  /// Several agents, or the network.
  private static let many = -2

  private let writer: [Int]
  /// Who reads or writes it.
  private let user: [Int]
  /// Only constants are assigned.
  private var hasConstantStores: [Bool]
  /// A store by index may change it.
  private var hasIndexedStores: [Bool]
  /// Slots that guards compare with constants.
  private var isTested: [Bool]
  /// Slots that what is looked at reads, beside the actions.
  private(set) var observed: SlotSet

  init(_ system: TransitionSystem, observed: SlotSet, omitting omitted: Set<DeadDataCondition>) {
    let count = system.layout.slots.count
    var (writer, user) = (
      Array(repeating: Self.nobody, count: count), Array(repeating: Self.nobody, count: count)
    )
    for action in system.actions {
      let agent = action.agent ?? Self.many
      func join(_ owner: inout Int) {
        owner = owner == Self.nobody || owner == agent ? agent : Self.many
      }
      let sets = AccessSets(action, channels: system.channels)
      for slot in sets.mayWrite.slots {
        join(&writer[slot.index])
        join(&user[slot.index])
      }
      if omitted.contains(.otherAgents) { continue }
      for slot in sets.reads.slots { join(&user[slot.index]) }
    }
    self.writer = writer
    self.user = user
    self.observed = observed
    hasConstantStores = Array(repeating: true, count: count)
    hasIndexedStores = Array(repeating: false, count: count)
    isTested = hasIndexedStores
    for statement in system.initial { noteIndexed(statement) }
    for action in system.actions {
      for statement in action.body {
        note(statement)
        noteIndexed(statement)
      }
      for predicate in action.guards { noteTests(predicate.result) }
    }
  }

  private mutating func note(_ statement: ProgramStatement) {
    switch statement {
    case .store(_, .constant), .clear, .restore: break
    default: statement.visitStores { hasConstantStores[$0.index] = false }
    }
    for body in statement.bodies { for inner in body { note(inner) } }
  }

  private mutating func noteIndexed(_ statement: ProgramStatement) {
    if case .storeAt = statement { statement.visitStores { hasIndexedStores[$0.index] = true } }
    for body in statement.bodies { for inner in body { noteIndexed(inner) } }
  }

  private mutating func noteTests(_ condition: ProgramExpression) {
    switch condition {
    case .binary(.equal, .slot(let slot), .constant), .binary(.equal, .constant, .slot(let slot)),
      .binary(.notEqual, .slot(let slot), .constant), .slot(let slot):
      isTested[slot.index] = true
    case .binary(.and, let left, let right), .binary(.or, let left, let right):
      noteTests(left)
      noteTests(right)
    case .unary(.not, let operand): noteTests(operand)
    default: break
    }
  }

  func isWritten(_ slot: SlotID, onlyBy agent: Int) -> Bool { writer[slot.index] == agent }

  func isIndexed(_ slot: SlotID) -> Bool { hasIndexedStores[slot.index] }

  /// Whether nobody else reads or writes a slot, and nothing that is looked at reads it.
  func isPrivate(_ slot: SlotID, to agent: Int) -> Bool {
    user[slot.index] == agent && !observed.contains(slot)
  }

  /// The slots of an agent that are assigned constants and compared with constants.
  func constantSlots(of agent: Int) -> [SlotID] {
    writer.indices.filter { writer[$0] == agent && hasConstantStores[$0] && isTested[$0] }
      .map { SlotID($0) }
  }
}
