import Diagnostics
import Syntax

extension Program {
  /// Gives every agent its identities; false after an error, which is reported once.
  func layOutAgents(at span: Span) -> Bool {
    resolve(\.layout, "the number of agents", at: span) { layOut() } ?? false
  }

  private func layOut() -> Bool {
    var first = 0
    var placed: [AgentDeclaration] = []
    var isRight = true
    for agent in declared.agents {
      let count = familyCount(agent.syntax)
      if count == nil { isRight = false }
      placed.append(
        AgentDeclaration(
          name: agent.syntax.name.text, first: first, count: count ?? 1,
          isFamily: agent.syntax.count != nil, isEnvironment: agent.syntax.isEnvironment,
          variables: [], rules: [], documentation: agent.documentation, span: agent.syntax.span))
      first += count ?? 1
    }
    spec.agents = placed
    return isRight
  }

  private func familyCount(_ agent: AgentSyntax) -> Int? {
    guard let expression = agent.count else { return 1 }
    guard let count = constantInteger(expression) else { return nil }
    guard (1...familyCountMax).contains(count) else {
      report(
        .sizeOutOfLimits(
          "The size of the family `\(agent.name.text)`", count, 1...familyCountMax,
          at: expression.span))
      return nil
    }
    return Int(count)
  }
}
