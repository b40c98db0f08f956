import TransitionSystem

/// Where the value of an expression is.
enum Operand {
  case constant(Int64)
  case register(Int32)
}

extension ProgramCompiler {
  /// The constant that a slot without bits always holds, or its place.
  func field(_ slot: SlotID) -> Field? { Field(slot, in: system.layout) }

  func minimum(_ slot: SlotID) -> Int64 { system.layout.slots[slot.index].minimum }

  /// The value of an expression that is the same in all states and cannot fail.
  func constantValue(_ expression: ProgramExpression) -> Int64? {
    switch expression {
    case .constant(let value): return value
    case .slot(let slot): return field(slot) == nil ? minimum(slot) : nil
    case .unary(let unary, let operand):
      return constantValue(operand).map { Arithmetic.apply(unary, $0) }
    case .binary(let binary, let left, let right):
      let first = constantValue(left)
      if binary == .and, first == 0 { return 0 }
      if binary == .or, first == 1 { return 1 }
      guard let first, let second = constantValue(right) else { return nil }
      return Arithmetic.apply(binary, first, second)
    case .checked(let checked, let left, let right, _):
      guard let second = constantValue(right) else { return nil }
      if checked == .negate { return Arithmetic.apply(checked, 0, second) }
      guard let first = constantValue(left) else { return nil }
      return Arithmetic.apply(checked, first, second)
    case .conditional(let condition, let first, let second):
      return constantValue(condition).flatMap { constantValue($0 != 0 ? first : second) }
    case .register, .registerAt, .slotAt, .quiescent, .ask: return nil
    }
  }

  /// Evaluates to a constant or a register, which the caller must not write.
  mutating func operand(_ expression: ProgramExpression) -> Operand {
    if let value = constantValue(expression) { return .constant(value) }
    if case .register(let register) = expression { return .register(Int32(register.index)) }
    let target = temporary()
    compile(expression, into: target)
    return .register(target)
  }

  /// Evaluates to a register, which the caller must not write.
  mutating func register(_ expression: ProgramExpression) -> Int32 {
    register(of: operand(expression))
  }

  mutating func register(of operand: Operand) -> Int32 {
    switch operand {
    case .register(let register): return register
    case .constant(let value):
      let target = temporary()
      assembler.emit(Instruction(.constant, a: target, immediate: value))
      return target
    }
  }

  /// Evaluates into `target`, which is written last of all.
  mutating func compile(_ expression: ProgramExpression, into target: Int32) {
    if let value = constantValue(expression) {
      assembler.emit(Instruction(.constant, a: target, immediate: value))
      return
    }
    switch expression {
    case .constant(let value):
      assembler.emit(Instruction(.constant, a: target, immediate: value))
    case .register(let register): move(Int32(register.index), to: target)
    case .slot(let slot): load(slot, into: target)
    case .registerAt(let first, let count, let index):
      compileRegisterAt(first, count, index, into: target)
    case .slotAt(let first, let stride, let count, let index):
      compileSlotAt(first, stride, count, index, into: target)
    case .quiescent: assembler.emit(Instruction(.quiescent, a: target))
    case .ask(let question, _, _):
      let undecided = system.questions[question.index].undecided
      assembler.emit(
        Instruction(
          .ask, a: target, b: Int32(question.index), immediate: Int64(undecided.index)))
    case .unary(let unary, let operand):
      let source = register(operand)
      assembler.emit(Instruction(Opcode(unary), a: target, b: source))
    case .binary(.and, _, _), .binary(.or, _, _): compileLogical(expression, into: target)
    case .binary(let binary, let left, let right):
      compileBinary(binary, left, right, into: target)
    case .checked(let checked, let left, let right, let failure):
      let first = checked == .negate ? 0 : register(left)
      let second = register(right)
      assembler.emit(
        Instruction(
          Opcode(checked), a: target, b: checked == .negate ? second : first, c: second,
          immediate: Int64(failure.index)))
    case .conditional(let condition, let first, let second):
      compileConditional(condition, first, second, into: target)
    }
  }

  mutating func move(_ source: Int32, to target: Int32) {
    if source != target { assembler.emit(Instruction(.move, a: target, b: source)) }
  }

  mutating func load(_ slot: SlotID, into target: Int32) {
    guard let field = field(slot) else {
      assembler.emit(Instruction(.constant, a: target, immediate: minimum(slot)))
      return
    }
    assembler.emit(
      Instruction(.load, a: target, b: field.word, immediate: minimum(slot), field: field))
  }

