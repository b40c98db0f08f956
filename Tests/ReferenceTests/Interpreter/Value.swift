/// A value of the language, as plainly as it can be written down.
indirect enum Value: Hashable {
  case bool(Bool)
  case integer(Int64)
  /// Index of the case.
  case enumeration(Int)
  /// Identity over the whole spec.
  case agent(Int)
  case none
  case some(Value)
  case record([Value])
  /// Ascending, each element once.
  case set([Value])
  case sequence([Value])
  /// The value of each key, in ascending order of the keys.
  case map([Value])

  /// The set of these elements, in any order and number.
  static func set(of elements: some Sequence<Value>) -> Value { .set(Set(elements).sorted()) }

  /// The elements of a set or sequence, ascending or in order.
  var elements: [Value] {
    switch self {
    case .set(let elements), .sequence(let elements): elements
    default: preconditionFailure("\(self) has no elements")
    }
  }

  var integer: Int64 {
    guard case .integer(let value) = self else { preconditionFailure("\(self) is no integer") }
    return value
  }

  var truth: Bool {
    guard case .bool(let value) = self else { preconditionFailure("\(self) is no bool") }
    return value
  }

  var identity: Int {
    guard case .agent(let value) = self else { preconditionFailure("\(self) is no identity") }
    return value
  }
}

/// The order of `for` and of sends to a set: by number, by place of declaration, `none` first,
/// records by their first different field, sets as if their characteristic vectors were numbers,
/// sequences by length and then by their first different element.
extension Value: Comparable {
  static func < (a: Value, b: Value) -> Bool {
    switch (a, b) {
    case (.bool(let x), .bool(let y)): !x && y
    case (.integer(let x), .integer(let y)): x < y
    case (.enumeration(let x), .enumeration(let y)): x < y
    case (.agent(let x), .agent(let y)): x < y
    case (.none, .none): false
    case (.none, .some): true
    case (.some, .none): false
    case (.some(let x), .some(let y)): x < y
    case (.record(let x), .record(let y)), (.map(let x), .map(let y)):
      x.lexicographicallyPrecedes(y)
    case (.set(let x), .set(let y)): x.reversed().lexicographicallyPrecedes(y.reversed())
    case (.sequence(let x), .sequence(let y)):
      x.count == y.count ? x.lexicographicallyPrecedes(y) : x.count < y.count
    default: preconditionFailure("\(a) and \(b) have different types")
    }
  }
}
