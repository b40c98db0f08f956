import Diagnostics

extension Parser {
  /// `monitor Approvals { var … on sent M(x) { … } }`.
  func parseMonitor() throws -> Declaration.Kind {
    advance()
    let name = try parseName("a monitor")
    var variables: [VariableSyntax] = []
    var rules: [MonitorRuleSyntax] = []
    try parseItems("after the name of the monitor") { parser in
      if let variable = try parser.parseVariableItem() {
        variables.append(variable)
      } else {
        rules.append(try parser.parseMonitorRule())
      }
    }
    return .monitor(name, variables, rules)
  }

  private func parseMonitorRule() throws -> MonitorRuleSyntax {
    let start = current
    guard take(.on) else { throw fail(.expectedMonitorRule(foundHere)) }
    let event = try parseEvent()
    let condition = try parseGuard()
    let heading = span(from: start)
    let body = try parseBlock("after the heading of the rule")
    return MonitorRuleSyntax(event: event, when: condition, body: body, span: heading)
  }

  private func parseEvent() throws -> MonitorRuleSyntax.Event {
    switch current.word {
    case .sent:
      advance()
      let message = try parseName("a message")
      let fields = try parsePatterns()
      let parties = try parseParties([.from, .to])
      return .sent(message, fields, from: parties[.from], to: parties[.to])
    case .received:
      advance()
      let message = try parseName("a message")
      let fields = try parsePatterns()
      let parties = try parseParties([.by, .from])
      return .received(message, fields, by: parties[.by], from: parties[.from])
    case .crash:
      advance()
      try expect(.of, "after `crash`")
      return .crash(try parseParty())
    default: throw fail(.expectedEvent(found))
    }
  }

  /// `from s to r`, in any order.
  private func parseParties(_ words: [Word]) throws -> [Word: PartyPattern] {
    var parties: [Word: PartyPattern] = [:]
    while let word = current.word, words.contains(word), parties[word] == nil {
      advance()
      parties[word] = try parseParty()
    }
    return parties
  }
}
