import Diagnostics

// Prompts, and what agents claim about them.
extension Parser {
  func parsePrompt() throws -> Declaration.Kind {
    advance()
    let name = try parseName("a prompt")
    var text: String?
    if case .string(let words) = current.kind, !current.startsLine {
      advance()
      text = words
    }
    var decisions: [DecisionSyntax] = []
    var requirements: [Expression] = []
    try parseItems("after the name of the prompt") { parser in
      let documentation = parser.documentationHere
      if parser.take(.decision) {
        decisions.append(try parser.parseDecision(documentation))
      } else if parser.take(.require) {
        requirements.append(try parser.parseExpression())
      } else {
        throw parser.fail(.expectedPromptItem(parser.foundHere))
      }
    }
    return .prompt(
      PromptSyntax(name: name, text: text, decisions: decisions, requirements: requirements))
  }

  private func parseDecision(_ documentation: String?) throws -> DecisionSyntax {
    let name = try parseName("a decision")
    guard take(.colon) else { throw fail(.missingDecisionType(found, name: name)) }
    let type = try parseType()
    if at(.bar), !current.startsLine, case .named(let first) = type.kind {
      throw fail(.foreignForm(current.span, "|", meant: alternatives(first)))
    }
    var value: Expression?
    if !current.startsLine, take(.default) { value = try parseExpression() }
    return DecisionSyntax(
      name: name, type: type, defaultValue: value, documentation: documentation)
  }

  /// `{ a, b }` for `a | b`, of which the first name has been taken.
  private func alternatives(_ first: String) -> String {
    var names = [first]
    var place = index
    while tokens[place].kind == .symbol(.bar), tokens[place + 1].isName {
      names.append(tokens[place + 1].text)
      place += 2
    }
    return "{ \(names.joined(separator: ", ")) }"
  }

  func parseClaims() throws -> Declaration.Kind {
    advance()
    try expect(.of, "after `claims`")
    let agent = try parseName("an agent")
    var decided: [Name] = []
    var clauses: [Expression] = []
    try parseItems("after the agent whose claims these are") { parser in
      if parser.at(.decides), parser.peek().isName, !parser.peek().startsLine {
        repeat {
          parser.advance()
          decided.append(try parser.parseName("a decision"))
        } while parser.at(.comma)
      } else if parser.current.text == "decide", parser.peek().isName, !parser.peek().startsLine {
        let span = parser.current.span
        throw parser.fail(.foreignForm(span, "decide", meant: "decides \(parser.peek().text)"))
      } else {
        clauses.append(try parser.parseExpression())
      }
    }
    return .claims(ClaimsSyntax(agent: agent, decided: decided, clauses: clauses))
  }
}
