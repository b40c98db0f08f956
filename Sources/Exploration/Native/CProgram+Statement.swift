import TransitionSystem

extension CProgram {
  mutating func write(_ statements: [ProgramStatement]) {
    for statement in statements { write(statement) }
  }

  mutating func write(_ statement: ProgramStatement) {
    switch statement {
    case .set(let register, let value):
      text.line("\(self.register(register)) = \(expression(value));")
    case .setAt(let first, let count, let index, let value): setAt(first, count, index, value)
    case .store(let slot, let value): store(slot, value)
    case .storeAt(let first, let stride, let count, let index, let value):
      storeAt(SlotRun(first: first, stride: stride, count: count), index, value)
    case .clear(let first, let count):
      for (word, mask) in masks(first, count) {
        text.line("\(self.word(word)) &= ~\(CLiteral.unsigned(mask));")
      }
    case .restore(let first, let count): restore(first, count)
    case .require(let condition): require(condition)
    case .check(let condition, _): text.line("if (!(\(expression(condition)))) return MACHINE;")
    case .fail: text.line("return MACHINE;")
    case .if(let condition, let body, let alternative): writeIf(condition, body, alternative)
    case .switch(let value, let cases, let other): writeSwitch(value, cases, other)
    case .while(let condition, let body, let failure): writeWhile(condition, body, failure)
    case .forRange(let register, let lower, let upper, let body):
      writeForRange(register, lower, upper, body)
    case .forBits(let register, let mask, let body): writeForBits(register, mask, body)
    case .break: if let end = loopEnds.last { goto(end) }
    case .finish: finish()
    case .choose(let register, let domain, let choice): chooseWay(register, domain, choice)
    case .send(let channel, let cells): send(channel, cells)
    case .sendOrDrop(let channel, let cells): sendOrDrop(channel, cells)
    case .remove(let channel, let index): remove(channel, index)
    case .copy(let channel, let index): copy(channel, index)
    case .empty(let channel): empty(unit.channels[channel.index])
    }
  }

  private mutating func require(_ condition: ProgramExpression) {
    switch ends {
    case .labels(let incomplete, _): gotoUnless(condition, incomplete)
    case .predicate: text.line("if (!(\(expression(condition)))) return 0;")
    }
  }

  private mutating func finish() {
    switch ends {
    case .labels(_, let finish): goto(finish)
    case .predicate(let result): goto(result)
    }
  }

  // MARK: Stores

  private mutating func setAt(
    _ first: Register, _ count: Int, _ index: ProgramExpression, _ value: ProgramExpression
  ) {
    if case .constant(let constant) = index, constant >= 0, constant < count {
      let target = register(Register(first.index + Int(constant)))
      return text.line("\(target) = \(expression(value));")
    }
    if count <= 0 { return text.line("return MACHINE;") }
    let (name, offset) = registerRun(first)
    openIndexed(index, count)
    text.line("\(name)[\(offset) + i] = \(expression(value));")
    text.close()
  }

  /// Opens a block in which `i` is the index, in range.
  private mutating func openIndexed(_ index: ProgramExpression, _ count: Int) {
    text.open("")
    text.line("u64 i = (u64)\(expression(index));")
    text.line("if (UNLIKELY(i >= \(count))) return MACHINE;")
  }

  mutating func store(_ slot: SlotID, _ value: ProgramExpression) {
    let (description, position) = (
      unit.layout.slots[slot.index], unit.layout.positions[slot.index]
    )
    guard description.width > 0 else {
      // For its failures only.
      if value.mayFail { text.line("(void)(\(expression(value)));") }
      return
    }
    if case .constant(let constant) = value {
      let mask = UInt64.max >> UInt64(64 - description.width)
      let bits = UInt64(bitPattern: constant &- description.minimum) & mask
      let shift = UInt64(position.shift)
      let word = word(position.word)
      return text.line(
        "\(word) = (\(word) & ~\(CLiteral.unsigned(mask << shift)))"
          + " | \(CLiteral.unsigned(bits << shift));")
    }
    insert(
      word(position.word), "\(position.shift)", description.width,
      "(\(expression(value)) - \(CLiteral.signed(description.minimum)))")
  }

  /// Replaces `width` bits of a word.
  mutating func insert(_ word: String, _ shift: String, _ width: Int, _ bits: String) {
    if width == 64 { return text.line("\(word) = (u64)\(bits);") }
    let mask = CLiteral.unsigned(.max >> UInt64(64 - width))
    text.line(
      "\(word) = (\(word) & ~(\(mask) << \(shift))) | ((u64)\(bits) & \(mask)) << \(shift);")
  }

  private mutating func storeAt(
    _ run: SlotRun, _ index: ProgramExpression, _ value: ProgramExpression
  ) {
    guard run.isSound(unit.layout) else { return text.line("return MACHINE;") }
    if case .constant(let constant) = index, constant >= 0, constant < run.count {
      return store(run.slot(Int(constant)), value)
    }
    openIndexed(index, run.count)
    if let uniform = run.uniform(unit.layout) {
      let minimum = CLiteral.signed(uniform.slot.minimum)
      insert(
        word(uniform.word), Self.shift(uniform), uniform.slot.width,
        "(\(expression(value)) - \(minimum))")
    } else {
      text.line("set_value(w, \(unit.table(run.slots)) + i, \(expression(value)));")
    }
    text.close()
  }

  /// The bits of the slots in each word.
  private func masks(_ first: SlotID, _ count: Int) -> [(word: Int32, mask: UInt64)] {
    var masks: [Int32: UInt64] = [:]
    for slot in first.index..<first.index + count {
      guard let field = Field(SlotID(slot), in: unit.layout) else { continue }
      masks[field.word, default: 0] |= field.mask
    }
    return masks.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private mutating func restore(_ first: SlotID, _ count: Int) {
    for (word, mask) in masks(first, count) {
      let (name, mask) = (self.word(word), CLiteral.unsigned(mask))
      text.line("\(name) = (\(name) & ~\(mask)) | (s[\(word)] & \(mask));")
    }
  }

  mutating func empty(_ channel: ChannelPlace) {
    for (word, mask) in masks(channel.channel.entries, channel.cells.count) {
      text.line("\(self.word(word)) &= ~\(CLiteral.unsigned(mask));")
    }
    store(channel.channel.length, .constant(0))
  }
}
