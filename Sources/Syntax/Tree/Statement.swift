import Diagnostics

/// What a message, an argument of it, must look like: `x`, `_`, or a constant expression.
public struct Pattern: Sendable {
  public enum Kind: Sendable {
    case wildcard
    /// A plain name: binds, unless it names a constant or enum value in scope.
    case name(Name)
    /// Any other expression: the field must be equal to it.
    case expression(Expression)
  }
  public let kind: Kind
  public let span: Span
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// `from s`, `from s: Node`, `from Planner`, and likewise `to r`, `by r`.
public struct PartyPattern: Sendable {
  /// The name that binds, or names an agent; semantics decides which.
  public let name: Name
  public let type: TypeSyntax?
  /// `from Node[2]`: an expression that must be equal to the identity; `name` is its head.
  public let identity: Expression?
  public init(name: Name, type: TypeSyntax?, identity: Expression?) {
    self.name = name
    self.type = type
    self.identity = identity
  }
}

/// `M(x, _, yes) from s when g`.
public struct MessagePattern: Sendable {
  public let message: Name
  /// Nil where no parentheses were written: any fields.
  public let fields: [Pattern]?
  public let sender: PartyPattern?
  public let guardExpression: Expression?
  public let span: Span
  public init(
    message: Name, fields: [Pattern]?, sender: PartyPattern?, guardExpression: Expression?,
    span: Span
  ) {
    self.message = message
    self.fields = fields
    self.sender = sender
    self.guardExpression = guardExpression
    self.span = span
  }
}

public enum AssignmentOperator: String, Sendable {
  case set = "="
  case add = "+="
  case subtract = "-="
  case multiply = "*="
  case divide = "/="
  case remainder = "%="
}

public enum ChoiceKind: String, Sendable { case choose, ask, flip }

public struct MatchCase: Sendable {
  public let values: [Expression]
  public let body: [Statement]
  public let span: Span
  public init(values: [Expression], body: [Statement], span: Span) {
    self.values = values
    self.body = body
    self.span = span
  }
}

public struct ReceiveCase: Sendable {
  public let pattern: MessagePattern
  public let body: [Statement]
  public init(pattern: MessagePattern, body: [Statement]) {
    self.pattern = pattern
    self.body = body
  }
}

/// A statement of a rule or of a `run`.
public struct Statement: Sendable {
  public indirect enum Kind: Sendable {
    /// The target is a name, `.member` or `.index` of one.
    case assign(Expression, AssignmentOperator, Expression)
    case `let`(Name, Expression)
    /// `var x: T = e` in a body; the initialiser may be left out where the type has a default.
    case `var`(Name, TypeSyntax, Expression?)
    case `if`(Expression, [Statement], else: [Statement]?)
    case match(Expression, [MatchCase], else: [Statement]?)
    case `for`(Name, in: Expression, [Statement])
    case `while`(Expression, [Statement])
    /// `send M(e, …) to T`.
    case send(Name, [Argument], to: Expression)
    case choice(ChoiceKind, Name, in: Expression, where: Expression?)
    case assert(Expression)
    case commit(Expression)
    case stop
    /// `receive { … }` and `receive M(x) from s` (one case, `oneLine`); `idle` before it.
    case receive([ReceiveCase], timeout: [Statement]?, idle: Bool, oneLine: Bool)
    case await(Expression)
    case either([[Statement]])
    case yield
    case checkpoint
    case loop([Statement])
    /// Stands where the parser reported an error.
    case error
  }
  public let kind: Kind
  public let span: Span
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}
