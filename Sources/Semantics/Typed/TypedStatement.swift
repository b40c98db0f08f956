import Diagnostics
import Syntax

/// What an assignment writes: a variable or local, and the way into it.
public struct Place: Sendable {
  public enum Root: Sendable {
    /// Of `self`, shared, or of the monitor whose rule it is.
    case variable(VariableID)
    case local(LocalID)
  }
  public enum Step: Sendable {
    case field(Int)
    /// The key has been converted to the key type.
    case key(TypedExpression)
    /// Index into a sequence, from 0; outside the length: an evaluation error.
    case element(TypedExpression)
  }
  public let root: Root
  public let path: [Step]
  public let type: Type
  public let span: Span
  public init(root: Root, path: [Step], type: Type, span: Span) {
    self.root = root
    self.path = path
    self.type = type
    self.span = span
  }
}

public enum FieldPattern: Sendable {
  case any
  case bind(LocalID)
  /// Converted to the field's type where that is needed; evaluated in the receiver. An integer
  /// stays as it is and is compared by its value: outside the field's range it is never equal.
  case equal(TypedExpression)
}

/// `from s`, `to r`, `by r`, `of n`.
public struct PartyFilter: Sendable {
  /// The identities it lets through.
  public let type: Type
  /// Where it binds a name.
  public let binder: LocalID?
  /// Where it names one by an expression, such as `Node[i]`.
  public let equal: TypedExpression?
  public init(type: Type, binder: LocalID?, equal: TypedExpression?) {
    self.type = type
    self.binder = binder
    self.equal = equal
  }
}

public struct TypedMessagePattern: Sendable {
  public let message: MessageID
  /// As many as the message has fields.
  public let fields: [FieldPattern]
  /// Nil: from anyone.
  public let sender: PartyFilter?
  public let guardExpression: TypedExpression?
  public let span: Span
  public init(
    message: MessageID, fields: [FieldPattern], sender: PartyFilter?,
    guardExpression: TypedExpression?, span: Span
  ) {
    self.message = message
    self.fields = fields
    self.sender = sender
    self.guardExpression = guardExpression
    self.span = span
  }
}

public struct TypedReceiveCase: Sendable {
  public let pattern: TypedMessagePattern
  public let body: [TypedStatement]
  public init(pattern: TypedMessagePattern, body: [TypedStatement]) {
    self.pattern = pattern
    self.body = body
  }
}

public struct TypedMatchCase: Sendable {
  /// Of the subject's type.
  public let values: [TypedExpression]
  public let body: [TypedStatement]
  public init(values: [TypedExpression], body: [TypedStatement]) {
    self.values = values
    self.body = body
  }
}

public struct TypedStatement: Sendable {
  public indirect enum Kind: Sendable {
    /// The value has been converted to the place's type; `+=` and its like are written out.
    case assign(Place, TypedExpression)
    /// `let` and body `var`; the value has been converted to the local's type.
    case bind(LocalID, TypedExpression)
    case `if`(TypedExpression, [TypedStatement], else: [TypedStatement])
    /// Without `else` and without a case that fits, nothing happens.
    case match(TypedExpression, [TypedMatchCase], else: [TypedStatement])
    /// Ascending over a set, in its order over a sequence, which is evaluated once.
    case `for`(LocalID, in: TypedExpression, [TypedStatement])
    case `while`(TypedExpression, [TypedStatement])
    /// Arguments converted; `to` is an identity or a set of identities.
    case send(MessageID, [TypedExpression], to: TypedExpression)
    case choice(ChoiceKind, LocalID, in: TypedExpression, where: TypedExpression?)
    case assert(TypedExpression)
    /// The values of the parts of the claim, evaluated in order.
    case commit(CommitmentID, [TypedExpression])
    case stop
    // Blocking, in `run` only:
    /// Where `oneLine`, there is one case with an empty body and its binders live in the enclosing
    /// block.
    case receive([TypedReceiveCase], timeout: [TypedStatement]?, idle: Bool, oneLine: Bool)
    case await(TypedExpression)
    case either([[TypedStatement]])
    case yield
    // In `run` only, not blocking:
    case checkpoint
    case loop([TypedStatement])
  }
  public let kind: Kind
  public let span: Span
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}
