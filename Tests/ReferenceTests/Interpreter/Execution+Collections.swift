import Diagnostics
import Semantics
import Syntax

extension Execution {
  func evaluateCollection(_ expression: TypedExpression) throws(Interruption) -> Value {
    let span = expression.span
    switch expression.kind {
    case .field(let inner, let index):
      guard case .record(let fields) = try evaluate(inner) else { preconditionFailure("no record") }
      return fields[index]
    case .lookup(let map, let key):
      guard case .map(let values) = try evaluate(map) else { preconditionFailure("no map") }
      return values[domain.rank(of: try evaluate(key), in: keyType(of: map.type))]
    case .element(let sequence, let index):
      let elements = try evaluate(sequence).elements
      let place = try evaluate(index).integer
      guard place >= 0, place < Int64(elements.count) else { throw .evaluation(span) }
      return elements[Int(place)]
    case .contains(let element, let set): return .bool(try contains(element, set))
    case .setOperation(let operation, let left, let right):
      let first = Set(try evaluate(left).elements)
      let second = try evaluate(right).elements
      switch operation {
      case .union: return .set(of: first.union(second))
      case .minus: return .set(of: first.subtracting(second))
      case .intersect: return .set(of: first.intersection(second))
      }
    case .allValues, .range: return .set(try elements(of: expression))
    case .set(let elements): return .set(of: try evaluate(all: elements))
    case .setComprehension(let local, let domain, let filter):
      return .set(try filtered(elements(of: domain), local, filter))
    case .sequence(let elements): return .sequence(try evaluate(all: elements))
    case .concatenate(let left, let right):
      return .sequence(try evaluate(left).elements + (try evaluate(right).elements))
    case .mapComprehension(let local, let body):
      var values: [Value] = []
      for key in domain.values(of: keyType(of: expression.type)) {
        values.append(try evaluate(body, with: local, as: key))
      }
      return .map(values)
    case .quantifier(let quantifier, let local, let domain, let filter, let body):
      let elements = try elements(of: domain)
      return try evaluate(quantifier, elements, local, filter, body)
    case .size(let inner): return .integer(Int64(try evaluate(inner).elements.count))
    case .first(let inner):
      guard let first = try evaluate(inner).elements.first else { throw .evaluation(span) }
      return first
    case .rest(let inner):
      let elements = try evaluate(inner).elements
      if elements.isEmpty { throw .evaluation(span) }
      return .sequence(Array(elements.dropFirst()))
    default: preconditionFailure("\(expression.kind) is no collection")
    }
  }

  func keyType(of type: Type) -> Type {
    guard case .map(let key, _) = type else { preconditionFailure("no map") }
    return key
  }

  /// The elements of a set, ascending.
  func elements(of set: TypedExpression) throws(Interruption) -> [Value] {
    switch set.kind {
    case .allValues:
      guard case .set(let element) = set.type else { preconditionFailure("no set") }
      return domain.values(of: element)
    case .range(let lower, let upper):
      let least = try evaluate(lower).integer
      let greatest = try evaluate(upper).integer
      return least > greatest ? [] : (least...greatest).map { .integer($0) }
    default: return try evaluate(set).elements
    }
  }

  private func contains(
    _ element: TypedExpression, _ set: TypedExpression
  ) throws(Interruption) -> Bool {
    let value = try evaluate(element)
    guard case .range(let lower, let upper) = set.kind else {
      return try elements(of: set).contains(value)
    }
    let least = try evaluate(lower).integer
    let greatest = try evaluate(upper).integer
    return least <= value.integer && value.integer <= greatest
  }

  private func evaluate(
    _ body: TypedExpression, with local: LocalID, as value: Value
  ) throws(Interruption) -> Value {
    locals[local.index] = value
    return try evaluate(body)
  }

  private func filtered(
    _ elements: [Value], _ local: LocalID, _ filter: TypedExpression
  ) throws(Interruption) -> [Value] {
    var result: [Value] = []
    for element in elements where try evaluate(filter, with: local, as: element).truth {
      result.append(element)
    }
    return result
  }

  private func evaluate(
    _ quantifier: Quantifier, _ elements: [Value], _ local: LocalID, _ filter: TypedExpression?,
    _ body: TypedExpression
  ) throws(Interruption) -> Value {
    var total: Int64 = 0
    for element in elements {
      if let filter, !(try evaluate(filter, with: local, as: element).truth) { continue }
      let value = try evaluate(body, with: local, as: element)
      switch quantifier {
      case .all: if !value.truth { return .bool(false) }
      case .some: if value.truth { return .bool(true) }
      case .count: if value.truth { total += 1 }
      case .sum: total = try exact(total.addingReportingOverflow(value.integer), body.span)
      }
    }
    switch quantifier {
    case .all: return .bool(true)
    case .some: return .bool(false)
    case .count, .sum: return .integer(total)
    }
  }
}
