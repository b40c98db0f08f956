import Diagnostics
import Semantics

/// A condition of a spec, or several, and what is asked of them.
struct Question {
  enum Kind {
    /// Whether a rule, `await` or case can ever go: a pattern, a condition, or both.
    case guarded(TypedMessagePattern?, TypedExpression?)
    /// Whether the condition of an `if`, `while` or `assert`, which the word says, comes out in one
    /// way only.
    case condition(String, TypedExpression)
    /// Whether a value can ever be had: an assigned one that fits, say.
    case value(TypedExpression)
    /// Whether there is something to choose; the word is `choose`, `ask`, `flip` or `any`.
    case choice(String, LocalID, domain: TypedExpression, filter: TypedExpression?)
    /// Whether a variable has a value to start with.
    case initial(VariableID, filter: TypedExpression)
    /// Whether a predicate of a property depends on the state; the name is the property's.
    case predicate(String, TypedExpression)
    /// What rules of an agent for one message have in common and leave out.
    case handlers(MessageID, [TypedMessagePattern], others: [TypedMessagePattern])
  }
  let kind: Kind
  /// Whose condition it is; nil for properties and monitors.
  let agent: AgentID?
  /// What is known to hold where the condition stands.
  let known: [Known]
  let span: Span
}

/// A condition that an earlier statement has established, or ruled out.
struct Known {
  let condition: TypedExpression
  let holds: Bool
}

/// A statement that sends.
struct Send {
  let message: MessageID
  let arguments: [TypedExpression]
  /// Of an identity, or of a set of them.
  let target: Type
  let agent: AgentID
  let known: [Known]
  let span: Span
}
