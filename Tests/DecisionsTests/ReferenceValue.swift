import Syntax

/// A value of a decision, or of an expression about decisions, in the tests' own evaluator.
enum ReferenceValue: Hashable {
  case bool(Bool)
  case int(Int)
  case name(String)
  case set(Set<ReferenceValue>)
  case map([ReferenceValue: ReferenceValue])
  case record([String: ReferenceValue])

  var text: String {
    switch self {
    case .bool(let value): String(value)
    case .int(let value): String(value)
    case .name(let name): name
    case .set, .map, .record: "?"
    }
  }
}

/// The types of random prompts, all of them small.
indirect enum ReferenceType {
  case bool
  case range(Int, Int)
  /// Unbounded, but for requirements.
  case int(Int, Int)
  case cases([String])
  case set(ReferenceType)
  case map(ReferenceType, ReferenceType)

  /// Whether answers name all values, and not only the smallest and the largest.
  var isListed: Bool {
    switch self {
    case .int: false
    case .range(let low, let high): high - low < 64
    default: true
    }
  }

  var text: String {
    switch self {
    case .bool: "bool"
    case .range(let low, let high): "\(low)..\(high)"
    case .int: "int"
    case .cases(let names): "{ \(names.joined(separator: ", ")) }"
    case .set(let element): "set of \(element.text)"
    case .map(let key, let value): "map[\(key.text)] of \(value.text)"
    }
  }

  var values: [ReferenceValue] {
    switch self {
    case .bool: return [.bool(false), .bool(true)]
    case .range(let low, let high): return (low...high).map { .int($0) }
    // Enough for each clause that can hold at all to hold somewhere.
    case .int(let low, let high): return (low - 8...high + 8).map { .int($0) }
    case .cases(let names): return names.map { .name($0) }
    case .set(let element):
      return element.values.reduce(into: [Set<ReferenceValue>()]) { sets, value in
        sets += sets.map { $0.union([value]) }
      }.map { .set($0) }
    case .map(let key, let value):
      return key.values.reduce(into: [[ReferenceValue: ReferenceValue]()]) { maps, key in
        maps = maps.flatMap { map in
          value.values.map { map.merging([key: $0]) { $1 } }
        }
      }.map { .map($0) }
    }
  }

  /// The scalars that a value consists of, under the names that answers give them.
  func leaves(_ name: String, _ value: ReferenceValue) -> [(name: String, text: String)] {
    switch (self, value) {
    case (.set(let element), .set(let members)):
      element.values.map { ("\(name) has \($0.text)", String(members.contains($0))) }
    case (.map(let key, let inner), .map(let map)):
      key.values.flatMap { inner.leaves("\(name)[\($0.text)]", map[$0] ?? .bool(false)) }
    default: [(name, value.text)]
    }
  }
}

/// The value of an expression, by the language's rules and on concrete values: shares nothing with
/// the terms that the solver gets.
struct ReferenceEvaluator {
  var names: [String: ReferenceValue]

  func isTrue(_ expression: Expression) -> Bool { value(expression) == .bool(true) }

  private func int(_ expression: Expression) -> Int {
    if case .int(let value) = value(expression) { value } else { .min }
  }

  private func set(_ expression: Expression) -> Set<ReferenceValue> {
    if case .set(let members) = value(expression) { members } else { [] }
  }

  func value(_ expression: Expression) -> ReferenceValue {
    switch expression.kind {
    case .integer(let value): .int(Int(value))
    case .boolean(let value): .bool(value)
    case .name("bool"): .set([.bool(false), .bool(true)])
    case .name(let name): names[name] ?? .name(name)
    case .index(let base, let key):
      if case .map(let map) = value(base) { map[value(key)] ?? .bool(false) } else { .bool(false) }
    case .unary(.not, let operand): .bool(!isTrue(operand))
    case .unary(.negate, let operand): .int(-int(operand))
    case .binary(let operation, let left, let right): binary(operation, left, right)
    case .range(let low, let high):
      .set(int(low) > int(high) ? [] : Set((int(low)...int(high)).map { .int($0) }))
    case .set(let items): .set(Set(items.map(value)))
    case .conditional(let test, let then, let otherwise):
      isTrue(test) ? value(then) : value(otherwise)
    case .setComprehension(let name, let domain, let filter):
      .set(set(domain).filter { with(name.text, $0).isTrue(filter) })
    case .quantifier(let quantifier, let names, let domain, let filter, let body):
      quantified(quantifier, names[...], set(domain), filter, domain, body)
    case .call(let name, let arguments): call(name.text, arguments.map(\.value))
    default: .name("unsupported")
    }
  }

  private func with(_ name: String, _ value: ReferenceValue) -> ReferenceEvaluator {
    ReferenceEvaluator(names: names.merging([name: value]) { $1 })
  }

  private func call(_ name: String, _ arguments: [Expression]) -> ReferenceValue {
    switch name {
    case "size": .int(set(arguments[0]).count)
    case "min": .int(arguments.map(int).min() ?? 0)
    default: .int(arguments.map(int).max() ?? 0)
    }
  }

  private func quantified(
    _ quantifier: Quantifier, _ names: ArraySlice<Name>, _ domain: Set<ReferenceValue>,
    _ filter: Expression?, _ source: Expression, _ body: Expression
  ) -> ReferenceValue {
    guard let name = names.first else { return value(body) }
    var results: [ReferenceValue] = []
    for element in domain {
      let inner = with(name.text, element)
      if names.count == 1, let filter, !inner.isTrue(filter) { continue }
      results.append(
        inner.quantified(quantifier, names.dropFirst(), domain, filter, source, body))
    }
    switch quantifier {
    case .all: return .bool(results.allSatisfy { $0 == .bool(true) })
    case .some: return .bool(results.contains(.bool(true)))
    case .count, .sum:
      return .int(
        results.reduce(0) { sum, result in
          switch result {
          case .int(let number): sum + number
          default: sum + (result == .bool(true) ? 1 : 0)
          }
        })
    }
  }

  private func binary(
    _ operation: BinaryOperator, _ left: Expression, _ right: Expression
  ) -> ReferenceValue {
    switch operation {
    case .iff: .bool(isTrue(left) == isTrue(right))
    case .implies: .bool(!isTrue(left) || isTrue(right))
    case .or: .bool(isTrue(left) || isTrue(right))
    case .and: .bool(isTrue(left) && isTrue(right))
    case .equal: .bool(value(left) == value(right))
    case .notEqual: .bool(value(left) != value(right))
    case .less: .bool(int(left) < int(right))
    case .lessEqual: .bool(int(left) <= int(right))
    case .greater: .bool(int(left) > int(right))
    case .greaterEqual: .bool(int(left) >= int(right))
    case .in: .bool(set(right).contains(value(left)))
    case .union: .set(set(left).union(set(right)))
    case .minus: .set(set(left).subtracting(set(right)))
    case .intersect: .set(set(left).intersection(set(right)))
    case .add: .int(int(left) + int(right))
    case .subtract: .int(int(left) - int(right))
    case .multiply: .int(int(left) * int(right))
    case .divide: .int(int(left) / int(right))
    case .remainder: .int(int(left) % int(right))
    }
  }
}
