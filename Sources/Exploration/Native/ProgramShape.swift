import TransitionSystem

/// What one program needs of C: found before its text is written.
struct ProgramShape {
  /// Registers that are named, and runs of them that are accessed by a computed index (disjoint,
  /// ascending): those become arrays, the others locals.
  private(set) var registers: Set<Int> = []
  private(set) var arrays: [Range<Int>] = []
  /// Whether it has loops whose iterations are bounded.
  private(set) var countsIterations = false
  private(set) var hasChoice = false
  /// Whether all choices are at the top, one after the other: then they become nested loops.
  private(set) var choicesAreAtTop = true
  private(set) var isPartial = false
  /// Words of the state that it may write.
  private(set) var written: Set<Int32> = []
  /// Whether it reaches into words by a computed index, of which it writes some: then it works in
  /// memory, else in locals.
  private(set) var isInMemory = false

  init(_ statements: [ProgramStatement], result: ProgramExpression? = nil, _ unit: CUnit) {
    for statement in statements { visit(statement, unit) }
    if let result { visit(result) }
    for statement in statements {
      if case .choose = statement { continue }
      if statement.contains(where: { if case .choose = $0 { true } else { false } }) {
        choicesAreAtTop = false
      }
    }
    // Before the first effect the words are the source's.
    let effects = statements.drop { !$0.hasEffect }
    if effects.contains(where: { $0.contains { reaches($0, unit) } }) { isInMemory = true }
    mergeArrays()
  }

  private mutating func visit(_ expression: ProgramExpression) {
    switch expression {
    case .register(let register): registers.insert(register.index)
    case .registerAt(let first, let count, _): addArray(first, count)
    default: break
    }
    for operand in expression.operands { visit(operand) }
  }

  private mutating func addArray(_ first: Register, _ count: Int) {
    if count > 0 { arrays.append(first.index..<first.index + count) }
  }

  private mutating func visit(_ statement: ProgramStatement, _ unit: CUnit) {
    for expression in statement.expressions { visit(expression) }
    switch statement {
    case .set(let register, _), .forRange(let register, _, _, _), .forBits(let register, _, _):
      registers.insert(register.index)
    case .choose(let register, _, _):
      registers.insert(register.index)
      hasChoice = true
    case .setAt(let first, let count, _, _): addArray(first, count)
    case .while(_, _, .some): countsIterations = true
    case .sendOrDrop: isPartial = true
    default: break
    }
    written.formUnion(unit.written(by: statement))
    for body in statement.bodies { for statement in body { visit(statement, unit) } }
  }

  /// Whether the statement itself reaches into written words by a computed index.
  private func reaches(_ statement: ProgramStatement, _ unit: CUnit) -> Bool {
    switch statement {
    case .storeAt(let first, let stride, let count, let index, _):
      if !isUniform(first, stride, count, index, unit) { return true }
    case .send(let channel, _), .sendOrDrop(let channel, _), .remove(let channel, _),
      .copy(let channel, _):
      if unit.channels[channel.index].form != .oneWord { return true }
    default: break
    }
    return statement.expressions.contains { reaches($0, unit) }
  }

  private func reaches(_ expression: ProgramExpression, _ unit: CUnit) -> Bool {
    if case .slotAt(let first, let stride, let count, let index) = expression,
      !isUniform(first, stride, count, index, unit)
    {
      let run = SlotRun(first: first, stride: stride, count: count)
      if !run.isSound(unit.layout) || !run.words(unit.layout).isDisjoint(with: written) {
        return true
      }
    }
    return expression.operands.contains { reaches($0, unit) }
  }

  private func isUniform(
    _ first: SlotID, _ stride: Int, _ count: Int, _ index: ProgramExpression, _ unit: CUnit
  ) -> Bool {
    if case .constant = index { return true }
    let run = SlotRun(first: first, stride: stride, count: count)
    return run.isSound(unit.layout) && run.uniform(unit.layout) != nil
  }

  private mutating func mergeArrays() {
    var merged: [Range<Int>] = []
    for range in arrays.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound < last.upperBound {
        merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    arrays = merged
    registers = registers.filter { register in !merged.contains { $0.contains(register) } }
  }
}
