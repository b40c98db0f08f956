import Diagnostics
import Syntax

extension Program {
  /// Gives every agent its identities; false where their number depends on itself. A family whose
  /// size is wrong has one member, so that the rest can be looked at.
  func layOutAgents(at span: Span) -> Bool {
    resolve(\.layout, "the number of agents", at: span) {
      layOut()
      return true
    } ?? false
  }

  private func layOut() {
    var first = 0
    var placed: [AgentDeclaration] = []
    for agent in declared.agents {
      let count = familyCount(agent.syntax) ?? 1
      placed.append(
        AgentDeclaration(
          name: agent.syntax.name.text, first: first, count: count,
          isFamily: agent.syntax.count != nil, isEnvironment: agent.syntax.isEnvironment,
          variables: [], rules: [], documentation: agent.documentation, span: agent.syntax.span))
      first += count
    }
    spec.agents = placed
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
