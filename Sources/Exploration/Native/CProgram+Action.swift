import TransitionSystem

// An instance of an action, from its guards to its successor.
//
// The function of an agent gets `s` (the source), `m` (the mixes of its words), `h` (its hash), `o`
// (where successors go) and `n` (how many there are), and returns the new `n`, or MACHINE, or ROOM.

extension CProgram {
  /// An action of which `conditions` are still to be tested.
  static func write(
    _ action: Action, _ conditions: [GuardCondition], _ unit: CUnit, into text: inout CText,
    nameCount: inout Int
  ) {
    let shape = ProgramShape(action.body, unit)
    var program = CProgram(
      unit, shape, ends: .labels(incomplete: "", finish: ""), nameCount: nameCount)
    swap(&program.text, &text)
    let depth = program.openGuards(conditions)
    program.writeInstances(action)
    for _ in 0..<depth { program.text.close() }
    swap(&program.text, &text)
    nameCount = program.nameCount
  }

  /// Returns the number of blocks opened.
  private mutating func openGuards(_ conditions: [GuardCondition]) -> Int {
    var depth = 0
    let counts = conditions.contains { condition in
      condition.statements.contains {
        $0.contains { if case .while(_, _, .some) = $0 { true } else { false } }
      }
    }
    if counts {
      // All guards of an action count together.
      text.open("")
      text.line("int turns UNUSED = 0;")
      depth += 1
    }
    for condition in conditions {
      depth += 1
      if condition.statements.isEmpty && !condition.result.readsRegisters {
        text.open("if (\(expression(condition.result)))")
      } else {
        openGuard(condition)
        depth += 1
      }
    }
    return depth
  }

  private mutating func openGuard(_ condition: GuardCondition) {
    let shape = ProgramShape(condition.statements, result: condition.result, unit)
    let (outcome, isFalse, isDone) = (newName("g"), newName("false"), newName("result"))
    text.open("")
    text.line("int \(outcome) = 0;")
    text.open("")
    var guardProgram = CProgram(
      unit, shape, ends: .labels(incomplete: isFalse, finish: isDone), nameCount: nameCount)
    swap(&guardProgram.text, &text)
    guardProgram.declareRegisters(countsHere: false)
    guardProgram.write(condition.statements)
    guardProgram.placeLabel(isDone)
    guardProgram.text.line(
      "\(outcome) = (\(guardProgram.expression(condition.result))) != 0;")
    guardProgram.text.close()
    guardProgram.placeLabel(isFalse)
    swap(&guardProgram.text, &text)
    nameCount = guardProgram.nameCount
    text.open("if (\(outcome))")
  }

  private mutating func writeInstances(_ action: Action) {
    let index = action.trigger?.index
    let indexValue = openCandidates(action.trigger)
    usesWays =
      shape.isPartial
      || (shape.hasChoice && (!shape.choicesAreAtTop || shape.isInMemory))
    if shape.isPartial {
      logStride = 1 + (unit.system.channels.map(\.cellCount).max() ?? 0)
      text.line("Log log;")
      text.line("log.known = 0;")
    }
    if usesWays { openOdometer() }
    if shape.isPartial { text.line("log.used = 0;") }
    declareRegisters()
    if let index, names(index) { text.line("\(register(index)) = \(indexValue);") }
    writeWays(action.body[...], action)
    if usesWays { closeOdometer() }
    text.close()
  }

  private func names(_ register: Register) -> Bool {
    shape.registers.contains(register.index)
      || shape.arrays.contains { $0.contains(register.index) }
  }

  /// Opens a block for each entry that the trigger may take; returns the index of the entry.
  private mutating func openCandidates(_ trigger: Trigger?) -> String {
    guard let trigger else {
      text.open("")
      return "0"
    }
    let channel = unit.system.channels[trigger.channel.index]
    let length = read(channel.length)
    if channel.order == .queue, trigger.candidates == .deliverable {
      text.open("if (\(length) != 0)")
      return "0"
    }
    text.open("for (i64 c = 0; c < \(length); c++)")
    text.line("if (c > 0 && \(equalsPrevious(trigger.channel))) continue;")
    return "c"
  }

