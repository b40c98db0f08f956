import Semantics
import Syntax

/// What a prompt and claims leave open, by trying every assignment of the decisions.
///
/// Expressions are evaluated as they were written: nothing is elaborated, and no solver asked.
final class Claims {
  private let spec: TypedSpec
  /// The assignments that satisfy the prompt.
  private var assignments: [[String: LogicValue]] = []
  private var satisfied: [Claim: Set<Int>] = [:]

  /// Nil where a decision has no bounds, or there are too many assignments to try.
  init?(_ spec: TypedSpec) {
    self.spec = spec
    guard let prompt = spec.prompt else { return nil }
    var all: [[String: LogicValue]] = [[:]]
    for decision in prompt.decisions {
      guard let values = values(of: decision.type), all.count * values.count <= 5_000 else {
        return nil
      }
      all = all.flatMap { known in
        values.map { value in known.merging([decision.name.text: value]) { $1 } }
      }
    }
    assignments = all.filter { names in
      prompt.requirements.allSatisfy { holds($0, names) }
    }
  }

  func isCoherent(_ claims: Set<Claim>) -> Bool { !left(by: claims).isEmpty }

  /// Whether the decision with that place in the prompt has one value in all that is left.
  func isDetermined(_ decision: Int, by claims: Set<Claim>) -> Bool {
    let name = spec.prompt?.decisions[decision].name.text ?? ""
    return Set(left(by: claims).map { assignments[$0][name] }).count == 1
  }

  private func left(by claims: Set<Claim>) -> Set<Int> {
    claims.reduce(Set(assignments.indices)) { $0.intersection(assignments(satisfying: $1)) }
  }

  private func assignments(satisfying claim: Claim) -> Set<Int> {
    if let known = satisfied[claim] { return known }
    let commitment = spec.commitments[claim.commitment]
    let parts = zip(commitment.parts, claim.values).map { ($0.name, logic($1, $0.type)) }
    let fitting = assignments.indices.filter { index in
      holds(commitment.claim, assignments[index].merging(parts) { $1 })
    }
    satisfied[claim] = Set(fitting)
    return Set(fitting)
  }

  // MARK: Values

  private func values(of type: TypeSyntax) -> [LogicValue]? {
    switch type.kind {
    case .named("bool"): return [.bool(false), .bool(true)]
    case .named(let name):
      return spec.enumerations.first { $0.name == name }?.cases.map { .name($0) }
    case .enumeration(let names): return names.map { .name($0.text) }
    case .range(let lower, let upper):
      guard case .integer(let low) = value(lower, [:]), case .integer(let high) = value(upper, [:])
      else { return nil }
      return (low...high).map { .integer($0) }
    default: return nil
    }
  }

  private func logic(_ value: Value, _ type: Type) -> LogicValue {
    switch (value, type) {
    case (.bool(let value), _): .bool(value)
    case (.integer(let value), _): .integer(value)
    case (.enumeration(let index), .enumeration(let id)):
      .name(spec.enumerations[id.index].cases[index])
    case (.set(let elements), .set(let type)): .set(Set(elements.map { logic($0, type) }))
    default: preconditionFailure("\(value) in a claim")
    }
  }

  // MARK: Expressions

  private func holds(_ expression: Expression, _ names: [String: LogicValue]) -> Bool {
    value(expression, names) == .bool(true)
  }

  private func value(_ expression: Expression, _ names: [String: LogicValue]) -> LogicValue {
    switch expression.kind {
    case .boolean(let value): return .bool(value)
    case .integer(let value): return .integer(value)
    case .name(let name): return names[name] ?? parameter(name) ?? .name(name)
    case .unary(.not, let inner): return .bool(!holds(inner, names))
    case .unary(.negate, let inner): return .integer(-value(inner, names).integer)
    case .conditional(let test, let yes, let no):
      return holds(test, names) ? value(yes, names) : value(no, names)
    case .set(let elements): return .set(Set(elements.map { value($0, names) }))
    case .range(let lower, let upper):
      let (low, high) = (value(lower, names).integer, value(upper, names).integer)
      return .set(low <= high ? Set((low...high).map { .integer($0) }) : [])
    case .binary(let operation, let left, let right):
      return combined(operation, value(left, names), value(right, names))
    default: preconditionFailure("no such expression in random claims: \(expression)")
    }
  }

  private func parameter(_ name: String) -> LogicValue? {
    guard let text = spec.parameters.first(where: { $0.name == name })?.value else { return nil }
    return Int64(text).map { .integer($0) } ?? Bool(text).map { .bool($0) } ?? .name(text)
  }

  private func combined(
    _ operation: BinaryOperator, _ a: LogicValue, _ b: LogicValue
  ) -> LogicValue {
    switch operation {
    case .and: .bool(a.truth && b.truth)
    case .or: .bool(a.truth || b.truth)
    case .implies: .bool(!a.truth || b.truth)
    case .iff: .bool(a.truth == b.truth)
    case .equal: .bool(a == b)
    case .notEqual: .bool(a != b)
    case .less: .bool(a.integer < b.integer)
    case .lessEqual: .bool(a.integer <= b.integer)
    case .greater: .bool(a.integer > b.integer)
    case .greaterEqual: .bool(a.integer >= b.integer)
    case .in: .bool(b.elements.contains(a))
    case .union: .set(a.elements.union(b.elements))
    case .intersect: .set(a.elements.intersection(b.elements))
    case .minus: .set(a.elements.subtracting(b.elements))
    case .add: .integer(a.integer + b.integer)
    case .subtract: .integer(a.integer - b.integer)
    case .multiply: .integer(a.integer * b.integer)
    case .divide: .integer(a.integer / b.integer)
    case .remainder: .integer(a.integer % b.integer)
    }
  }
}

/// A value in a claim; cases of enumerations are their names.
indirect enum LogicValue: Hashable {
  case bool(Bool)
  case integer(Int64)
  case name(String)
  case set(Set<LogicValue>)

  var truth: Bool { self == .bool(true) }
  var integer: Int64 {
    guard case .integer(let value) = self else { preconditionFailure("\(self) is no number") }
    return value
  }
  var elements: Set<LogicValue> {
    guard case .set(let values) = self else { preconditionFailure("\(self) is no set") }
    return values
  }
}
