import TransitionSystem

extension CProgram {
  mutating func writeIf(
    _ condition: ProgramExpression, _ body: [ProgramStatement], _ alternative: [ProgramStatement]
  ) {
    if body.isEmpty && alternative.isEmpty {
      // For its failures only.
      if condition.mayFail { text.line("(void)(\(expression(condition)));") }
      return
    }
    text.open("if (\(expression(condition)))")
    write(body)
    if !alternative.isEmpty {
      text.reopen("} else {")
      write(alternative)
    }
    text.close()
  }

  /// The first case that has the value.
  mutating func writeSwitch(
    _ value: ProgramExpression, _ cases: [(values: [Int64], body: [ProgramStatement])],
    _ other: [ProgramStatement]
  ) {
    var seen: Set<Int64> = []
    text.open("switch (\(expression(value)))")
    for one in cases {
      let values = one.values.filter { seen.insert($0).inserted }
      if values.isEmpty { continue }
      let labels = values.map { "case \(CLiteral.signed($0)):" }
      text.open(labels.joined(separator: " "))
      write(one.body)
      text.close("} break;")
    }
    text.open("default:")
    write(other)
    text.close("} break;")
    text.close()
  }

  mutating func writeWhile(
    _ condition: ProgramExpression, _ body: [ProgramStatement], _ failure: FailureID?
  ) {
    text.open("while (\(expression(condition)))")
    if failure != nil {
      text.line(
        "if (UNLIKELY(++turns\(suffix) > \(Machine.iterationsMax))) return MACHINE;")
    }
    writeLoopBody(body)
  }

  /// The loop counts in a variable of its own: the body may assign the register.
  mutating func writeForRange(
    _ register: Register, _ lower: ProgramExpression, _ upper: ProgramExpression,
    _ body: [ProgramStatement]
  ) {
    let (counter, last) = (newName("c"), newName("e"))
    text.open("")
    text.line("i64 \(counter) = \(expression(lower));")
    text.line("const i64 \(last) = \(expression(upper));")
    text.open("if (\(counter) <= \(last)) for (;; \(counter)++)")
    text.line("\(self.register(register)) = \(counter);")
    writeLoopBody(body, last: "if (\(counter) == \(last)) break;")
    text.close()
  }

  mutating func writeForBits(
    _ register: Register, _ mask: ProgramExpression, _ body: [ProgramStatement]
  ) {
    let rest = newName("b")
    text.open("")
    text.line("u64 \(rest) = (u64)\(expression(mask));")
    text.open("while (\(rest))")
    text.line("\(self.register(register)) = __builtin_ctzl(\(rest));")
    text.line("\(rest) &= \(rest) - 1;")
    writeLoopBody(body)
    text.close()
  }

  /// The body, the end of the loop, and the place behind it.
  private mutating func writeLoopBody(_ body: [ProgramStatement], last: String? = nil) {
    let end = newName("end")
    loopEnds.append(end)
    write(body)
    loopEnds.removeLast()
    if let last { text.line(last) }
    text.close()
    placeLabel(end)
  }
}
