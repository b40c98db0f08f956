import TransitionSystem

/// Finds the slots of an action by whose values it is worth taking apart.
///
/// These are the slots that say which element of an array is meant; then, of the agent's own, those
/// in conditions that are no atoms, and those whose values go into slots that others read.
struct SplitSlots {
  /// By importance, none twice.
  private(set) var slots: [Int] = []
  private let layout: StateLayout
  private let channelOfSlot: [Int]
  private let isOwn: (Int) -> Bool
  /// By register: the slots that its value may come from.
  private var sources: [Int: Set<Int>] = [:]
  private var indices: Set<Int> = []
  private var compared: Set<Int> = []
  private var stored: Set<Int> = []

  /// `isOwn`: whether only the agent of the action writes a slot.
  init(
    _ action: Action, _ layout: StateLayout, channelOfSlot: [Int], isOwn: @escaping (Int) -> Bool
  ) {
    self.layout = layout
    self.channelOfSlot = channelOfSlot
    self.isOwn = isOwn
    for guardCondition in action.guards {
      sources = [:]
      // Twice: what a loop does at its end is read at its beginning.
      for _ in 0..<2 { visit(guardCondition.statements) }
      visit(guardCondition.result)
      if guardCondition.statements.isEmpty {
        compare(guardCondition.result)
      } else {
        for slot in AccessSets(guardCondition, channels: []).reads.slots { compareSlot(slot.index) }
      }
    }
    sources = [:]
    for _ in 0..<2 { visit(action.body) }
    for group in [indices, compared, stored] {
      slots += group.subtracting(slots).sorted()
    }
  }

  private mutating func compareSlot(_ slot: Int) {
    if isSmall(slot), isOwn(slot) { compared.insert(slot) }
  }

  /// Which slots of a condition keep it from being a list of atoms.
  private mutating func compare(_ condition: ProgramExpression) {
    if case .binary(.and, let left, let right) = condition {
      compare(left)
      compare(right)
    } else if condition.test(in: layout) == nil {
      for slot in origins(condition) { compareSlot(slot) }
    }
  }

  private func isSmall(_ slot: Int) -> Bool {
    1...6 ~= layout.slots[slot].width && channelOfSlot[slot] < 0
  }

  private mutating func visit(_ statements: [ProgramStatement]) {
    for statement in statements { visit(statement) }
  }

  private mutating func visit(_ statement: ProgramStatement) {
    switch statement {
    case .set(let register, let value):
      visit(value)
      sources[register.index, default: []].formUnion(origins(value))
    case .store(let slot, let value):
      visit(value)
      if !isOwn(slot.index) { stored.formUnion(origins(value).filter(isOwn)) }
    case .storeAt(let first, _, _, let index, let value):
      visit(index)
      visit(value)
      indices.formUnion(origins(index))
      if !isOwn(first.index) { stored.formUnion(origins(value).filter(isOwn)) }
    case .require(let condition):
      visit(condition)
      compare(condition)
    case .check(let condition, _): visit(condition)
    case .if(let condition, let yes, else: let no):
      visit(condition)
      visit(yes)
      visit(no)
    case .switch(let subject, let cases, default: let other):
      visit(subject)
      for alternative in cases { visit(alternative.body) }
      visit(other)
    case .while(let condition, let body, _):
      visit(condition)
      visit(body)
    case .forRange(_, from: let lower, through: let upper, let body):
      visit(lower)
      visit(upper)
      visit(body)
    case .forBits(_, in: let mask, let body):
      visit(mask)
      visit(body)
    default: break
    }
  }

  private mutating func visit(_ expression: ProgramExpression) {
    switch expression {
    case .constant, .register, .slot, .quiescent, .ask: break
    case .registerAt(_, _, let operand), .unary(_, let operand): visit(operand)
    case .slotAt(_, _, _, let index):
      visit(index)
      indices.formUnion(origins(index))
    case .binary(_, let left, let right), .checked(_, let left, let right, _):
      visit(left)
      visit(right)
    case .conditional(let condition, let yes, let no):
      visit(condition)
      visit(yes)
      visit(no)
    }
  }

  /// The small slots that a value may come from; of an element of an array, those that say which.
  private func origins(_ expression: ProgramExpression) -> Set<Int> {
    switch expression {
    case .constant, .quiescent, .ask: []
    case .register(let register): sources[register.index] ?? []
    case .slot(let slot): isSmall(slot.index) ? [slot.index] : []
    case .registerAt(_, _, let operand), .slotAt(_, _, _, let operand), .unary(_, let operand):
      origins(operand)
    case .binary(_, let left, let right), .checked(_, let left, let right, _):
      origins(left).union(origins(right))
    case .conditional(let condition, let yes, let no):
      origins(condition).union(origins(yes)).union(origins(no))
    }
  }
}
