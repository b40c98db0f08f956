import TransitionSystem

extension ProgramCompiler {
  mutating func compile(_ statements: [ProgramStatement]) {
    for statement in statements {
      let first = registerNext
      compile(statement)
      registerNext = first
    }
  }

  /// The body of an action: guards, tests and choices before the first effect read the source
  /// itself, so that an instance that does not complete costs no copy.
  mutating func compileBody(_ statements: [ProgramStatement]) {
    for statement in statements {
      if !isCopied, statement.hasEffect { copyState() }
      compile([statement])
    }
    if !isCopied { copyState() }
    finish()
  }

  private mutating func copyState() {
    isCopied = true
    assembler.emit(Instruction(.copyState))
  }

  mutating func finish() {
    switch context {
    case .body(let isFault, let isPartial):
      if isPartial { assembler.emit(Instruction(.admitPartial)) }
      assembler.emit(Instruction(.finish, b: isFault ? 0 : 1))
    case .predicate(_, let result): assembler.jump(result)
    }
  }

  private mutating func compile(_ statement: ProgramStatement) {
    switch statement {
    case .set(let register, let value): compile(value, into: Int32(register.index))
    case .setAt(let first, let count, let index, let value):
      compileSetAt(first, count, index, value)
    case .store(let slot, let value): compileStore(slot, operand(value))
    case .storeAt(let first, let stride, let count, let index, let value):
      compileStoreAt(first, stride, count, index, value)
    case .clear(let first, let count): masked(.storeMasked, first, count)
    case .restore(let first, let count): masked(.restoreMasked, first, count)
    case .require(let condition): branch(condition, to: incomplete(), when: false)
    case .check(let condition, let failure):
      branch(condition, to: failureLabel(failure), when: false)
    case .fail(let failure): assembler.jump(failureLabel(failure))
    case .if(let condition, let body, let alternative): compileIf(condition, body, alternative)
    case .switch(let value, let cases, let other): compileSwitch(value, cases, other)
    case .while(let condition, let body, let failure): compileWhile(condition, body, failure)
    case .forRange(let register, let lower, let upper, let body):
      compileForRange(register, lower, upper, body)
    case .forBits(let register, let mask, let body): compileForBits(register, mask, body)
    case .break: if let end = loopEnds.last { assembler.jump(end) }
    case .finish: finish()
    case .choose(let register, let domain, let choice): compileChoose(register, domain, choice)
    case .send(let channel, let cells): compileSend(.send, channel, cells)
    case .sendOrDrop(let channel, let cells): compileSend(.sendOrDrop, channel, cells)
    case .remove(let channel, let index): compileEntry(.removeEntry, channel, index)
    case .copy(let channel, let index): compileEntry(.copyEntry, channel, index)
    case .empty(let channel): compileEmpty(system.channels[channel.index])
    }
  }

  private mutating func compileSetAt(
    _ first: Register, _ count: Int, _ index: ProgramExpression, _ value: ProgramExpression
  ) {
    switch operand(index) {
    case .constant(let index) where index >= 0 && index < count:
      compile(value, into: Int32(first.index + Int(index)))
    case let operand:
      let index = register(of: operand)
      let value = register(value)
      assembler.emit(
        Instruction(
          .setAt, a: value, b: index, c: Int32(first.index), immediate: Int64(count)))
    }
  }

  private mutating func compileStore(_ slot: SlotID, _ value: Operand) {
    guard let field = field(slot) else { return }
    switch value {
    case .constant(let value):
      let bits = UInt64(bitPattern: value &- minimum(slot)) & field.maximum
      assembler.emit(
        .masked(
          .storeMasked, word: field.word, mask: field.mask, bits: bits << UInt64(field.shift)))
    case .register(let register):
      assembler.emit(
        Instruction(.store, a: register, b: field.word, immediate: minimum(slot), field: field))
    }
  }

  private mutating func compileStoreAt(
    _ first: SlotID, _ stride: Int, _ count: Int, _ index: ProgramExpression,
    _ value: ProgramExpression
  ) {
    switch operand(index) {
    case .constant(let index) where index >= 0 && index < count:
      compileStore(SlotID(first.index + stride * Int(index)), operand(value))
    case let operand:
      let index = register(of: operand)
      let value = register(value)
      assembler.emit(
        Instruction(
          .storeAt, a: value, b: index, c: Int32(first.index),
          immediate: Instruction.extent(stride: stride, count: count)))
    }
  }

  /// Clears or restores slots: one instruction for each word that they lie in.
  private mutating func masked(_ opcode: Opcode, _ first: SlotID, _ count: Int) {
    var masks: [(word: Int32, mask: UInt64)] = []
    for slot in first.index..<first.index + count {
      guard let field = field(SlotID(slot)) else { continue }
      if let last = masks.indices.last, masks[last].word == field.word {
        masks[last].mask |= field.mask
      } else {
        masks.append((field.word, field.mask))
      }
    }
    for (word, mask) in masks { assembler.emit(.masked(opcode, word: word, mask: mask)) }
  }

  private mutating func compileChoose(
    _ register: Register, _ domain: ChoiceDomain, _ choice: ChoiceID
  ) {
    let target = Int32(register.index)
    switch domain {
    case .range(let lower, let upper):
      let lower = self.register(lower)
      let upper = self.register(upper)
      assembler.emit(
        Instruction(.chooseRange, a: target, b: lower, c: upper, immediate: Int64(choice.index)))
    case .bits(let mask, let base):
      let mask = self.register(mask)
      assembler.emit(
        Instruction(.chooseBits, a: target, b: mask, c: Int32(choice.index), immediate: base))
    }
  }

  private mutating func compileSend(
    _ opcode: Opcode, _ channel: ChannelID, _ cells: [ProgramExpression]
  ) {
    let first = temporaries(cells.count)
    for (cell, value) in cells.enumerated() { compile(value, into: first + Int32(cell)) }
    assembler.emit(Instruction(opcode, a: first, b: Int32(channel.index)))
  }

  private mutating func compileEntry(
    _ opcode: Opcode, _ channel: ChannelID, _ index: ProgramExpression
  ) {
    let index = register(index)
    assembler.emit(Instruction(opcode, a: index, b: Int32(channel.index)))
  }

  private mutating func compileEmpty(_ channel: Channel) {
    masked(.storeMasked, channel.entries, channel.room * channel.cellCount)
    compileStore(channel.length, .constant(0))
  }
}
