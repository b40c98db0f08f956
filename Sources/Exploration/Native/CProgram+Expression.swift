import TransitionSystem

// Expressions become C expressions; those that may leave the function are statement expressions (an
// extension that gcc and clang share). Signed arithmetic wraps (-fwrapv), as in the contract.

extension CProgram {
  func expression(_ expression: ProgramExpression) -> String {
    if let value = unit.constantValue(expression) { return CLiteral.signed(value) }
    switch expression {
    case .constant(let value): return CLiteral.signed(value)
    case .register(let register): return self.register(register)
    case .registerAt(let first, let count, let index): return registerAt(first, count, index)
    case .slot(let slot): return read(slot)
    case .slotAt(let first, let stride, let count, let index):
      return slotAt(SlotRun(first: first, stride: stride, count: count), index)
    case .unary(let unary, let operand): return apply(unary, self.expression(operand))
    case .binary(let binary, let left, let right): return apply(binary, left, right)
    case .checked(let checked, let left, let right, _): return apply(checked, left, right)
    case .conditional(let condition, let first, let second):
      let (yes, no) = (self.expression(first), self.expression(second))
      return "(\(self.expression(condition)) ? \(yes) : \(no))"
    case .quiescent: return "quiescent"
    case .ask(let question, _, _): return ask(question)
    }
  }

  /// The value of a slot.
  func read(_ slot: SlotID) -> String {
    guard unit.layout.slots.indices.contains(slot.index) else { return Self.malformed }
    let (description, position) = (
      unit.layout.slots[slot.index], unit.layout.positions[slot.index]
    )
    if description.width == 0 { return CLiteral.signed(description.minimum) }
    let bits = cut(word(position.word), "\(position.shift)", description.width)
    return description.minimum == 0
      ? "((i64)\(bits))" : "((i64)\(bits) + \(CLiteral.signed(description.minimum)))"
  }

  /// What stands for a read that no state has: the machine reports it.
  private static let malformed = "({ return MACHINE; 0L; })"

  /// A look into the tables of `OracleReader`; what is not there the machine finds out.
  private func ask(_ question: QuestionID) -> String {
    let looks = MemberPlan.all(unit.system).plans[question.index].map { look($0) + "; " }
    return "({ i64 a = 0; \(looks.joined())answers[0]++; a; })"
  }

  /// One section, unless another has said yes.
  private func look(_ plan: MemberPlan) -> String {
    let parts = (0..<plan.wordCount).map { target in
      let runs = plan.runs.filter { $0.target == target }.map { run in
        let bits = "(s[\(run.word)] >> \(run.shift) & \(CLiteral.unsigned(run.mask)))"
        return run.targetShift == 0 ? bits : "\(bits) << \(run.targetShift)"
      }
      return runs.isEmpty ? "0" : runs.joined(separator: " | ")
    }
    let answer =
      plan.isDirect
      ? "direct_answer(answers, \(plan.firstEntry), set[0])"
      : "answer(answers, \(plan.firstEntry), set, \(plan.wordCount))"
    return "if (!a) { u64 set[] = { \(parts.joined(separator: ", ")) }; a = \(answer); "
      + "if (UNLIKELY(a < 0)) return MACHINE; }"
  }

  /// `width` bits of a word.
  func cut(_ word: String, _ shift: String, _ width: Int) -> String {
    let shifted = shift == "0" ? word : "\(word) >> \(shift)"
    return width == 64
      ? "(\(word))" : "(\(shifted) & \(CLiteral.unsigned(.max >> UInt64(64 - width))))"
  }

  private func registerAt(_ first: Register, _ count: Int, _ index: ProgramExpression) -> String {
    if case .constant(let value) = index, value >= 0, value < count {
      return register(Register(first.index + Int(value)))
    }
    if count <= 0 { return Self.malformed }
    let (name, offset) = registerRun(first)
    return guarded(index, count, "\(name)[\(offset) + i]")
  }

