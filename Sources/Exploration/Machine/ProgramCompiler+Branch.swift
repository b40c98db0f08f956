import TransitionSystem

extension ProgramCompiler {
  /// To `target` where the condition is `wanted`; else goes on behind.
  mutating func branch(_ condition: ProgramExpression, to target: Label, when wanted: Bool) {
    if let value = constantValue(condition) {
      if (value != 0) == wanted { assembler.jump(target) }
      return
    }
    switch condition {
    case .unary(.not, let operand): branch(operand, to: target, when: !wanted)
    case .binary(.and, let left, let right):
      branchConnective(left, right, to: target, when: wanted, shortValue: false)
    case .binary(.or, let left, let right):
      branchConnective(left, right, to: target, when: wanted, shortValue: true)
    case .binary(let binary, let left, let right) where condition.isLogical:
      branchCompare(binary, left, right, to: target, when: wanted)
    case .conditional(let test, let first, let second):
      let (other, end) = (assembler.label(), assembler.label())
      branch(test, to: other, when: false)
      branch(first, to: target, when: wanted)
      assembler.jump(end)
      assembler.place(other)
      branch(second, to: target, when: wanted)
      assembler.place(end)
    case .slot(let slot): branchField(.notEqual, slot, 0, to: target, when: wanted)
    default:
      let value = register(condition)
      assembler.emit(Instruction(wanted ? .branchIf : .branchUnless, a: value), to: target)
    }
  }

  /// `and` (decided by a left side that is false) and `or` (true).
  private mutating func branchConnective(
    _ left: ProgramExpression, _ right: ProgramExpression, to target: Label, when wanted: Bool,
    shortValue: Bool
  ) {
    if wanted == shortValue {
      branch(left, to: target, when: wanted)
      branch(right, to: target, when: wanted)
    } else {
      let end = assembler.label()
      branch(left, to: end, when: shortValue)
      branch(right, to: target, when: wanted)
      assembler.place(end)
    }
  }

  private mutating func branchCompare(
    _ binary: ProgramBinary, _ left: ProgramExpression, _ right: ProgramExpression,
    to target: Label, when wanted: Bool
  ) {
    if case .slot(let slot) = left, field(slot) != nil, let value = constantValue(right) {
      return branchField(binary, slot, value, to: target, when: wanted)
    }
    if case .slot(let slot) = right, field(slot) != nil, let value = constantValue(left) {
      switch binary {
      case .less: return branchField(.lessEqual, slot, value, to: target, when: !wanted)
      case .lessEqual: return branchField(.less, slot, value, to: target, when: !wanted)
      default: return branchField(binary, slot, value, to: target, when: wanted)
      }
    }
    if branchLogicalEqual(binary, left, right, to: target, when: wanted) { return }
    let first = operand(left)
    let second = operand(right)
    switch (first, second) {
    case (.register(let register), .constant(let value)):
      branchImmediate(binary, register, value, to: target, when: wanted)
    case (.constant(let value), .register(let register)):
      switch binary {
      case .less: branchImmediate(.lessEqual, register, value, to: target, when: !wanted)
      case .lessEqual: branchImmediate(.less, register, value, to: target, when: !wanted)
      default: branchImmediate(binary, register, value, to: target, when: wanted)
      }
    default:
      branchRegisters(
        binary, register(of: first), register(of: second), to: target, when: wanted)
    }
  }

  /// A condition compared with 0 or 1 is itself or its negation.
  private mutating func branchLogicalEqual(
    _ binary: ProgramBinary, _ left: ProgramExpression, _ right: ProgramExpression,
    to target: Label, when wanted: Bool
  ) -> Bool {
    guard left.isLogical, let value = constantValue(right), value == 0 || value == 1,
      binary == .equal || binary == .notEqual
    else { return false }
    let isSame = (value == 1) == (binary == .equal)
    branch(left, to: target, when: isSame ? wanted : !wanted)
    return true
  }

  /// Compares the raw bits of a slot. Requires: the slot has bits.
  private mutating func branchField(
    _ binary: ProgramBinary, _ slot: SlotID, _ value: Int64, to target: Label, when wanted: Bool
  ) {
    guard let field = field(slot) else { return }
    let isOrdered = binary == .less || binary == .lessEqual
    if field.width == 64, isOrdered {
      // Such a slot holds signed values.
      let register = register(.slot(slot))
      return branchImmediate(binary, register, value, to: target, when: wanted)
    }
    let (offset, overflow) = value.subtractingReportingOverflow(minimum(slot))
    let isBelow = overflow ? value < 0 : field.width < 64 && offset < 0
    let isAbove = overflow ? value > 0 : !isBelow && UInt64(bitPattern: offset) > field.maximum
    if isBelow || isAbove {
      let truth = isOrdered ? isAbove : binary == .notEqual
      if truth == wanted { assembler.jump(target) }
      return
    }
    if binary == .lessEqual, UInt64(bitPattern: offset) == field.maximum {
      if wanted { assembler.jump(target) }
      return
    }
    let opcode: Opcode
    switch binary {
    case .equal: opcode = wanted ? .branchFieldEqual : .branchFieldNotEqual
    case .notEqual: opcode = wanted ? .branchFieldNotEqual : .branchFieldEqual
    default: opcode = wanted ? .branchFieldLess : .branchFieldAtLeast
    }
    assembler.emit(
      Instruction(
        opcode, a: field.word, immediate: offset &+ (binary == .lessEqual ? 1 : 0), field: field),
      to: target)
  }

  private mutating func branchImmediate(
    _ binary: ProgramBinary, _ register: Int32, _ value: Int64, to target: Label,
    when wanted: Bool
  ) {
    if binary == .lessEqual, value == .max {
      if wanted { assembler.jump(target) }
      return
    }
    let opcode: Opcode
    switch binary {
    case .equal: opcode = wanted ? .branchEqualImmediate : .branchNotEqualImmediate
    case .notEqual: opcode = wanted ? .branchNotEqualImmediate : .branchEqualImmediate
    default: opcode = wanted ? .branchLessImmediate : .branchAtLeastImmediate
    }
    assembler.emit(
      Instruction(opcode, a: register, immediate: binary == .lessEqual ? value + 1 : value),
      to: target)
  }

  private mutating func branchRegisters(
    _ binary: ProgramBinary, _ left: Int32, _ right: Int32, to target: Label, when wanted: Bool
  ) {
    let (opcode, a, b): (Opcode, Int32, Int32)
    switch (binary, wanted) {
    case (.equal, true), (.notEqual, false): (opcode, a, b) = (.branchEqual, left, right)
    case (.equal, false), (.notEqual, true): (opcode, a, b) = (.branchNotEqual, left, right)
    case (.less, true): (opcode, a, b) = (.branchLess, left, right)
    case (.less, false): (opcode, a, b) = (.branchLessEqual, right, left)
    case (_, true): (opcode, a, b) = (.branchLessEqual, left, right)
    case (_, false): (opcode, a, b) = (.branchLess, right, left)
    }
    assembler.emit(Instruction(opcode, a: a, b: b), to: target)
  }
}
