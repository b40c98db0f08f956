import Diagnostics

extension Parser {
  /// A type; `?` after it makes it optional and binds tighter than `set of`.
  func parseType() throws -> TypeSyntax {
    try descend()
    defer { depth -= 1 }
    let start = current
    var type = try parseTypeHead()
    var marks = 0
    while at(.question), !current.startsLine {
      marks += 1
      guard marks + depth < Self.nestingMax else { throw fail(.expectedType(found)) }
      advance()
      type = TypeSyntax(.optional(type), span(from: start))
    }
    return type
  }

  private func parseTypeHead() throws -> TypeSyntax {
    let start = current
    if at(.leftBrace) {
      let names = try parseLines("around the values of this type") { try $0.parseName("a value") }
      return TypeSyntax(.enumeration(names), span(from: start))
    }
    if at(.leftParen), !parenthesisBeginsRange { return try parseTypeInParentheses() }
    if current.isName {
      if at(.set), peek().word == .of { return try parseSetType() }
      if at(.seq), peek().word == .of { return try parseSequenceType() }
      if at(.map), peek().kind == .symbol(.leftBracket) { return try parseMapType() }
      if let meant = foreignType {
        let found = peek().word == .of ? current : peek()
        throw fail(.foreignForm(found.span, found.text, meant: meant))
      }
      if !beginsRange(peek()) {
        advance()
        return TypeSyntax(.named(start.text), start.span)
      }
    }
    return try parseRangeType()
  }

  /// What `Map<K, V>`, `List<T>` or `list of T` is called here.
  private var foreignType: String? {
    let next = peek()
    guard !next.startsLine,
      next.kind == .symbol(.less) || next.kind == .symbol(.leftBracket) || next.word == .of
    else { return nil }
    switch current.text.lowercased() {
    case "map", "dict", "dictionary", "hashmap": return "map[K] of T"
    case "set", "hashset": return "set of T"
    case "seq", "list", "array", "vec", "vector", "sequence": return "seq of T up to 4"
    case "option", "optional", "maybe": return "T?"
    default: return nil
    }
  }

  private func beginsRange(_ token: Token) -> Bool {
    guard !token.startsLine, case .symbol(let symbol) = token.kind else { return false }
    switch symbol {
    case .dotDot, .ellipsis, .halfOpen, .plus, .minus, .star, .slash, .percent, .leftParen,
      .leftBracket, .dot:
      return true
    default: return false
    }
  }

  /// Whether the parenthesis here belongs to the lower bound of a range.
  private var parenthesisBeginsRange: Bool {
    var open = 0
    var position = index
    while position < tokens.count {
      if tokens[position].kind == .symbol(.leftParen) { open += 1 }
      if tokens[position].kind == .symbol(.rightParen) { open -= 1 }
      position += 1
      if open == 0 { break }
    }
    return position < tokens.count && beginsRange(tokens[position])
  }

  private func parseTypeInParentheses() throws -> TypeSyntax {
    let opening = advance()
    let type = try parseType()
    try expect(.rightParen, "after the type", opening: opening)
    return type
  }

  private func parseSetType() throws -> TypeSyntax {
    let start = advance()
    advance()
    let element = try parseType()
    return TypeSyntax(.set(element), span(from: start))
  }

  private func parseSequenceType() throws -> TypeSyntax {
    let start = advance()
    advance()
    let element = try parseType()
    guard take(.up) else { throw fail(.missingCapacity(gap)) }
    try expect(.to, "after `up`")
    let capacity = try parseBound()
    return TypeSyntax(.sequence(element, capacity: capacity), span(from: start))
  }

  private func parseMapType() throws -> TypeSyntax {
    let start = advance()
    roles[index] = .postfix
    let opening = advance()
    let key = try parseType()
    try expect(.rightBracket, "after the key type", opening: opening)
    try expect(.of, "between the key type and the value type of a map")
    let value = try parseType()
    return TypeSyntax(.map(key: key, value: value), span(from: start))
  }

  private func parseRangeType() throws -> TypeSyntax {
    let start = current
    guard !atBoundary, startsExpression(current), current.word?.isReserved != true else {
      throw fail(.expectedType(found))
    }
    let lower = try parseBound()
    guard takeRangeOperator() else { throw fail(.expectedType(found)) }
    let upper = try parseBound()
    return TypeSyntax(.range(lower, upper), span(from: start))
  }

  /// A number that may be computed: an end of a range, a budget, a capacity.
  func parseBound() throws -> Expression { try parseOperators(above: .range) }
}