  /// `value` may use `i`, the index, which is in range.
  private func guarded(_ index: ProgramExpression, _ count: Int, _ value: String) -> String {
    let place = "u64 i = (u64)\(expression(index))"
    return "({ \(place); if (UNLIKELY(i >= \(count))) return MACHINE; \(value); })"
  }

  private func slotAt(_ run: SlotRun, _ index: ProgramExpression) -> String {
    guard run.isSound(unit.layout) else { return Self.malformed }
    if case .constant(let value) = index, value >= 0, value < run.count {
      return read(run.slot(Int(value)))
    }
    guard let uniform = run.uniform(unit.layout) else {
      return guarded(index, run.count, "value(\(words), \(unit.table(run.slots)) + i)")
    }
    let bits = cut(word(uniform.word), Self.shift(uniform), uniform.slot.width)
    return guarded(index, run.count, "(i64)\(bits) + \(CLiteral.signed(uniform.slot.minimum))")
  }

  /// Where the slot with index `i` begins.
  static func shift(_ uniform: SlotRun.Uniform) -> String {
    uniform.distance == 0
      ? "\(uniform.shift)" : "((i64)i * \(uniform.distance) + \(uniform.shift))"
  }

  private func apply(_ unary: ProgramUnary, _ value: String) -> String {
    switch unary {
    case .not: "(i64)!(\(value))"
    case .bitNot: "(~\(value))"
    case .populationCount: "population((u64)\(value))"
    case .trailingZeros: "trailing((u64)\(value))"
    }
  }

  private func apply(
    _ binary: ProgramBinary, _ left: ProgramExpression, _ right: ProgramExpression
  ) -> String {
    let (x, y) = (expression(left), expression(right))
    return switch binary {
    case .addWrapping: "(\(x) + \(y))"
    case .subtractWrapping: "(\(x) - \(y))"
    case .multiplyWrapping: "(\(x) * \(y))"
    case .divideUnchecked: Self.isPlainDivisor(right) ? "(\(x) / \(y))" : "quotient(\(x), \(y))"
    case .remainderUnchecked:
      Self.isPlainDivisor(right) ? "(\(x) % \(y))" : "modulo(\(x), \(y))"
    case .equal: "(i64)(\(x) == \(y))"
    case .notEqual: "(i64)(\(x) != \(y))"
    case .less: "(i64)(\(x) < \(y))"
    case .lessEqual: "(i64)(\(x) <= \(y))"
    case .bitAnd: "(\(x) & \(y))"
    case .bitOr: "(\(x) | \(y))"
    case .bitXor: "(\(x) ^ \(y))"
    case .bitAndNot: "(\(x) & ~\(y))"
    case .shiftLeft: "(i64)((u64)\(x) << (\(y) & 63))"
    case .shiftRight: "(i64)((u64)\(x) >> (\(y) & 63))"
    case .and: "(i64)(\(x) && \(y))"
    case .or: "(i64)(\(x) || \(y))"
    }
  }

  private static func isPlainDivisor(_ expression: ProgramExpression) -> Bool {
    if case .constant(let value) = expression { return value != 0 && value != -1 }
    return false
  }

  private func apply(
    _ checked: ProgramChecked, _ left: ProgramExpression, _ right: ProgramExpression
  ) -> String {
    let y = expression(right)
    let x = checked == .negate ? "0L" : expression(left)
    func overflowing(_ name: String) -> String {
      "({ i64 t; if (UNLIKELY(__builtin_\(name)_overflow(\(x), \(y), &t))) return MACHINE; t; })"
    }
    switch checked {
    case .add: return overflowing("add")
    case .subtract, .negate: return overflowing("sub")
    case .multiply: return overflowing("mul")
    case .divide:
      return "({ i64 x = \(x), y = \(y); if (y == 0 || (y == -1 && x == -x && x)) return MACHINE; "
        + "x / y; })"
    case .remainder:
      return "({ i64 x = \(x), y = \(y); if (y == 0) return MACHINE; modulo(x, y); })"
    }
  }
}
