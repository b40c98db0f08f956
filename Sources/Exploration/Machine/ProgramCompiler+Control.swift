import TransitionSystem

extension ProgramCompiler {
  mutating func compileIf(
    _ condition: ProgramExpression, _ body: [ProgramStatement], _ alternative: [ProgramStatement]
  ) {
    if let value = constantValue(condition) { return compile(value != 0 ? body : alternative) }
    if body.isEmpty, alternative.isEmpty {
      // For its failures only.
      _ = operand(condition)
      return
    }
    let (other, end) = (assembler.label(), assembler.label())
    if body.isEmpty {
      branch(condition, to: end, when: true)
      compile(alternative)
    } else if alternative.isEmpty {
      branch(condition, to: end, when: false)
      compile(body)
    } else {
      branch(condition, to: other, when: false)
      compile(body)
      assembler.jump(end)
      assembler.place(other)
      compile(alternative)
    }
    if body.isEmpty || alternative.isEmpty { assembler.place(other) }
    assembler.place(end)
  }

  /// The first case that has the value: by a table where the values are dense, else by a chain of
  /// comparisons.
  mutating func compileSwitch(
    _ value: ProgramExpression, _ cases: [(values: [Int64], body: [ProgramStatement])],
    _ other: [ProgramStatement]
  ) {
    if let value = constantValue(value) {
      return compile(cases.first { $0.values.contains(value) }?.body ?? other)
    }
    let register = register(value)
    let (end, otherLabel) = (assembler.label(), assembler.label())
    let labels = cases.map { _ in assembler.label() }
    var targets: [Int64: Label] = [:]
    for (index, one) in cases.enumerated() {
      for value in one.values where targets[value] == nil { targets[value] = labels[index] }
    }
    let values = targets.keys.sorted()
    if let lower = values.first, let upper = values.last, values.count > 3,
      let span = Self.tableSpan(lower, upper, count: values.count)
    {
      let table = (0..<span).map { targets[lower + Int64($0)] ?? otherLabel }
      let start = assembler.table(table, counted: true)
      assembler.emit(
        Instruction(.dispatch, a: register, b: start, immediate: lower), to: otherLabel)
    } else {
      for value in values {
        guard let label = targets[value] else { continue }
        assembler.emit(
          Instruction(.branchEqualImmediate, a: register, immediate: value), to: label)
      }
      assembler.jump(otherLabel)
    }
    for (index, one) in cases.enumerated() {
      assembler.place(labels[index])
      compile(one.body)
      assembler.jump(end)
    }
    assembler.place(otherLabel)
    compile(other)
    assembler.place(end)
  }

  /// Number of table entries for values from `lower` to `upper`; nil where a table does not pay.
  private static func tableSpan(_ lower: Int64, _ upper: Int64, count: Int) -> Int? {
    let (span, overflow) = upper.subtractingReportingOverflow(lower)
    return overflow || span >= 1024 || span >= 4 * Int64(count) ? nil : Int(span) + 1
  }

  mutating func compileWhile(
    _ condition: ProgramExpression, _ body: [ProgramStatement], _ failure: FailureID?
  ) {
    let top = assembler.labelHere()
    let end = assembler.label()
    branch(condition, to: end, when: false)
    if let failure {
      assembler.emit(Instruction(.countIteration, a: Int32(failure.index)))
    }
    compileLoopBody(body, end: end)
    assembler.jump(top)
    assembler.place(end)
  }

  /// The loop counts in a register of its own where the body assigns the loop's.
  mutating func compileForRange(
    _ register: Register, _ lower: ProgramExpression, _ upper: ProgramExpression,
    _ body: [ProgramStatement]
  ) {
    let visible = Int32(register.index)
    // The upper bound may read the register.
    let counter = temporary()
    compile(lower, into: counter)
    let limit = temporary()
    compile(upper, into: limit)
    let (end, top) = (assembler.label(), assembler.label())
    branchToEnd(counter, limit, end)
    assembler.place(top)
    move(counter, to: visible)
    compileLoopBody(body, end: end)
    assembler.emit(Instruction(.loopNext, a: counter, b: limit), to: top)
    assembler.place(end)
  }

  private mutating func branchToEnd(_ counter: Int32, _ limit: Int32, _ end: Label) {
    assembler.emit(Instruction(.branchLess, a: limit, b: counter), to: end)
  }

  mutating func compileForBits(
    _ register: Register, _ mask: ProgramExpression, _ body: [ProgramStatement]
  ) {
    let rest = temporary()
    compile(mask, into: rest)
    let top = assembler.labelHere()
    let end = assembler.label()
    assembler.emit(Instruction(.bitsNext, a: Int32(register.index), b: rest), to: end)
    compileLoopBody(body, end: end)
    assembler.jump(top)
    assembler.place(end)
  }

  private mutating func compileLoopBody(_ body: [ProgramStatement], end: Label) {
    loopEnds.append(end)
    compile(body)
    loopEnds.removeLast()
  }
}
