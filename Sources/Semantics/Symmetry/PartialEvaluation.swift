import Diagnostics
import Syntax

/// Which expressions may fail to evaluate. Conservative: what is not known to succeed may fail.
public struct PartialEvaluation {
  let spec: TypedSpec

  public init(_ spec: TypedSpec) { self.spec = spec }

  /// The first part of an expression that may fail; where a condition is given, it was true.
  public func failing(
    _ expression: TypedExpression, after condition: TypedExpression? = nil
  ) -> TypedExpression? {
    failing(expression, present: condition.map { facts($0) } ?? [])
  }

  /// Whether a body may fail, by evaluation or by an assertion.
  func mayFail(_ body: [TypedStatement]) -> Bool {
    body.all.contains { statement in
      if case .assert = statement.kind { return true }
      return mayFailToEvaluate(statement)
    }
  }

  func mayFailToEvaluate(_ statement: TypedStatement) -> Bool {
    if case .while = statement.kind { return true }
    if case .assign(let place, _) = statement.kind,
      place.path.contains(where: { if case .element = $0 { true } else { false } })
    {
      return true
    }
    return statement.expressions.contains { failing($0) != nil }
  }

  /// `present`: the optionals known to be there.
  private func failing(_ expression: TypedExpression, present: Set<String>) -> TypedExpression? {
    switch expression.kind {
    case .connective(let connective, let left, let right) where connective != .iff:
      if let found = failing(left, present: present) { return found }
      let known = connective == .or ? [] : facts(left)
      return failing(right, present: present.union(known))
    case .conditional(let condition, let yes, let no):
      return failing(condition, present: present)
        ?? failing(yes, present: present.union(facts(condition)))
        ?? failing(no, present: present)
    case .quantifier(let quantifier, _, let domain, let filter, let body):
      return failing(domain, present: present)
        ?? filter.flatMap { failing($0, present: present) }
        ?? failing(body, present: present.union(filter.map { facts($0) } ?? []))
        ?? (quantifier == .sum && mayOverflow(expression.type) ? expression : nil)
    case .call(let function, let arguments):
      for argument in arguments {
        if let found = failing(argument, present: present) { return found }
      }
      return failing(spec.functions[function.index].body, present: []) == nil ? nil : expression
    default:
      for operand in expression.operands {
        if let found = failing(operand, present: present) { return found }
      }
      return fails(expression, present: present) ? expression : nil
    }
  }

  /// Whether the operation itself may fail.
  private func fails(_ expression: TypedExpression, present: Set<String>) -> Bool {
    switch expression.kind {
    case .convert(let value): !widens(value.type, to: expression.type)
    case .unwrap(let value): !(name(value).map { present.contains($0) } ?? false)
    case .arithmetic(let operation, _, let right):
      operation == .divide || operation == .remainder
        ? !isNonZero(right.type) : mayOverflow(expression.type)
    case .negate: mayOverflow(expression.type)
    case .element, .extremumOfSet, .first, .rest, .member: true
    // The solver may give up.
    case .coherent, .determined: true
    default: false
    }
  }

  /// The intervals of arithmetic are saturated at 64 bits.
  private func mayOverflow(_ type: Type) -> Bool {
    guard case .integer(let lower, let upper) = type else { return true }
    return lower == .min || upper == .max
  }

  private func isNonZero(_ type: Type) -> Bool {
    guard case .integer(let lower, let upper) = type else { return false }
    return lower > 0 || upper < -1
  }

  private func widens(_ from: Type, to: Type) -> Bool {
    switch (from, to) {
    case (.integer(let a, let b), .integer(let c, let d)): c <= a && b <= d
    case (.agent(let a, let m), .agent(let c, let n)): c <= a && a + m <= c + n
    case (.optional(let a), .optional(let b)), (.set(let a), .set(let b)): widens(a, to: b)
    case (.sequence(let a, let m), .sequence(let b, let n)): m <= n && widens(a, to: b)
    case (.map(let k, let a), .map(let l, let b)): k == l && widens(a, to: b)
    default: from == to
    }
  }

  /// The optionals that are there where a condition is true.
  private func facts(_ condition: TypedExpression) -> Set<String> {
    switch condition.kind {
    case .connective(.and, let left, let right): return facts(left).union(facts(right))
    case .notEqual(let value, let other):
      if case .none = other.kind { return Set([name(value)].compactMap { $0 }) }
      if case .none = value.kind { return Set([name(other)].compactMap { $0 }) }
      return []
    default: return []
    }
  }

  /// A name of a place in the state, equal for equal ones; nil for other expressions.
  private func name(_ expression: TypedExpression) -> String? {
    switch expression.kind {
    case .local(let local): return "local \(local.index)"
    case .selfAgent: return "self"
    case .sender: return "sender"
    case .variable(let variable, of: nil): return "variable \(variable.index)"
    case .variable(let variable, let owner?):
      return name(owner).map { "variable \(variable.index) of \($0)" }
    case .field(let record, let index): return name(record).map { "\($0).\(index)" }
    case .lookup(let map, let key):
      guard let map = name(map), let key = name(key) else { return nil }
      return "\(map)[\(key)]"
    default: return nil
    }
  }
}
