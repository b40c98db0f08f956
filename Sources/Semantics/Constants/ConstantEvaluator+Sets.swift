import Syntax

extension ConstantEvaluator {
  /// The value of an expression that makes, asks or walks through a set.
  mutating func setValue(_ e: TypedExpression) throws(EvaluationFailure) -> Value {
    switch e.kind {
    case .contains(let element, let set):
      let value = try evaluate(element)
      if case .sequence = set.type { return .boolean(try list(set).contains(value)) }
      return .boolean(try elements(set).contains(value))
    case .setOperation(let operation, let left, let right):
      return try combine(operation, elements(left), elements(right))
    case .allValues:
      return .set(try values(of: e.type.element ?? .bool, e))
    case .range(let lower, let upper):
      return .set(try integers(from: integer(lower), to: integer(upper), e))
    case .set(let elements):
      var values: [Value] = []
      for element in elements { values.append(try evaluate(element)) }
      return setOf(values)
    case .setComprehension(let binder, let domain, let filter):
      var kept: [Value] = []
      for value in try elements(domain) {
        locals[binder] = value
        if try boolean(filter) { kept.append(value) }
      }
      return .set(kept)
    case .quantifier(let quantifier, let binder, let domain, let filter, let body):
      return try quantify(quantifier, binder, walked(domain), filter, body)
    default:
      throw failure(.notConstant, e)
    }
  }

  private func setOf(_ values: [Value]) -> Value { .set(Set(values).sorted()) }

  private func combine(_ operation: SetOperator, _ a: [Value], _ b: [Value]) -> Value {
    switch operation {
    case .union: setOf(a + b)
    case .minus: .set(a.filter { !b.contains($0) })
    case .intersect: .set(a.filter { b.contains($0) })
    }
  }

  private mutating func quantify(
    _ quantifier: Quantifier, _ binder: LocalID, _ domain: [Value], _ filter: TypedExpression?,
    _ body: TypedExpression
  ) throws(EvaluationFailure) -> Value {
    var total: Int64 = 0
    for value in domain {
      locals[binder] = value
      if let filter, try !boolean(filter) { continue }
      switch quantifier {
      case .all: if try !boolean(body) { return .boolean(false) }
      case .some: if try boolean(body) { return .boolean(true) }
      case .count: if try boolean(body) { total += 1 }
      case .sum: total = try exact(total.addingReportingOverflow(integer(body)), body)
      }
    }
    switch quantifier {
    case .all: return .boolean(true)
    case .some: return .boolean(false)
    case .count, .sum: return .integer(total)
    }
  }

  private mutating func integers(
    from lower: Int64, to upper: Int64, _ e: TypedExpression
  ) throws(EvaluationFailure) -> [Value] {
    if lower > upper { return [] }
    let (distance, overflow) = upper.subtractingReportingOverflow(lower)
    try spend(overflow ? .max : Int(distance), e)
    return (lower...upper).map { .integer($0) }
  }

  /// All values of a type, ascending.
  mutating func values(
    of type: Type, _ e: TypedExpression
  ) throws(EvaluationFailure) -> [Value] {
    try spend(spec.cardinality(of: type), e)
    switch type {
    case .bool: return [.boolean(false), .boolean(true)]
    case .integer(let lower, let upper): return try integers(from: lower, to: upper, e)
    case .enumeration(let id):
      return spec.enumerations[id.index].cases.indices.map { .enumerationCase($0) }
    case .agent(let first, let count): return (first..<first + count).map { .agent($0) }
    case .optional(let inner): return try [.none] + values(of: inner, e).map { .some($0) }
    case .record(let id):
      var rows: [[Value]] = [[]]
      for field in spec.records[id.index].fields {
        let column = try values(of: field.type, e)
        rows = rows.flatMap { row in column.map { row + [$0] } }
      }
      return rows.map { .record($0) }
    case .set, .sequence, .map: throw failure(.notConstant, e)
    }
  }
}
