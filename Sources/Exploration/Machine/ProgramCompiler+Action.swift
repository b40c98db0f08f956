import TransitionSystem

extension ProgramCompiler {
  /// One action with those of its guards that are not tested yet.
  mutating func compile(_ action: Action, _ conditions: [GuardCondition], next: Label) {
    let isPartial = action.hasPartialSends
    let enter = Instruction(isPartial ? .enterPartial : .enter, a: Int32(action.id.index))
    if conditions.contains(where: \.mayFail) {
      assembler.emit(Instruction(.firstCandidate))
      assembler.emit(enter, to: next)
    }
    for condition in conditions { compile(condition, next: next) }
    begin(
      registerCount: action.registerCount,
      .body(isFault: action.isFault, isPartial: isPartial))
    let instanceEnd = compile(action.trigger, next: next, enter, action)
    let hasChoice = action.contains { if case .choose = $0 { true } else { false } }
    if !hasChoice, !isPartial { prefixExit = instanceEnd }
    compileBody(action.body)
    end()
  }

  /// Tries the candidates of the trigger and begins an instance for each; returns where an
  /// instance goes in the end.
  private mutating func compile(
    _ trigger: Trigger?, next: Label, _ enter: Instruction, _ action: Action
  ) -> Label {
    guard let trigger else {
      emitEnter(enter, action, to: next)
      return next
    }
    let channel = system.channels[trigger.channel.index]
    let index = Int32(trigger.index.index)
    if channel.order == .queue, trigger.candidates == .deliverable {
      branch(.binary(.equal, .slot(channel.length), .constant(0)), to: next, when: true)
      assembler.emit(enter, to: next)
      clearRegisters(action.body, result: nil, assigned: [trigger.index.index])
      assembler.emit(Instruction(.headCandidate, a: index))
      return next
    }
    // The body may write the index, and a retry needs it again.
    let candidate = temporary()
    assembler.emit(Instruction(.firstCandidate))
    let candidates = assembler.labelHere()
    assembler.emit(
      Instruction(.nextCandidate, a: candidate, b: Int32(trigger.channel.index)), to: next)
    assembler.emit(enter, to: candidates)
    clearRegisters(action.body, result: nil, assigned: [trigger.index.index])
    assembler.emit(Instruction(.move, a: index, b: candidate))
    return candidates
  }

  /// The beginning of an instance without trigger: in one instruction with the copy where nothing
  /// stands between and no choice comes back to the place.
  private mutating func emitEnter(_ enter: Instruction, _ action: Action, to next: Label) {
    var analysis = AssignmentAnalysis(assigned: [])
    analysis.visit(action.body)
    let hasChoice = action.contains { if case .choose = $0 { true } else { false } }
    let isAtOnce = action.body.first?.hasEffect ?? true
    guard enter.opcode == .enter, isAtOnce, !hasChoice, analysis.unassigned.isEmpty else {
      assembler.emit(enter, to: next)
      return clearRegisters(action.body, result: nil)
    }
    assembler.emit(Instruction(.enterAndCopy, a: enter.a), to: next)
    isCopied = true
  }

  private mutating func compile(_ condition: GuardCondition, next: Label) {
    let result = assembler.label()
    begin(registerCount: condition.registerCount, .predicate(falseLabel: next, result: result))
    clearRegisters(condition.statements, result: condition.result)
    compile(condition.statements)
    assembler.place(result)
    branch(condition.result, to: next, when: false)
  }

  /// A predicate on its own; returns where it begins.
  mutating func compile(_ predicate: Predicate) -> Label {
    let (falseLabel, result) = (assembler.label(), assembler.label())
    begin(
      registerCount: predicate.registerCount, .predicate(falseLabel: falseLabel, result: result))
    let start = assembler.labelHere()
    clearRegisters(predicate.statements, result: predicate.result)
    compile(predicate.statements)
    assembler.place(result)
    branch(predicate.result, to: falseLabel, when: false)
    assembler.emit(Instruction(.yieldTrue))
    assembler.place(falseLabel)
    assembler.emit(Instruction(.yieldFalse))
    end()
    return start
  }

  /// The program of the initial states; returns where it begins.
  mutating func compileInitial() -> Label {
    let start = assembler.labelHere()
    let last = assembler.label()
    begin(
      registerCount: system.initialRegisterCount, .body(isFault: false, isPartial: false))
    assembler.emit(Instruction(.enter, a: -1), to: last)
    clearRegisters(system.initial, result: nil)
    compileBody(system.initial)
    end()
    assembler.place(last)
    assembler.emit(Instruction(.halt))
    return start
  }
}

extension Action {
  /// Whether the body holds such a statement.
  func contains(where isWanted: (ProgramStatement) -> Bool) -> Bool {
    body.contains { $0.contains(where: isWanted) }
  }
}
