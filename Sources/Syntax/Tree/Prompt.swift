import Diagnostics

/// `decision storage: { sqlite, postgres } default postgres`.
public struct DecisionSyntax: Sendable {
  public let name: Name
  public let type: TypeSyntax
  public let defaultValue: Expression?
  public let documentation: String?
  public init(
    name: Name, type: TypeSyntax, defaultValue: Expression?, documentation: String?
  ) {
    self.name = name
    self.type = type
    self.defaultValue = defaultValue
    self.documentation = documentation
  }
}

/// `prompt App "an app" { decision …; require … }`.
public struct PromptSyntax: Sendable {
  public let name: Name
  public let text: String?
  public let decisions: [DecisionSyntax]
  public let requirements: [Expression]
  public init(
    name: Name, text: String?, decisions: [DecisionSyntax], requirements: [Expression]
  ) {
    self.name = name
    self.text = text
    self.decisions = decisions
    self.requirements = requirements
  }
}

/// `claims of Backend { decides storage; storage != files }`.
public struct ClaimsSyntax: Sendable {
  public let agent: Name
  public let decided: [Name]
  public let clauses: [Expression]
  public init(agent: Name, decided: [Name], clauses: [Expression]) {
    self.agent = agent
    self.decided = decided
    self.clauses = clauses
  }
}
