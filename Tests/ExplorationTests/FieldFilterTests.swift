import Testing
import TransitionSystem

@testable import Exploration

/// `FieldFilter` against what conditions say, on all states of small layouts.
@Suite struct FieldFilterTests {
  @Test func rulesOutOnlyWhatIsFalse() throws {
    var (exact, met, ruledOut, filters) = (0, 0, 0, 0)
    for seed: UInt64 in 1...600 {
      var conditions = RandomFieldConditions(seed: seed)
      let condition = conditions.next(depth: 3)
      guard let filter = FieldFilter(condition, in: conditions.layout) else { continue }
      filters += 1
      for state in conditions.states {
        let truth = conditions.truth(condition, state)
        let isPassed = filter.tests.contains { isMet($0, state) }
        // The one that matters: nothing true is ever ruled out.
        #expect(isPassed || !truth, "seed \(seed)")
        if conditions.hasNoConjunction(condition) {
          #expect(isPassed == truth, "seed \(seed)")
          exact += 1
        }
        if isPassed { met += 1 } else { ruledOut += 1 }
      }
    }
    #expect(filters > 100 && exact > 10_000 && met > 10_000 && ruledOut > 10_000)
  }

  /// The widest fields, next to narrow ones; values that no slot holds.
  @Test func widthsAndBounds() throws {
    var layout = StateLayout()
    let wide = layout.add(Slot(name: "wide", lower: .min, upper: .max))
    let narrow = (0..<64).map { layout.add(Slot(name: "n\($0)", lower: 5, upper: 6)) }
    let filter = try #require(FieldFilter(.slot(wide) == .constant(-1), in: layout))
    #expect(isMet(filter.tests[0], [~0, 0]) && !isMet(filter.tests[0], [~0 >> 1, 0]))
    var any = ProgramExpression.slot(narrow[0]) == constant(6)
    for slot in narrow.dropFirst() { any = any || .slot(slot) == constant(6) }
    let sixes = try #require(FieldFilter(any, in: layout))
    #expect(sixes.tests.count == 1)
    for shift in 0..<64 as Range<UInt64> { #expect(isMet(sixes.tests[0], [0, 1 << shift])) }
    #expect(!isMet(sixes.tests[0], [~0, 0]))
    for value in [4, 7, .max] as [Int] {
      let never = try #require(FieldFilter(.slot(narrow[0]) == constant(value), in: layout))
      #expect(never.tests.isEmpty)
    }
    // A slot twice, with two values.
    let both = try #require(FieldFilter(narrow[0] == 5 || narrow[0] == 6, in: layout))
    #expect(both.tests.count == 2 && isMet(both.tests[0], [0, 0]) && isMet(both.tests[1], [0, 1]))
    #expect(FieldFilter(.slot(narrow[0]) < constant(6), in: layout) == nil)
  }

  private func isMet(_ test: FieldFilter.Test, _ state: [UInt64]) -> Bool {
    state.withUnsafeBufferPointer { words in words.baseAddress.map { test.isMet($0) } ?? false }
  }
}

/// Random conditions on slots of random widths that take ten bits in two words.
private struct RandomFieldConditions {
  private var random: RandomSource
  private(set) var layout = StateLayout()

  init(seed: UInt64) {
    random = RandomSource(seed: seed, stream: 3)
    // Between two slots of 58 bits that stay zero, so that fields lie anywhere in their words.
    var bits = 10
    while bits > 0 {
      let width = min(bits, 1 + random.below(4))
      let lower = Int64(random.below(5)) - 2
      layout.add(Slot(name: "s", lower: lower, upper: lower + Int64(1 << width) - 1))
      bits -= width
      if random.below(3) == 0 {
        layout.add(Slot(name: "gap", lower: 0, upper: 1 << Int64(1 + random.below(57)) - 1))
      }
    }
  }

  private var fields: [Int] {
    layout.slots.indices.filter { layout.slots[$0].name == "s" }
  }

  /// All values of the ten bits.
  var states: [[UInt64]] {
    (0..<1024 as Range<UInt64>).map { number in
      var (rest, state) = (number, [UInt64](repeating: 0, count: layout.wordCount))
      for slot in fields {
        let width = UInt64(layout.slots[slot].width)
        let position = layout.positions[slot]
        state[Int(position.word)] |= (rest & (1 << width - 1)) << UInt64(position.shift)
        rest >>= width
      }
      return state
    }
  }

  mutating func next(depth: Int) -> ProgramExpression {
    switch depth == 0 ? 9 : random.below(12) {
    case 0..<5: return .binary(.or, next(depth: depth - 1), next(depth: depth - 1))
    case 5..<7: return .binary(.and, next(depth: depth - 1), next(depth: depth - 1))
    default: return leaf()
    }
  }

  private mutating func leaf() -> ProgramExpression {
    let slot = fields[random.below(fields.count)]
    let range = layout.slots[slot]
    // Also values just outside.
    let value = ProgramExpression.constant(
      range.minimum - 1 + Int64(random.below(1 << range.width + 2)))
    switch random.below(12) {
    case 0: return .binary(.less, .slot(SlotID(slot)), value)
    case 1: return .unary(.not, .binary(.equal, .slot(SlotID(slot)), value))
    case 2..<5: return .unary(.not, .binary(.notEqual, .slot(SlotID(slot)), value))
    case 5..<8: return .binary(.equal, value, .slot(SlotID(slot)))
    default: return .binary(.equal, .slot(SlotID(slot)), value)
    }
  }

  func hasNoConjunction(_ condition: ProgramExpression) -> Bool {
    switch condition {
    case .binary(.and, _, _): false
    case .binary(.or, let left, let right): hasNoConjunction(left) && hasNoConjunction(right)
    default: true
    }
  }

  func truth(_ condition: ProgramExpression, _ state: [UInt64]) -> Bool {
    value(condition, state) != 0
  }

  private func value(_ expression: ProgramExpression, _ state: [UInt64]) -> Int64 {
    switch expression {
    case .constant(let constant): return constant
    case .slot(let slot): return layout.read(slot, from: state)
    case .unary(_, let operand): return value(operand, state) == 0 ? 1 : 0
    case .binary(let binary, let left, let right):
      let (first, second) = (value(left, state), value(right, state))
      let isTrue =
        switch binary {
        case .or: first != 0 || second != 0
        case .and: first != 0 && second != 0
        case .equal: first == second
        case .notEqual: first != second
        default: first < second
        }
      return isTrue ? 1 : 0
    default: return 0
    }
  }
}
