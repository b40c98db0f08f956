import TransitionSystem

/// What a predicate can tell apart of each slot it reads.
///
/// A slot that is only compared with constants is seen through these tests; of any other every
/// value counts (an empty list).
struct Visibility {
  private(set) var tests: [Int: [UInt64]] = [:]
  private(set) var slots = SlotSet()
  let indices: [Int]
  private var bare: Set<Int> = []
  private let layout: StateLayout

  init(_ predicate: Predicate, _ system: TransitionSystem) {
    layout = system.layout
    slots = AccessSets(predicate, channels: system.channels).reads
    indices = slots.slots.map(\.index)
    if predicate.statements.isEmpty {
      visit(predicate.result, isCondition: true)
    } else {
      bare = Set(indices)
    }
    for slot in indices where bare.contains(slot) { tests[slot] = nil }
  }

  /// `isCondition`: nothing of the value counts but whether it is 0. Elsewhere a slot by itself is
  /// no test: `a != b` tells all values of both apart.
  private mutating func visit(_ expression: ProgramExpression, isCondition: Bool) {
    var isValue = false
    if case .slot = expression { isValue = !isCondition }
    if !isValue, let (slot, mask) = expression.test(in: layout) {
      tests[slot, default: []].append(mask)
      return
    }
    switch expression {
    case .constant, .register, .quiescent: break
    case .ask(_, let first, let count):
      for place in 0..<count { bare.insert(first.index + place) }
    case .registerAt(_, _, let index): visit(index, isCondition: false)
    case .slot(let slot): bare.insert(slot.index)
    case .slotAt(let first, let stride, let count, let index):
      visit(index, isCondition: false)
      for place in 0..<count { bare.insert(first.index + stride * place) }
    case .unary(let op, let operand): visit(operand, isCondition: op == .not)
    case .binary(let op, let left, let right):
      let isConnective = op == .and || op == .or
      visit(left, isCondition: isConnective)
      visit(right, isCondition: isConnective)
    case .checked(_, let left, let right, _):
      visit(left, isCondition: false)
      visit(right, isCondition: false)
    case .conditional(let condition, let yes, let no):
      visit(condition, isCondition: true)
      visit(yes, isCondition: isCondition)
      visit(no, isCondition: isCondition)
    }
  }

  /// Whether a step of the action may change what the predicate sees.
  func sees(_ facts: ActionFacts, channelOfSlot: [Int]) -> Bool {
    indices.contains { slot in
      if channelOfSlot[slot] >= 0 {
        let use = facts.channels[channelOfSlot[slot]] ?? []
        return !use.isDisjoint(with: [.appends, .takes, .other])
      }
      guard facts.writes.contains(SlotID(slot)) else { return false }
      guard let masks = tests[slot], let new = facts.written[slot] else { return true }
      let values = UInt64.max >> UInt64(64 - (1 << layout.slots[slot].width))
      let (old, next) = (facts.allowed(slot) & values, new & values)
      return masks.contains { mask in
        old & mask != 0 && next & ~mask != 0 || old & ~mask != 0 && next & mask != 0
      }
    }
  }
}
