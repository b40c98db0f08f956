import TransitionSystem

/// Checks every operand of a program once, so that the machine need not.
struct Validator {
  private let system: TransitionSystem
  private let registerCount: Int
  private let codeCount: Int
  private let tableCount: Int

  init(_ system: TransitionSystem, _ registerCount: Int, _ assembler: Assembler) {
    self.system = system
    self.registerCount = registerCount
    codeCount = assembler.count
    tableCount = assembler.tables.count
  }

  func isSound(_ code: [Instruction]) -> Bool {
    // The machine goes on behind every instruction that does not end something.
    code.last?.opcode.isTerminal ?? true && code.allSatisfy(isSound)
      && system.channels.allSatisfy { $0.entries.index + $0.room * $0.cellCount <= slotCount }
  }

  private var slotCount: Int { system.layout.slots.count }

  private func isSound(_ instruction: Instruction) -> Bool {
    let (a, b, c) = (Int(instruction.a), Int(instruction.b), Int(instruction.c))
    if instruction.opcode.hasTarget, !(0..<codeCount).contains(c) { return false }
    return switch instruction.opcode {
    case .enter, .enterPartial, .enterAndCopy: a >= -1 && a < system.actions.count
    case .fail, .countIteration: system.failures.indices.contains(a)
    case .nextCandidate: areRegisters(a) && isChannel(b)
    case .clearRegisters: areRegisters(a, a + max(0, b - 1))
    case .load, .store: areRegisters(a) && isWord(b)
    case .storeMasked, .restoreMasked, .branchFieldEqual, .branchFieldNotEqual, .branchFieldLess,
      .branchFieldAtLeast:
      isWord(a)
    case .loadAt, .storeAt: areRegisters(a, b) && isSlotRun(c, instruction)
    case .registerAt, .setAt:
      areRegisters(a, b, c, c + Int(max(1, instruction.immediate)) - 1)
    case .dispatchField:
      isWord(a) && b >= 0 && b + (1 << (64 - Int(instruction.right))) <= tableCount
    case .dispatch: areRegisters(a) && b >= 0 && b < tableCount
    case .chooseRange:
      areRegisters(a, b, c) && system.choices.indices.contains(Int(instruction.immediate))
    case .chooseBits: areRegisters(a, b) && system.choices.indices.contains(c)
    case .send, .sendOrDrop:
      isChannel(b) && a >= 0 && a + system.channels[b].cellCount <= registerCount
    case .removeEntry, .copyEntry: areRegisters(a) && isChannel(b)
    case .ask:
      areRegisters(a) && system.questions.indices.contains(b)
        && system.failures.indices.contains(Int(instruction.immediate))
    case .malformed: false
    case .addChecked, .subtractChecked, .multiplyChecked, .divideChecked, .remainderChecked,
      .negateChecked:
      areRegisters(a, b, c) && system.failures.indices.contains(Int(instruction.immediate))
    default: isSoundPlain(instruction)
    }
  }

  /// Instructions whose operands are registers, or not used (0).
  private func isSoundPlain(_ instruction: Instruction) -> Bool {
    switch instruction.opcode {
    case .firstCandidate, .copyState, .admitPartial, .finish, .incomplete, .halt, .yieldTrue,
      .yieldFalse, .jump:
      true
    default:
      areRegisters(Int(instruction.a), Int(instruction.b))
        && (instruction.opcode.hasTarget || areRegisters(Int(instruction.c)))
    }
  }

  private func areRegisters(_ registers: Int...) -> Bool {
    registers.allSatisfy { $0 >= 0 && $0 < registerCount }
  }
  private func isWord(_ word: Int) -> Bool { word >= 0 && word < system.layout.wordCount }
  private func isChannel(_ channel: Int) -> Bool { system.channels.indices.contains(channel) }
  private func isSlotRun(_ first: Int, _ instruction: Instruction) -> Bool {
    let last = first + instruction.stride * (instruction.count - 1)
    return instruction.count >= 0 && instruction.count < 1 << 31 && first >= 0
      && (instruction.count == 0 || first < slotCount && last >= 0 && last < slotCount)
  }
}
