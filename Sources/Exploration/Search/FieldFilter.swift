import TransitionSystem

/// Rules out a condition on a state with some operations on whole words.
///
/// Idea. What a step leaves of an invariant over pairs of agents is mostly that some other agent is
/// at a certain place: a disjunction over fields of one word. Whether a field equals its value is
/// whether it is zero in the difference from a word with all the values, and of which fields that
/// is so can be seen for all at once. Of a conjunction one side is enough to rule it out.
///
/// Source: Warren, Hacker's Delight, 2002, section 6-1 (the exact test for a zero byte).
struct FieldFilter {
  /// Some fields of a word, no two of which overlap, and a value for each.
  struct Test: BitwiseCopyable {
    let word: Int
    /// The values, in place.
    private(set) var values: UInt64 = 0
    /// The highest bit of each field, and all others.
    private(set) var high: UInt64 = 0
    private(set) var low: UInt64 = 0

    init(word: Int) { self.word = word }

    fileprivate func hasRoom(for field: Field) -> Bool {
      word == Int(field.word) && (high | low) & field.mask == 0
    }

    fileprivate mutating func add(_ field: Field, _ raw: UInt64) {
      let top: UInt64 = 1 << UInt64(field.shift + field.width - 1)
      values |= raw << UInt64(field.shift)
      high |= top
      low |= field.mask & ~top
    }

    /// Whether some field has its value. Requires: the state has the word.
    @inline(__always)
    func isMet(_ state: UnsafePointer<UInt64>) -> Bool {
      let difference = state[word] ^ values
      // Low bits that are not all zero carry into the highest one, and no further.
      return ~(((difference & low) &+ low) | difference) & high != 0
    }
  }

  /// The condition is false where none is met; without conjunctions, true where one is.
  private(set) var tests: [Test] = []

  /// More would not pay.
  private static let testsMax = 4

  /// Nil where the condition is not of that kind, or takes too many tests.
  init?(_ condition: ProgramExpression, in layout: StateLayout) {
    guard let equations = FieldFilter.equations(condition, in: layout) else { return nil }
    for (field, raw) in equations {
      if let place = tests.firstIndex(where: { $0.hasRoom(for: field) }) {
        tests[place].add(field, raw)
      } else {
        var test = Test(word: Int(field.word))
        test.add(field, raw)
        tests.append(test)
        if tests.count > FieldFilter.testsMax { return nil }
      }
    }
  }

  /// Of which one holds where the condition does.
  private static func equations(
    _ condition: ProgramExpression, in layout: StateLayout
  ) -> [(Field, UInt64)]? {
    switch condition {
    case .binary(.or, let left, let right):
      guard let first = equations(left, in: layout), let second = equations(right, in: layout)
      else { return nil }
      return first + second
    case .binary(.and, let left, let right):
      return equations(left, in: layout) ?? equations(right, in: layout)
    case .binary(.equal, .slot(let slot), .constant(let value)),
      .binary(.equal, .constant(let value), .slot(let slot)):
      return equation(slot, value, in: layout)
    case .unary(.not, .binary(.notEqual, .slot(let slot), .constant(let value))):
      return equation(slot, value, in: layout)
    default: return nil
    }
  }

  private static func equation(
    _ slot: SlotID, _ value: Int64, in layout: StateLayout
  ) -> [(Field, UInt64)]? {
    guard let field = Field(slot, in: layout) else { return nil }
    let (offset, overflow) = value.subtractingReportingOverflow(layout.slots[slot.index].minimum)
    if overflow { return nil }
    let raw = UInt64(bitPattern: offset)
    // A field never has a value that it has no room for.
    return raw > field.maximum ? [] : [(field, raw)]
  }
}