  private mutating func compileRegisterAt(
    _ first: Register, _ count: Int, _ index: ProgramExpression, into target: Int32
  ) {
    switch operand(index) {
    case .constant(let value) where value >= 0 && value < count:
      move(Int32(first.index + Int(value)), to: target)
    case let operand:
      let index = register(of: operand)
      assembler.emit(
        Instruction(
          .registerAt, a: target, b: index, c: Int32(first.index), immediate: Int64(count)))
    }
  }

  private mutating func compileSlotAt(
    _ first: SlotID, _ stride: Int, _ count: Int, _ index: ProgramExpression, into target: Int32
  ) {
    switch operand(index) {
    case .constant(let value) where value >= 0 && value < count:
      load(SlotID(first.index + stride * Int(value)), into: target)
    case let operand:
      let index = register(of: operand)
      assembler.emit(
        Instruction(
          .loadAt, a: target, b: index, c: Int32(first.index),
          immediate: Instruction.extent(stride: stride, count: count)))
    }
  }

  /// The value of a condition through branches.
  private mutating func compileLogical(_ expression: ProgramExpression, into target: Int32) {
    let (zero, end) = (assembler.label(), assembler.label())
    branch(expression, to: zero, when: false)
    assembler.emit(Instruction(.constant, a: target, immediate: 1))
    assembler.jump(end)
    assembler.place(zero)
    assembler.emit(Instruction(.constant, a: target, immediate: 0))
    assembler.place(end)
  }

  private mutating func compileConditional(
    _ condition: ProgramExpression, _ first: ProgramExpression, _ second: ProgramExpression,
    into target: Int32
  ) {
    if let value = constantValue(condition) {
      compile(value != 0 ? first : second, into: target)
      return
    }
    let (other, end) = (assembler.label(), assembler.label())
    branch(condition, to: other, when: false)
    compile(first, into: target)
    assembler.jump(end)
    assembler.place(other)
    compile(second, into: target)
    assembler.place(end)
  }

  private mutating func compileBinary(
    _ binary: ProgramBinary, _ left: ProgramExpression, _ right: ProgramExpression,
    into target: Int32
  ) {
    let first = operand(left)
    let second = operand(right)
    if let short = immediateForm(binary, first, second) {
      assembler.emit(
        Instruction(short.opcode, a: target, b: short.register, immediate: short.immediate))
      return
    }
    let (b, c) = (register(of: first), register(of: second))
    assembler.emit(Instruction(Opcode(binary), a: target, b: b, c: c))
  }

  /// The instruction for an operator with a constant on one side, where there is one.
  private func immediateForm(
    _ binary: ProgramBinary, _ left: Operand, _ right: Operand
  ) -> (opcode: Opcode, register: Int32, immediate: Int64)? {
    switch (left, right) {
    case (.register(let register), .constant(let value)):
      switch binary {
      case .addWrapping: (.addImmediate, register, value)
      case .subtractWrapping: (.addImmediate, register, 0 &- value)
      case .multiplyWrapping: (.multiplyImmediate, register, value)
      case .bitAnd: (.bitAndImmediate, register, value)
      case .bitAndNot: (.bitAndImmediate, register, ~value)
      case .bitOr: (.bitOrImmediate, register, value)
      case .bitXor: (.bitXorImmediate, register, value)
      case .shiftLeft: (.shiftLeftImmediate, register, value)
      case .shiftRight: (.shiftRightImmediate, register, value)
      case .equal: (.equalImmediate, register, value)
      case .notEqual: (.notEqualImmediate, register, value)
      case .less: (.lessImmediate, register, value)
      case .lessEqual where value < .max: (.lessImmediate, register, value + 1)
      default: nil
      }
    case (.constant(let value), .register(let register)):
      switch binary {
      case .addWrapping: (.addImmediate, register, value)
      case .subtractWrapping: (.subtractFrom, register, value)
      case .multiplyWrapping: (.multiplyImmediate, register, value)
      case .bitAnd: (.bitAndImmediate, register, value)
      case .bitOr: (.bitOrImmediate, register, value)
      case .bitXor: (.bitXorImmediate, register, value)
      case .equal: (.equalImmediate, register, value)
      case .notEqual: (.notEqualImmediate, register, value)
      case .less where value < .max: (.atLeastImmediate, register, value + 1)
      case .lessEqual: (.atLeastImmediate, register, value)
      default: nil
      }
    default: nil
    }
  }
}
