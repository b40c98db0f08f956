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
    var value: Expression?
    if !current.startsLine, take(.default) { value = try parseExpression() }
    return DecisionSyntax(
      name: name, type: type, defaultValue: value, documentation: documentation)
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
      } else {
        clauses.append(try parser.parseExpression())
      }
    }
    return .claims(ClaimsSyntax(agent: agent, decided: decided, clauses: clauses))
  }
}
