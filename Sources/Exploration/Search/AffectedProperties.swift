import Reduction
import TransitionSystem

/// What must be looked at of the properties in a new state, by the action that led there.
///
/// Of a property that is not found in the state before, `Residuals` says what is left: it was
/// looked at there, or this follows from one still before. Where it was found there, that candidate
/// comes before any behind it. Symmetry replaces what an action made by another state, to which
/// this does not apply.
///
/// Threads: any; nothing changes.
final class AffectedProperties: @unchecked Sendable {
  /// To be read through a copy: a reference to an object in the inner loop costs a retain and a
  /// release for each state.
  let table: Table
  /// What is left of properties, to be compiled.
  let residuals: [Predicate]

  /// Properties from here on have no bits, and are looked at in every state.
  static let limit = 64
  /// Nodes of residuals that are compiled, all together.
  private static let nodesMax = 1 << 15

  struct Table: BitwiseCopyable {
    /// By action, the properties as bits that must be looked at.
    fileprivate let masks: UnsafeMutablePointer<UInt64>
    /// By action and property, the number of a residual; -1 where the whole is evaluated.
    fileprivate let numbers: UnsafeMutablePointer<Int32>
    fileprivate let stride: Int
    /// Of the filters of residuals, one behind the other.
    fileprivate let tests: UnsafeMutablePointer<FieldFilter.Test>
    /// By residual, where its tests begin, and at last where they end.
    fileprivate let firstTest: UnsafeMutablePointer<Int32>

    /// The properties to look at behind an action; all, where there is none (-1).
    @inline(__always)
    func mask(_ action: Int32) -> UInt64 {
      // Safety: the index is that of an action of the system.
      action < 0 ? ~0 : masks[Int(action)]
    }

    /// What to evaluate of a property of the mask.
    @inline(__always)
    func predicate(_ property: Int, _ action: Int32) -> PredicateID {
      if action < 0 || property >= stride { return .property(property) }
      // Safety: both indices are those of the system.
      let number = numbers[Int(action) &* stride &+ property]
      return number < 0 ? .property(property) : .residual(Int(number))
    }

    /// Whether what is left of a property of the mask is not found in a state, at a glance.
    @inline(__always)
    func rulesOut(_ property: Int, _ action: Int32, _ state: UnsafePointer<UInt64>) -> Bool {
      if action < 0 || property >= stride { return false }
      // Safety: both indices are those of the system.
      let number = Int(numbers[Int(action) &* stride &+ property])
      if number < 0 { return false }
      var (test, end) = (firstTest[number], firstTest[number &+ 1])
      if test == end { return false }
      while test < end {
        if tests[Int(test)].isMet(state) { return false }
        test &+= 1
      }
      return true
    }
  }

  init(_ system: TransitionSystem) {
    let (actions, count) = (system.actions.count, min(system.properties.count, Self.limit))
    let masks = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, actions))
    masks.initialize(repeating: 0, count: max(1, actions))
    let numbers = UnsafeMutablePointer<Int32>.allocate(capacity: max(1, actions * count))
    numbers.initialize(repeating: -1, count: max(1, actions * count))
    var (residuals, nodesLeft): ([Predicate], Int) = ([], Self.nodesMax)
    var (tests, firstTest): ([FieldFilter.Test], [Int32]) = ([], [0])
    let steps = Residuals(system)
    for (index, property) in system.properties.prefix(count).enumerated() {
      let isInvariant = property.kind == .invariant
      for (action, residual) in steps.residuals(of: property.predicate, lookingFor: !isInvariant)
        .enumerated()
      {
        if case .nothing = residual { continue }
        masks[action] |= 1 << UInt64(index)
        guard case .part(let condition, let size) = residual, size <= nodesLeft else { continue }
        nodesLeft -= size
        numbers[action * count + index] = Int32(residuals.count)
        tests += FieldFilter(condition, in: system.layout)?.tests ?? []
        firstTest.append(Int32(tests.count))
        residuals.append(
          Predicate(
            statements: [], result: isInvariant ? .unary(.not, condition) : condition,
            registerCount: 0))
      }
      guard let antecedent = property.antecedent else { continue }
      for (action, residual) in steps.residuals(of: antecedent, lookingFor: true).enumerated() {
        if case .nothing = residual { continue }
        masks[action] |= 1 << UInt64(index)
      }
    }
    table = Table(
      masks: masks, numbers: numbers, stride: count, tests: Self.copy(tests),
      firstTest: Self.copy(firstTest))
    self.residuals = residuals
  }

  deinit {
    table.masks.deallocate()
    table.numbers.deallocate()
    table.tests.deallocate()
    table.firstTest.deallocate()
  }

  /// Safety: the copy is initialised whole, and freed by `deinit`.
  private static func copy<Element: BitwiseCopyable>(
    _ elements: [Element]
  ) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    for (index, element) in elements.enumerated() {
      (memory + index).initialize(to: element)
    }
    return memory
  }
}
