import Diagnostics
import Syntax

public struct Local: Sendable {
  public let name: String
  public let type: Type
  public let span: Span
  public init(name: String, type: Type, span: Span) {
    self.name = name
    self.type = type
    self.span = span
  }
}

/// A variable that is part of the state.
public struct Variable: Sendable {
  public enum Owner: Hashable, Sendable {
    /// One copy for each member.
    case agent(AgentID)
    case shared
    case monitor(MonitorID)
  }
  /// How it starts. Initialisers are evaluated in order: shared variables, then each identity's in
  /// order of declaration, then monitors'; they may read constants, `self`, and variables before
  /// them that are shared or of the same owner.
  public enum Initializer: Sendable {
    case value(TypedExpression)
    /// Any value of the type that satisfies the filter, which may read this variable itself.
    case any(where: TypedExpression?)
  }
  public let name: String
  public let owner: Owner
  public let type: Type
  public let initializer: Initializer
  /// `input`: never assigned, kept by a recovery.
  public let isInput: Bool
  public let isDurable: Bool
  public let documentation: String?
  public let span: Span
  public init(
    name: String, owner: Owner, type: Type, initializer: Initializer, isInput: Bool,
    isDurable: Bool, documentation: String?, span: Span
  ) {
    self.name = name
    self.owner = owner
    self.type = type
    self.initializer = initializer
    self.isInput = isInput
    self.isDurable = isDurable
    self.documentation = documentation
    self.span = span
  }
}

public struct MessageType: Sendable {
  public let name: String
  public let fields: [Field]
  /// Declared `fifo`; under `network fifo` every type is.
  public let isFIFO: Bool
  public let span: Span
  public init(name: String, fields: [Field], isFIFO: Bool, span: Span) {
    self.name = name
    self.fields = fields
    self.isFIFO = isFIFO
    self.span = span
  }
}

public struct Function: Sendable {
  public let name: String
  public let parameters: [LocalID]
  /// Converted to the result type.
  public let body: TypedExpression
  public init(name: String, parameters: [LocalID], body: TypedExpression) {
    self.name = name
    self.parameters = parameters
    self.body = body
  }
}

/// A rule of an agent.
public struct Rule: Sendable {
  public enum Kind: Sendable {
    case start
    case recover
    case message(TypedMessagePattern)
    case step(name: String, when: TypedExpression?, unfair: Bool)
    case run
  }
  public let kind: Kind
  public let body: [TypedStatement]
  public let documentation: String?
  public let span: Span
  public init(kind: Kind, body: [TypedStatement], documentation: String?, span: Span) {
    self.kind = kind
    self.body = body
    self.documentation = documentation
    self.span = span
  }
}

/// A single agent (count 1, `isFamily` false), a family, or an environment.
public struct AgentDeclaration: Sendable {
  public let name: String
  /// Identity of the first member over the whole spec.
  public let first: Int
  public let count: Int
  public let isFamily: Bool
  public let isEnvironment: Bool
  public let variables: [VariableID]
  /// In order of declaration; at most one `start`, `recover` and `run` each.
  public let rules: [Rule]
  public let documentation: String?
  public let span: Span
  public init(
    name: String, first: Int, count: Int, isFamily: Bool, isEnvironment: Bool,
    variables: [VariableID], rules: [Rule], documentation: String?, span: Span
  ) {
    self.name = name
    self.first = first
    self.count = count
    self.isFamily = isFamily
    self.isEnvironment = isEnvironment
    self.variables = variables
    self.rules = rules
    self.documentation = documentation
    self.span = span
  }
}

public struct MonitorRule: Sendable {
  public enum Event: Sendable {
    case sent(MessageID, [FieldPattern], from: PartyFilter?, to: PartyFilter?)
    case received(MessageID, [FieldPattern], by: PartyFilter?, from: PartyFilter?)
    case crash(of: PartyFilter)
  }
  public let event: Event
  public let when: TypedExpression?
  public let body: [TypedStatement]
  public let span: Span
  public init(event: Event, when: TypedExpression?, body: [TypedStatement], span: Span) {
    self.event = event
    self.when = when
    self.body = body
    self.span = span
  }
}

public struct Monitor: Sendable {
  public let name: String
  public let variables: [VariableID]
  public let rules: [MonitorRule]
  public let span: Span
  public init(name: String, variables: [VariableID], rules: [MonitorRule], span: Span) {
    self.name = name
    self.variables = variables
    self.rules = rules
    self.span = span
  }
}

public struct Network: Sendable {
  public let isFIFO: Bool
  public let capacity: Int?
  public init(isFIFO: Bool, capacity: Int?) {
    self.isFIFO = isFIFO
    self.capacity = capacity
  }
}

