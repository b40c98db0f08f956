import TransitionSystem

/// An action on its way through the decisions, with the conditions still to test.
struct CCandidate {
  let action: Action
  private(set) var conditions: [GuardCondition]
  /// Those among the conditions that test one slot for one value and may be tested first: in front
  /// of them stands nothing that can fail or has statements.
  private var tests: [(test: SlotTest, index: Int)] = []

  init(_ action: Action, _ layout: StateLayout) {
    self.action = action
    conditions = GuardCondition.conditions(action.guards)
    for (index, condition) in conditions.enumerated() {
      if condition.mayFail || !condition.statements.isEmpty { break }
      if let test = SlotTest(condition.result, in: layout) { tests.append((test, index)) }
    }
  }

  /// The slot that the most of the first candidates test, at least two; of equal ones the first.
  static func longestRun(_ candidates: ArraySlice<CCandidate>) -> (slot: SlotID, count: Int)? {
    var best: (SlotID, Int)?
    for (test, _) in candidates.first?.tests ?? [] {
      let count = candidates.prefix { $0.tests.contains { $0.test.slot == test.slot } }.count
      if count >= 2, count > best?.1 ?? 0 { best = (test.slot, count) }
    }
    return best
  }

  /// The bits that it wants in the slot, and the candidate without that condition.
  func testing(_ slot: SlotID) -> (bits: UInt64, rest: CCandidate)? {
    guard let (test, index) = tests.first(where: { $0.test.slot == slot }) else { return nil }
    var rest = self
    rest.conditions.remove(at: index)
    rest.tests = tests.compactMap { test, position in
      position == index ? nil : (test, position > index ? position - 1 : position)
    }
    return (test.bits, rest)
  }
}
