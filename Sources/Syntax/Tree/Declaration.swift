import Diagnostics

/// `var x: T = e`, `durable var`, `input x: T`, `shared var`.
public struct VariableSyntax: Sendable {
  public enum Storage: String, Sendable { case `var`, durable, input }
  public enum Initializer: Sendable {
    /// The type's default.
    case none
    case value(Expression)
    /// `= any`, `= any where p`; also what `input x: T where p` means.
    case any(where: Expression?)
  }
  public let storage: Storage
  public let name: Name
  public let type: TypeSyntax
  public let initializer: Initializer
  public let documentation: String?
  public let span: Span
  public init(
    storage: Storage, name: Name, type: TypeSyntax, initializer: Initializer,
    documentation: String?, span: Span
  ) {
    self.storage = storage
    self.name = name
    self.type = type
    self.initializer = initializer
    self.documentation = documentation
    self.span = span
  }
}

/// `name: T`, of records, messages, functions and choreography roles.
public struct FieldSyntax: Sendable {
  public let name: Name
  public let type: TypeSyntax
  public init(name: Name, type: TypeSyntax) {
    self.name = name
    self.type = type
  }
}

/// A rule of an agent or environment.
public struct RuleSyntax: Sendable {
  public enum Kind: Sendable {
    case start
    case recover
    case message(MessagePattern)
    case step(Name, when: Expression?, unfair: Bool)
    case run
  }
  public let kind: Kind
  public let body: [Statement]
  public let documentation: String?
  /// The heading, `on Patch(r) from author when g`.
  public let span: Span
  public init(kind: Kind, body: [Statement], documentation: String?, span: Span) {
    self.kind = kind
    self.body = body
    self.documentation = documentation
    self.span = span
  }
}

public struct AgentSyntax: Sendable {
  public let name: Name
  /// The size of a family, `agent Node[N]`.
  public let count: Expression?
  public let isEnvironment: Bool
  /// `follows Review.c`.
  public let follows: (choreography: Name, role: Name)?
  public let variables: [VariableSyntax]
  public let rules: [RuleSyntax]
  public let span: Span
  public init(
    name: Name, count: Expression?, isEnvironment: Bool,
    follows: (choreography: Name, role: Name)?, variables: [VariableSyntax], rules: [RuleSyntax],
    span: Span
  ) {
    self.name = name
    self.count = count
    self.isEnvironment = isEnvironment
    self.follows = follows
    self.variables = variables
    self.rules = rules
    self.span = span
  }
}

/// A rule of a monitor.
public struct MonitorRuleSyntax: Sendable {
  public enum Event: Sendable {
    /// `on sent M(x) from s to r`.
    case sent(Name, [Pattern]?, from: PartyPattern?, to: PartyPattern?)
    /// `on received M(x) by r from s`.
    case received(Name, [Pattern]?, by: PartyPattern?, from: PartyPattern?)
    /// `on crash of n`.
    case crash(PartyPattern)
  }
  public let event: Event
  public let when: Expression?
  public let body: [Statement]
  public let span: Span
  public init(event: Event, when: Expression?, body: [Statement], span: Span) {
    self.event = event
    self.when = when
    self.body = body
    self.span = span
  }
}

public enum NetworkSyntax: Sendable {
  case unordered(capacity: Expression?)
  case fifo(capacity: Expression?)
}

public struct FaultSyntax: Sendable {
  public enum Kind: Sendable {
    case crash(upTo: Expression, of: Name, partialSends: Bool, recovery: Bool)
    case byzantine(upTo: Expression, of: Name)
    /// Nil budget: any number of times. Empty messages: every type.
    case lose(upTo: Expression?, messages: [Name])
    case duplicate(upTo: Expression?, messages: [Name])
  }
  public let kind: Kind
  public let span: Span
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// One line of a `check`.
public struct CheckItemSyntax: Sendable {
  public enum Kind: Sendable {
    case set(Name, Expression)
    case faults([FaultSyntax])
    case network(NetworkSyntax)
    /// `expect p`, `expect p fails`; built-in checks by name too.
    case expect(Name, fails: Bool)
    /// `expect 288 states, 1145 transitions`.
    case counts(states: Int?, transitions: Int?)
    case allow(Name)
    case forbid(Name)
  }
  public let kind: Kind
  public let span: Span
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// A part of the language whose meaning is not in this version: kept by its heading, so that the
/// program can refuse it by name.
public struct UnsupportedSyntax: Sendable {
  /// `choreography`.
  public let keyword: String
  public let span: Span
  public init(keyword: String, span: Span) {
    self.keyword = keyword
    self.span = span
  }
}

public struct Declaration: Sendable {
  public enum Kind: Sendable {
    case `import`(path: String)
    case parameter(Name, type: TypeSyntax, default: Expression)
    case constant(Name, Expression)
    case type(Name, TypeSyntax)
    case enumeration(Name, [Name])
    case record(Name, [FieldSyntax])
    case function(Name, [FieldSyntax], result: TypeSyntax, Expression)
    case message(Name, [FieldSyntax], isFIFO: Bool)
    case agent(AgentSyntax)
    case monitor(Name, [VariableSyntax], [MonitorRuleSyntax])
    case shared(VariableSyntax)
    case network(NetworkSyntax)
    case faults([FaultSyntax])
    /// The formula; `conforms to X` and `valence of e` are below.
    case property(Name, Expression)
    /// `valence of e`.
    case valenceProperty(Name, Expression)
    case unsupportedProperty(Name, keyword: String)
    case check(Name, [CheckItemSyntax])
    case prompt(PromptSyntax)
    case claims(ClaimsSyntax)
    case unsupported(UnsupportedSyntax)
  }
  public let kind: Kind
  /// Text of the `///` lines above, without the slashes; lines joined by a line feed.
  public let documentation: String?
  public let span: Span
  public init(_ kind: Kind, documentation: String?, span: Span) {
    self.kind = kind
    self.documentation = documentation
    self.span = span
  }
}

/// One parsed file.
public struct FileSyntax: Sendable {
  public let file: FileID
  public let workflow: Name?
  public let documentation: String?
  public let declarations: [Declaration]
  public init(file: FileID, workflow: Name?, documentation: String?, declarations: [Declaration]) {
    self.file = file
    self.workflow = workflow
    self.documentation = documentation
    self.declarations = declarations
  }
}
