import Diagnostics

extension Parser {
  /// An expression or a formula.
  func parseExpression() throws -> Expression { try parseOperators(above: .none) }

  /// Operands with the operators that bind tighter than `floor` between them.
  func parseOperators(above floor: Precedence) throws -> Expression {
    try descend()
    let heightOutside = height
    height = 0
    defer {
      depth -= 1
      height = max(heightOutside, height)
    }
    let start = current
    var left = try parsePrefix()
    var infixLast: Infix?
    while let infix = infixHere(above: floor) {
      takeInfix(infix)
      let right = try parseRight(of: infix, left: left, start: start)
      if infixLast?.precedence == infix.precedence { reportChain(infix, left: left, right: right) }
      infixLast = infix
      left = right
      try grow()
    }
    if current.text == "is", current.isName, !current.startsLine {
      throw fail(.foreignOperator(current.span, "is", meant: "=="))
    }
    if floor < .none.tighter, at(.question), !current.startsLine {
      return try parseTernary(left, start: start)
    }
    return left
  }

  private func parseRight(
    of infix: Infix, left: Expression, start: Token
  ) throws -> Expression {
    if infix == .binary(.in), at(.flight), case .name(let message) = left.kind {
      advance()
      return Expression(.inFlight(Name(message, left.span)), span(from: start))
    }
    let precedence = infix.precedence
    let floor = infix.isRightAssociative ? Precedence(rawValue: precedence.rawValue - 1) : nil
    let right = try parseOperators(above: floor ?? precedence)
    let span = span(from: start)
    switch infix {
    case .binary(let binary): return Expression(.binary(binary, left, right), span)
    case .range: return Expression(.range(left, right), span)
    case .until: return Expression(.until(left, right), span)
    case .leadsTo: return Expression(.leadsTo(left, right), span)
    }
  }

  /// The operator here, if it binds tighter than `floor`; slips count as what they mean.
  private func infixHere(above floor: Precedence) -> Infix? {
    guard let infix = infixHere, infix.precedence > floor else { return nil }
    return infix
  }

  private var infixHere: Infix? {
    if case .symbol(let symbol) = current.kind { return infix(symbol) }
    switch current.word {
    case .until: return .until
    case .leads: return peek().word == .to ? .leadsTo : nil
    case .not: return peek().word == .in && !current.startsLine ? .binary(.in) : nil
    case .iff, .implies, .or, .and, .in, .union, .minus, .intersect:
      return BinaryOperator(rawValue: current.text).map { .binary($0) }
    default: return nil
    }
  }

  private func infix(_ symbol: Symbol) -> Infix? {
    switch symbol {
    case .dotDot, .ellipsis, .halfOpen: return .range
    case .andAnd, .ampersand: return .binary(.and)
    case .orOr, .bar: return .binary(.or)
    case .strictEqual: return .binary(.equal)
    case .strictNotEqual, .angles: return .binary(.notEqual)
    case .fatArrow, .arrow: return .binary(.implies)
    case .assign: return current.startsLine ? nil : .binary(.equal)
    default: return BinaryOperator(rawValue: symbol.rawValue).map { .binary($0) }
    }
  }

  /// Takes an operator, and says so where it is spelt otherwise here.
  private func takeInfix(_ infix: Infix) {
    let token = advance()
    switch infix {
    case .leadsTo: advance()
    case .range: if token.text != ".." { report(.foreignRange(token)) }
    case .until: break
    case .binary(let binary):
      if token.word == .not {
        report(.notIn(token.span.union(advance().span)))
      } else if token.kind == .symbol(.assign) {
        report(.assignmentInExpression(token.span))
      } else if token.text != binary.rawValue {
        report(.foreignOperator(token.span, token.text, meant: binary.rawValue))
      }
    }
  }

  func takeRangeOperator() -> Bool {
    guard infixHere == .range else { return false }
    takeInfix(.range)
    return true
  }

  /// `a < b < c` and `1..2..3` have no meaning.
  private func reportChain(_ infix: Infix, left: Expression, right whole: Expression) {
    if infix == .range { report(.rangeChain(whole.span)) }
    guard infix.precedence == .comparison, case .binary(_, _, let middle) = left.kind else {
      return
    }
    let end = Span(file: file, start: middle.span.end, end: middle.span.end)
    report(.comparisonChain(whole.span, middle: sources.text(of: middle.span), at: end))
  }
}
