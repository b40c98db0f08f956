import TransitionSystem

/// A conjunct of an action's guards.
struct GuardCondition {
  var statements: [ProgramStatement]
  var result: ProgramExpression
  var registerCount: Int

  var mayFail: Bool { result.mayFail || statements.contains(where: \.mayFail) }

  /// The conjuncts of all guards of an action, in order of evaluation.
  static func conditions(_ guards: [Predicate]) -> [GuardCondition] {
    guards.flatMap { predicate in
      guard predicate.statements.isEmpty else {
        return [
          GuardCondition(
            statements: predicate.statements, result: predicate.result,
            registerCount: predicate.registerCount)
        ]
      }
      return conjuncts(predicate.result).map {
        GuardCondition(statements: [], result: $0, registerCount: predicate.registerCount)
      }
    }
  }

  private static func conjuncts(_ expression: ProgramExpression) -> [ProgramExpression] {
    if case .binary(.and, let left, let right) = expression {
      return conjuncts(left) + conjuncts(right)
    }
    return [expression]
  }
}

/// The condition that a slot has one certain value: what decisions branch on.
struct SlotTest: Hashable {
  let slot: SlotID
  /// The value, less the slot's minimum.
  let bits: UInt64

  /// Nil where the condition is of another form, or can never be true.
  init?(_ condition: ProgramExpression, in layout: StateLayout) {
    guard let (slot, value) = Self.equality(condition, layout) else { return nil }
    guard let field = Field(slot, in: layout) else { return nil }
    let (offset, overflow) = value.subtractingReportingOverflow(layout.slots[slot.index].minimum)
    guard !overflow, offset >= 0 || field.width == 64,
      UInt64(bitPattern: offset) <= field.maximum
    else { return nil }
    self.slot = slot
    bits = UInt64(bitPattern: offset)
  }

  private static func equality(
    _ condition: ProgramExpression, _ layout: StateLayout
  ) -> (SlotID, Int64)? {
    switch condition {
    case .binary(.equal, .slot(let slot), .constant(let value)),
      .binary(.equal, .constant(let value), .slot(let slot)):
      (slot, value)
    case .unary(.not, .binary(.notEqual, .slot(let slot), .constant(let value))):
      (slot, value)
    case .slot(let slot) where isBit(slot, layout): (slot, 1)
    case .unary(.not, .slot(let slot)): (slot, 0)
    case .binary(.notEqual, .slot(let slot), .constant(let value)) where isBit(slot, layout):
      value == 0 || value == 1 ? (slot, 1 - value) : nil
    default: nil
    }
  }

  private static func isBit(_ slot: SlotID, _ layout: StateLayout) -> Bool {
    layout.slots[slot.index].width == 1 && layout.slots[slot.index].minimum == 0
  }
}
