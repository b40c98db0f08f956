import TransitionSystem

/// An action on its way through the decisions, with the conditions still to test.
private struct Candidate {
  let action: Action
  var conditions: [GuardCondition]
  /// Those among the conditions that test one slot for one value and may be tested first: in front
  /// of them stands nothing that can fail or has statements.
  var tests: [(test: SlotTest, index: Int)]
}

// Decisions: neighbouring actions that all test one slot for some value (actions of an agent and
// its control point, above all) become a jump table by that slot. An action that cannot be enabled
// then costs nothing, and after one that was, the next with the same value follows at once. The
// order of the successors stays: a state takes exactly one way through a table, and the actions on
// it keep their order. Guards read the source only, so the slot cannot change in between.

extension ProgramCompiler {
  /// A table has at most this many entries; slots with more values are tested one by one.
  private static let tableWidthMax = 8

  /// All actions, in order.
  mutating func compileActions(_ actions: [Action]) {
    let end = assembler.label()
    compile(actions.map { candidate($0) }[...], end: end)
    assembler.place(end)
    assembler.emit(Instruction(.halt))
  }

  /// One action; where it begins.
  mutating func compileAlone(_ action: Action) -> Label {
    let (start, end) = (assembler.labelHere(), assembler.label())
    compile(action, GuardCondition.conditions(action.guards), next: end)
    assembler.place(end)
    assembler.emit(Instruction(.halt))
    return start
  }

  private func candidate(_ action: Action) -> Candidate {
    let conditions = GuardCondition.conditions(action.guards)
    var tests: [(SlotTest, Int)] = []
    for (index, condition) in conditions.enumerated() {
      if condition.mayFail || !condition.statements.isEmpty { break }
      if let test = SlotTest(condition.result, in: system.layout),
        system.layout.slots[test.slot.index].width <= Self.tableWidthMax
      {
        tests.append((test, index))
      }
    }
    return Candidate(action: action, conditions: conditions, tests: tests)
  }

  private mutating func compile(_ candidates: ArraySlice<Candidate>, end: Label) {
    var rest = candidates
    while let first = rest.first {
      if let (slot, count) = longestRun(rest) {
        let run = rest.prefix(count)
        rest = rest.dropFirst(count)
        let next = rest.isEmpty ? end : assembler.label()
        compileDecision(run, slot, end: next)
        if !rest.isEmpty { assembler.place(next) }
      } else {
        rest = rest.dropFirst()
        let next = rest.isEmpty ? end : assembler.label()
        compile(first.action, first.conditions, next: next)
        if !rest.isEmpty { assembler.place(next) }
      }
    }
    assembler.jump(end)
  }

  /// The slot that the most of the first candidates test, at least two; of equal ones the first.
  private func longestRun(_ candidates: ArraySlice<Candidate>) -> (slot: SlotID, count: Int)? {
    var best: (SlotID, Int)?
    for (test, _) in candidates.first?.tests ?? [] {
      let count = candidates.prefix { $0.tests.contains { $0.test.slot == test.slot } }.count
      if count >= 2, count > best?.1 ?? 0 { best = (test.slot, count) }
    }
    return best
  }

  private mutating func compileDecision(
    _ run: ArraySlice<Candidate>, _ slot: SlotID, end: Label
  ) {
    guard let field = field(slot) else { return }
    var groups: [UInt64: [Candidate]] = [:]
    for candidate in run {
      guard let (test, index) = candidate.tests.first(where: { $0.test.slot == slot }) else {
        continue
      }
      groups[test.bits, default: []].append(without(index, candidate))
    }
    let values = groups.keys.sorted()
    if values.count == 1, let value = values.first, let group = groups[value] {
      assembler.emit(
        Instruction(
          .branchFieldNotEqual, a: field.word, immediate: Int64(bitPattern: value), field: field),
        to: end)
      return compile(group[...], end: end)
    }
    var targets = Array(repeating: end, count: Int(field.maximum) + 1)
    for value in values { targets[Int(value)] = assembler.label() }
    let table = assembler.table(targets, counted: false)
    assembler.emit(Instruction(.dispatchField, a: field.word, b: table, field: field))
    for value in values {
      assembler.place(targets[Int(value)])
      compile((groups[value] ?? [])[...], end: end)
    }
  }

  private func without(_ index: Int, _ candidate: Candidate) -> Candidate {
    var result = candidate
    result.conditions.remove(at: index)
    result.tests = candidate.tests.compactMap { test, position in
      position == index ? nil : (test, position > index ? position - 1 : position)
    }
    return result
  }
}
