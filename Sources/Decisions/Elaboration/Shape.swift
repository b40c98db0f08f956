/// The type of a decision or of a value in a clause: scalars, and what is made of finitely many.
indirect enum Shape: Hashable, Sendable {
  case scalar(ScalarSort)
  /// Of a sort with few values: one bool for each.
  case set(ScalarSort)
  /// Index of a record declaration.
  case record(Int)
  /// A function of a small domain: one value for each key.
  case map(key: ScalarSort, value: Shape)

  static let bool = Shape.scalar(.bool)
  static let integer = Shape.scalar(.integer(nil))
}

/// A value as the terms of its scalars, in order.
struct ShapedTerm {
  let shape: Shape
  let terms: [Term]

  init(_ shape: Shape, _ terms: [Term]) {
    self.shape = shape
    self.terms = terms
  }

  init(_ sort: ScalarSort, _ term: Term) { self.init(.scalar(sort), [term]) }

  var scalar: (sort: ScalarSort, term: Term)? {
    if case .scalar(let sort) = shape { (sort, terms[0]) } else { nil }
  }
}

extension Shape {
  /// Equal but for the bounds of integers.
  func matches(_ other: Shape) -> Bool {
    switch (self, other) {
    case (.scalar(.integer), .scalar(.integer)): true
    case (.map(let key, let value), .map(let otherKey, let otherValue)):
      key == otherKey && value.matches(otherValue)
    default: self == other
    }
  }
}
