import Decisions
import Semantics

extension TypedSpec {
  /// All values of a type, ascending as the language walks through them.
  ///
  /// Requires: they are few.
  func constants(of type: Type) -> [SymbolicValue] {
    switch type {
    case .bool: [.bool(.bool(false)), .bool(.bool(true))]
    case .integer(let lower, let upper): lower > upper ? [] : numbers(lower...upper)
    case .enumeration(let id): enumerations[id.index].cases.indices.map { number(Int64($0)) }
    case .agent(let first, let count): (first..<first + count).map { number(Int64($0)) }
    case .optional(let inner):
      [.optional(isPresent: .bool(false), placeholder(inner))]
        + constants(of: inner).map { .optional(isPresent: .bool(true), $0) }
    case .record(let id): tuples(records[id.index].fields.map(\.type)).map { .record($0) }
    case .map(let key, let value):
      tuples(Array(repeating: value, count: cardinality(of: key))).map { .map($0) }
    case .set(let element): subsets(of: constants(of: element))
    case .sequence(let element, let capacity):
      (0...capacity).flatMap { length in
        tuples(Array(repeating: element, count: length)).map { values in
          .sequence(length: .integer(Int64(length)), padded(values, element, capacity))
        }
      }
    }
  }

  private func number(_ value: Int64) -> SymbolicValue { .number(.integer(value)) }

  private func numbers(_ range: ClosedRange<Int64>) -> [SymbolicValue] { range.map(number) }

  /// Lexicographically.
  private func tuples(_ types: [Type]) -> [[SymbolicValue]] {
    types.reduce([[]]) { prefixes, type in
      let values = constants(of: type)
      return prefixes.flatMap { prefix in values.map { prefix + [$0] } }
    }
  }

  /// As if they were binary numbers.
  private func subsets(of elements: [SymbolicValue]) -> [SymbolicValue] {
    (0..<(1 << elements.count)).map { bits in
      .set(elements, isIn: elements.indices.map { .bool(bits >> $0 & 1 == 1) })
    }
  }

  private func padded(
    _ values: [SymbolicValue], _ element: Type, _ capacity: Int
  ) -> [SymbolicValue] {
    values + Array(repeating: placeholder(element), count: capacity - values.count)
  }

  /// Some value of a type, where it does not matter which.
  func placeholder(_ type: Type) -> SymbolicValue {
    switch type {
    case .bool: .bool(.bool(false))
    case .integer(let lower, _): number(lower)
    case .enumeration: number(0)
    case .agent(let first, _): number(Int64(first))
    case .optional(let inner): .optional(isPresent: .bool(false), placeholder(inner))
    case .record(let id): .record(records[id.index].fields.map { placeholder($0.type) })
    case .map(let key, let value):
      .map(Array(repeating: placeholder(value), count: min(cardinality(of: key), universeMax)))
    case .set(let element):
      cardinality(of: element) > universeMax
        ? .set([], isIn: [])
        : .set(
          constants(of: element),
          isIn: Array(repeating: .bool(false), count: cardinality(of: element)))
    case .sequence(let element, let capacity):
      .sequence(
        length: .integer(0),
        Array(repeating: placeholder(element), count: min(capacity, universeMax)))
    }
  }
}
