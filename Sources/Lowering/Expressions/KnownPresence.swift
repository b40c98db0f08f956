import Semantics

/// What the left side of a connective proves about optionals: in `x != none and x! > 1` the
/// unwrapping on the right cannot fail. Holds inside one expression only, for nothing is assigned
/// there.
extension CodeLowering {
  /// Lowers the right side of a condition with what it proves when it is `outcome`.
  func knowing<Result>(
    _ condition: TypedExpression, is outcome: Bool, _ body: () -> Result
  ) -> Result {
    let outer = present
    present.formUnion(presences(condition, outcome))
    defer { present = outer }
    return body()
  }

  func isKnownPresent(_ optional: TypedExpression) -> Bool {
    optional.pathKey.map(present.contains) ?? false
  }

  /// The paths that are present where an expression has a value.
  private func presences(_ expression: TypedExpression, _ outcome: Bool) -> [String] {
    switch (expression.kind, outcome) {
    case (.notEqual(let a, let b), true), (.equal(let a, let b), false):
      if case .none = b.kind { return a.pathKey.map { [$0] } ?? [] }
      if case .none = a.kind { return b.pathKey.map { [$0] } ?? [] }
      return []
    case (.not(let operand), _): return presences(operand, !outcome)
    case (.connective(.and, let a, let b), true), (.connective(.or, let a, let b), false):
      return presences(a, outcome) + presences(b, outcome)
    case (.connective(.implies, let a, let b), false):
      return presences(a, true) + presences(b, false)
    default: return []
    }
  }
}

extension TypedExpression {
  /// Text that is equal for equal paths to a variable or local; nil for anything else.
  fileprivate var pathKey: String? {
    switch kind {
    case .local(let local): "l\(local.index)"
    case .variable(let variable, of: nil): "v\(variable.index)"
    case .variable(let variable, of: .some(let owner)):
      owner.pathKey.map { "v\(variable.index)(\($0))" }
    case .selfAgent: "self"
    case .sender: "sender"
    case .agent(let identity): "a\(identity)"
    case .integer(let value): "\(value)"
    case .boolean(let value): "\(value)"
    case .enumerationCase(let index): "e\(index)"
    case .field(let base, let field): base.pathKey.map { "\($0).\(field)" }
    case .lookup(let map, let key):
      map.pathKey.flatMap { map in key.pathKey.map { "\(map)[\($0)]" } }
    default: nil
    }
  }
}