  /// The body from some statement on, with all ways through it, and the successor of each.
  mutating func writeWays(_ statements: ArraySlice<ProgramStatement>, _ action: Action) {
    let (incomplete, finish) = (newName("next"), newName("done"))
    ends = .labels(incomplete: incomplete, finish: finish)
    for (position, statement) in zip(statements.indices, statements) {
      if case .choose(let register, let domain, let choice) = statement, !usesWays {
        writeLoop(
          register, domain, choice, then: statements[(position + 1)...], action: action)
        return closeWays(incomplete, finish, action)
      }
      if case .source = place, statement.hasEffect { copyState() }
      write(statement)
    }
    if case .source = place { copyState() }
    placeLabel(finish)
    writeSuccessor(action)
    placeLabel(incomplete)
  }

  /// The end of a block whose ways are in an inner one, but for those that finished before it.
  private mutating func closeWays(_ incomplete: String, _ finish: String, _ action: Action) {
    if labelsUsed.contains(finish) {
      goto(incomplete)
      placeLabel(finish)
      if case .source = place { copyState() }
      writeSuccessor(action)
    }
    placeLabel(incomplete)
  }

  private mutating func copyState() {
    if shape.isInMemory {
      place = .memory
      text.line("if (UNLIKELY(n == o->limit)) return ROOM;")
      text.line("u64 *w = o->words + n * \(unit.wordCount);")
      text.line("for (int c = 0; c < \(unit.wordCount); c++) w[c] = s[c];")
      return
    }
    place = .locals
    for word in shape.written.sorted() {
      text.line("u64 w\(word)\(suffix) UNUSED = s[\(word)];")
    }
  }

  /// The successor: its words unless they are there already, hash, action, and coverage.
  private mutating func writeSuccessor(_ action: Action) {
    if shape.isPartial {
      text.line("const int admitted = admit(&log, \(logStride ?? 1), ways, count);")
      text.line("if (admitted < 0) return MACHINE;")
      text.open("if (admitted)")
    } else {
      text.open("")
    }
    if !shape.isInMemory {
      text.line("if (UNLIKELY(n == o->limit)) return ROOM;")
      text.line("u64 *d = o->words + n * \(unit.wordCount);")
      for word in 0..<Int32(unit.wordCount) { text.line("d[\(word)] = \(self.word(word));") }
    }
    writeHash()
    text.line("o->actions[n] = \(action.id.index);")
    text.line("o->fired[\(action.id.index + 1)] = 1;")
    if !action.isFault { text.line("o->enabled = 1;") }
    for (choice, variable) in openChoices { text.line("mark(o, \(choice.index), \(variable));") }
    if usesWays { text.line("mark_all(o, ways, count);") }
    text.line("n++;")
    text.close()
  }

  /// A changed word's old mix goes out of the hash and its new one comes in. Of a few words that
  /// may change, computing all mixes costs less than branches that are often mispredicted: of two
  /// or three words, 6 % of the native time on a ring of mailboxes.
  private mutating func writeHash() {
    let words = shape.written.sorted()
    if words.count <= 4 {
      let mixes = words.map { " ^ \(unit.sourceMix($0)) ^ \(unit.mix($0, word($0)))" }
      return text.line("o->hashes[n] = h\(mixes.joined());")
    }
    text.line("u64 hash = h;")
    for index in words {
      text.line(
        "if (\(word(index)) != s[\(index)]) "
          + "hash ^= \(unit.sourceMix(index)) ^ \(unit.mix(index, word(index)));")
    }
    text.line("o->hashes[n] = hash;")
  }
}

extension ProgramExpression {
  /// Whether it reads a register: in a guard without statements, a 0.
  fileprivate var readsRegisters: Bool {
    switch self {
    case .register, .registerAt: true
    default: operands.contains(where: \.readsRegisters)
    }
  }
}