public struct Fault: Sendable {
  public enum Kind: Sendable {
    /// Identities are those of the named declaration, or of all that are no environments.
    case crash(upTo: Int, of: [Int], partialSends: Bool, recovery: Bool)
    case byzantine(upTo: Int, of: [Int])
    /// Nil budget: any number of times. The types it may strike are listed in full.
    case lose(upTo: Int?, messages: [MessageID])
    case duplicate(upTo: Int?, messages: [MessageID])
  }
  public let kind: Kind
  public let span: Span
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

public struct Property: Sendable {
  public enum Kind: Sendable {
    /// `always p`, p a state predicate.
    case invariant(TypedExpression)
    /// `can p`.
    case reachability(TypedExpression)
    /// `always can p`.
    case resettability(TypedExpression)
    /// May speak of what is possible at each state (`can` inside).
    case linear(Formula)
    /// `always` or `can` of a formula that is judged at single states, with `can` inside.
    case branching(Formula)
    case valence(Decision)
    /// Parsed, not checked by this version; the words say what it is.
    case unsupported(String)
  }
  public let name: String
  public let kind: Kind
  public let documentation: String?
  public let span: Span
  public init(name: String, kind: Kind, documentation: String?, span: Span) {
    self.name = name
    self.kind = kind
    self.documentation = documentation
    self.span = span
  }
}

/// What `valence of e` looks at: the values that may be decided, and when each of them is.
public struct Decision: Sendable {
  /// As it was written.
  public let text: String
  /// At most 64, in the order of the type.
  public let values: [(text: String, isDecided: TypedExpression)]
  public init(text: String, values: [(text: String, isDecided: TypedExpression)]) {
    self.text = text
    self.values = values
  }
}

/// The checks that every run makes without a formula.
public enum BuiltinCheck: String, Sendable, CaseIterable {
  case deadlock, assertion, evaluation, unbounded, orphan
}

/// A scenario with its expected results.
public struct Check: Sendable {
  public enum Outcome: Sendable, Hashable { case holds, fails }
  /// Nil for the check that a file without any stands for.
  public let name: String?
  public let properties: [(property: String, outcome: Outcome, span: Span)]
  /// Built-in checks that must occur.
  public let expected: [(builtin: BuiltinCheck, span: Span)]
  public let allowed: Set<BuiltinCheck>
  /// `forbid orphan`.
  public let forbidden: Set<BuiltinCheck>
  public let states: Int?
  public let transitions: Int?
  public let span: Span?
  public init(
    name: String?, properties: [(property: String, outcome: Outcome, span: Span)],
    expected: [(builtin: BuiltinCheck, span: Span)], allowed: Set<BuiltinCheck>,
    forbidden: Set<BuiltinCheck>, states: Int?, transitions: Int?, span: Span?
  ) {
    self.name = name
    self.properties = properties
    self.expected = expected
    self.allowed = allowed
    self.forbidden = forbidden
    self.states = states
    self.transitions = transitions
    self.span = span
  }
}

/// A spec for one check and one choice of parameters: names resolved, types and sizes fixed.
public struct TypedSpec: Sendable {
  public var name = ""
  public var documentation: String?
  /// The values of the parameters in force, as a reader would write them.
  public var parameters: [(name: String, value: String)] = []
  /// The types of the parameters, in the same order.
  public var parameterTypes: [Type] = []
  public var enumerations: [EnumerationType] = []
  public var records: [RecordType] = []
  public var messages: [MessageType] = []
  public var functions: [Function] = []
  public var locals: [Local] = []
  public var variables: [Variable] = []
  public var agents: [AgentDeclaration] = []
  public var monitors: [Monitor] = []
  public var network = Network(isFIFO: false, capacity: nil)
  public var faults: [Fault] = []
  public var properties: [Property] = []
  /// As it was written: what `coherent` and `commit` are about.
  public var prompt: PromptSyntax?
  public var commitments: [Commitment] = []
  public var check: Check

  public init(check: Check) { self.check = check }

  /// Number of identities.
  public var agentCount: Int { agents.reduce(0) { $0 + $1.count } }

  /// The name of an identity: `Merger`, `Node[2]`.
  public func name(ofAgent identity: Int) -> String {
    for agent in agents where identity >= agent.first && identity < agent.first + agent.count {
      return agent.isFamily ? "\(agent.name)[\(identity - agent.first)]" : agent.name
    }
    return "Agent[\(identity)]"
  }

  /// The declaration an identity belongs to.
  public func declaration(ofAgent identity: Int) -> AgentID {
    AgentID(agents.lastIndex { $0.first <= identity && $0.count > 0 } ?? 0)
  }
}
