extension ConstantEvaluator {
  /// The value as one of the type; ranges, capacities and families are checked inside it too.
  func converted(
    _ value: Value, to type: Type, _ e: TypedExpression
  ) throws(EvaluationFailure) -> Value {
    guard belongs(value, to: type) else {
      throw failure(
        .outside(value: spec.text(of: value, type), type: spec.text(of: type)), e)
    }
    return value
  }

  func belongs(_ value: Value, to type: Type) -> Bool {
    switch (value, type) {
    case (.integer(let value), .integer(let lower, let upper)): lower <= value && value <= upper
    case (.agent(let identity), .agent(let first, let count)):
      first <= identity && identity < first + count
    case (.some(let inner), .optional(let type)): belongs(inner, to: type)
    case (.set(let values), .set(let element)): values.allSatisfy { belongs($0, to: element) }
    case (.sequence(let values), .sequence(let element, let capacity)):
      values.count <= capacity && values.allSatisfy { belongs($0, to: element) }
    case (.map(let values), .map(_, let type)): values.allSatisfy { belongs($0, to: type) }
    case (.record(let values), .record(let id)):
      zip(values, spec.records[id.index].fields).allSatisfy { belongs($0, to: $1.type) }
    default: true
    }
  }
}
