import Diagnostics

extension Parser {
  /// `check name { N = 3; faults { … }; expect p, q fails }`.
  func parseCheck() throws -> Declaration.Kind {
    advance()
    let name = try parseName("a check")
    var items: [CheckItemSyntax] = []
    try parseItems("after the name of the check") { items += try $0.parseCheckItem() }
    return .check(name, items)
  }

  private func parseCheckItem() throws -> [CheckItemSyntax] {
    let start = current
    if current.isName, isSetting(peek()) { return [try parseSetting()] }
    switch current.word {
    case .faults:
      advance()
      let heading = span(from: start)
      return [CheckItemSyntax(.faults(try parseFaults()), heading)]
    case .network:
      advance()
      let network = try parseNetwork()
      return [CheckItemSyntax(.network(network), span(from: start))]
    case .expect:
      advance()
      return try parseExpectations()
    case .allow:
      advance()
      return try parseNames { CheckItemSyntax(.allow($0), $0.span) }
    case .forbid:
      advance()
      return try parseNames { CheckItemSyntax(.forbid($0), $0.span) }
    default: throw fail(.expectedCheckItem(foundHere))
    }
  }

  private func isSetting(_ token: Token) -> Bool {
    [.symbol(.assign), .symbol(.colonAssign), .symbol(.equal)].contains(token.kind)
  }

  private func parseSetting() throws -> CheckItemSyntax {
    let start = current
    let name = try parseName("a parameter")
    try expectAssign("of the setting")
    let value = try parseExpression()
    return CheckItemSyntax(.set(name, value), span(from: start))
  }

  private func parseNames(
    _ item: (Name) -> CheckItemSyntax
  ) throws -> [CheckItemSyntax] {
    var items: [CheckItemSyntax] = []
    repeat {
      items.append(item(try parseName("what may go wrong")))
    } while take(.comma) && !endsList
    return items
  }

  /// Whether a comma before here ended its list.
  private var endsList: Bool { atEnd || at(.semicolon) || at(.rightBrace) }

  /// `p, q fails, 288 states, 1145 transitions`; counts side by side become one item.
  private func parseExpectations() throws -> [CheckItemSyntax] {
    var items: [CheckItemSyntax] = []
    repeat {
      if case .integer = current.kind {
        items.append(try parseCounts())
      } else {
        items.append(try parseExpectation())
      }
    } while take(.comma) && !endsList
    return items
  }

  private func parseExpectation() throws -> CheckItemSyntax {
    let start = current
    let name = try parseName("a property")
    let fails = take(.fails)
    if !atBoundary, !fails, foreignOutcomes.contains(current.text) {
      throw fail(.foreignKeyword(current.span, current.text, meant: "fails"))
    }
    return CheckItemSyntax(.expect(name, fails: fails), span(from: start))
  }

  private func parseCounts() throws -> CheckItemSyntax {
    let start = current
    var states: Int?
    var transitions: Int?
    try parseCount(&states, &transitions)
    while at(.comma), case .integer = peek().kind {
      advance()
      try parseCount(&states, &transitions)
    }
    return CheckItemSyntax(.counts(states: states, transitions: transitions), span(from: start))
  }

  private func parseCount(_ states: inout Int?, _ transitions: inout Int?) throws {
    let number = advance()
    guard case .integer(let magnitude) = number.kind, let value = Int(exactly: magnitude) else {
      throw fail(.integerTooLarge(number.span))
    }
    if at(.states) || current.text == "state" {
      states = value
    } else if at(.transitions) || current.text == "transition" {
      transitions = value
    } else {
      throw fail(.expectedUnit(found, number: number.text))
    }
    advance()
  }
}

/// Words for a property that does not hold, `to` of "to fail" among them.
private let foreignOutcomes: Set<String> = [
  "violated", "violates", "fail", "failed", "failing", "false", "to", "not", "broken", "breaks",
]
