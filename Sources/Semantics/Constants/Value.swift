import Diagnostics

/// A value that is known before any run.
public indirect enum Value: Hashable, Sendable {
  case boolean(Bool)
  case integer(Int64)
  case enumerationCase(Int)
  case agent(Int)
  case none
  case some(Value)
  /// Ascending, each once.
  case set([Value])
  case sequence([Value])
  /// The value of each key, keys ascending.
  case map([Value])
  case record([Value])
}

extension Value: Comparable {
  /// The order in which values of one type are enumerated.
  public static func < (a: Value, b: Value) -> Bool {
    switch (a, b) {
    case (.boolean(let x), .boolean(let y)): !x && y
    case (.integer(let x), .integer(let y)): x < y
    case (.enumerationCase(let x), .enumerationCase(let y)), (.agent(let x), .agent(let y)): x < y
    case (.none, .some): true
    case (.some(let x), .some(let y)): x < y
    case (.set(let x), .set(let y)), (.sequence(let x), .sequence(let y)),
      (.map(let x), .map(let y)), (.record(let x), .record(let y)):
      x.lexicographicallyPrecedes(y)
    default: false
    }
  }
}

extension TypedSpec {
  /// The value as a constant expression of a type it belongs to.
  func expression(_ value: Value, _ type: Type, _ span: Span) -> TypedExpression {
    TypedExpression(constantKind(value, type, span), type, span)
  }

  private func constantKind(_ value: Value, _ type: Type, _ span: Span) -> TypedExpression.Kind {
    switch (value, type) {
    case (.boolean(let value), _): .boolean(value)
    case (.integer(let value), _): .integer(value)
    case (.enumerationCase(let index), _): .enumerationCase(index)
    case (.agent(let identity), _): .agent(identity)
    case (.some(let value), .optional(let inner)): .some(expression(value, inner, span))
    case (.set(let values), .set(let element)):
      .set(values.map { expression($0, element, span) })
    case (.sequence(let values), .sequence(let element, _)):
      .sequence(values.map { expression($0, element, span) })
    case (.record(let values), .record(let id)):
      .record(zip(values, records[id.index].fields).map { expression($0, $1.type, span) })
    default: .none
    }
  }

  /// A value as a reader would write it.
  public func text(of value: Value, _ type: Type) -> String {
    switch (value, type) {
    case (.boolean(let value), _): "\(value)"
    case (.integer(let value), _): "\(value)"
    case (.enumerationCase(let index), .enumeration(let id)):
      enumerations[id.index].cases[index]
    case (.agent(let identity), _): name(ofAgent: identity)
    case (.some(let value), .optional(let inner)): text(of: value, inner)
    case (.set(let values), .set(let element)):
      "{\(values.map { text(of: $0, element) }.joined(separator: ", "))}"
    case (.sequence(let values), .sequence(let element, _)):
      "[\(values.map { text(of: $0, element) }.joined(separator: ", "))]"
    case (.record(let values), .record(let id)): text(of: values, records[id.index])
    case (.map, _): "a map"
    default: "none"
    }
  }

  private func text(of values: [Value], _ record: RecordType) -> String {
    let fields = zip(values, record.fields).map { "\($1.name): \(text(of: $0, $1.type))" }
    return "\(record.name)(\(fields.joined(separator: ", ")))"
  }
}
