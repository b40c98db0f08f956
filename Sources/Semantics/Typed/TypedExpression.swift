import Diagnostics
import Syntax

/// Index of a variable in `TypedSpec.variables`.
public struct VariableID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

/// Index of a local (binder, `let`, body `var`, function parameter) in `TypedSpec.locals`; every
/// binder of the spec has its own.
public struct LocalID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

public struct FunctionID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

public struct MessageID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

/// Index of an agent declaration (a single agent or a family) in `TypedSpec.agents`.
public struct AgentID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

public struct MonitorID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

public enum Comparison: Sendable { case less, lessEqual, greater, greaterEqual }
public enum Arithmetic: Sendable { case add, subtract, multiply, divide, remainder }
public enum Connective: String, Sendable { case and, or, implies, iff }
public enum SetOperator: String, Sendable { case union, minus, intersect }
public enum Extremum: Sendable { case minimum, maximum }
public enum AgentStatus: Sendable { case crashed, stopped, byzantine }

/// A typed expression. Evaluation is left to right; an evaluation error is a violation.
public struct TypedExpression: Sendable {
  public indirect enum Kind: Sendable {
    case boolean(Bool)
    case integer(Int64)
    /// Index of the case in the enumeration of the expression's type.
    case enumerationCase(Int)
    /// Identity over the whole spec.
    case agent(Int)
    /// The absent value of the optional type.
    case none
    /// The value as the present value of the optional type.
    case some(TypedExpression)
    /// The value as one of this expression's type: an evaluation error if it is outside (an integer
    /// out of its range, also inside sets, sequences, maps, records and optionals; a sequence too
    /// long; an identity of another family). Between types of one shape only.
    case convert(TypedExpression)
    case local(LocalID)
    /// A shared or monitor variable (`of` is nil), or an agent's (`of` is its identity).
    case variable(VariableID, of: TypedExpression?)
    case selfAgent
    case sender
    case field(TypedExpression, Int)
    /// `map[key]`; the key has been converted to the key type.
    case lookup(TypedExpression, key: TypedExpression)
    /// `sequence[i]` from 0; outside the length: an evaluation error.
    case element(TypedExpression, index: TypedExpression)
    /// `none` is an evaluation error.
    case unwrap(TypedExpression)
    case not(TypedExpression)
    case negate(TypedExpression)
    /// `and`, `or`, `implies` evaluate the right side only where it matters; `iff` always.
    case connective(Connective, TypedExpression, TypedExpression)
    /// Both sides have values of one shape: integer intervals may differ (compare the values), all
    /// other types have been made equal by conversions.
    case equal(TypedExpression, TypedExpression)
    case notEqual(TypedExpression, TypedExpression)
    case compare(Comparison, TypedExpression, TypedExpression)
    /// Exact in 64 bits; overflow and division by zero are evaluation errors.
    case arithmetic(Arithmetic, TypedExpression, TypedExpression)
    case conditional(TypedExpression, TypedExpression, TypedExpression)
    /// `x in S`; an integer outside the element type is simply not in the set. `S` may be a
    /// sequence of values of the element's type.
    case contains(TypedExpression, set: TypedExpression)
    /// Both sides have this expression's type.
    case setOperation(SetOperator, TypedExpression, TypedExpression)
    /// The set of all values of the element type (a type name, family or `bool` as a set).
    case allValues
    /// `lower .. upper` as a set of integers; empty where lower > upper. Its element type is the
    /// hull; where that is large it occurs only as a domain or right of `in`.
    case range(TypedExpression, TypedExpression)
    /// The elements have the element type.
    case set([TypedExpression])
    /// `{x in domain where filter}`; the type is that of the domain.
    case setComprehension(LocalID, domain: TypedExpression, filter: TypedExpression)
    case sequence([TypedExpression])
    /// Both sides have the element type; the capacity of the result is the sum.
    case concatenate(TypedExpression, TypedExpression)
    /// Over all keys of the map type, ascending.
    case mapComprehension(LocalID, TypedExpression)
    case record([TypedExpression])
    /// Over a set, ascending, or a sequence, in its order. The filter, where there is one, is
    /// evaluated before the body; `count` counts the elements whose body is true, `sum` adds the
    /// bodies. `all` and `some` stop at the first that decides.
    case quantifier(
      Quantifier, LocalID, domain: TypedExpression, filter: TypedExpression?, TypedExpression)
    /// Of two or more integers.
    case extremum(Extremum, [TypedExpression])
    /// Of a set of integers; the empty set is an evaluation error.
    case extremumOfSet(Extremum, TypedExpression)
    /// Of a set or sequence.
    case size(TypedExpression)
    /// Of a sequence; the empty one is an evaluation error.
    case first(TypedExpression)
    case rest(TypedExpression)
    /// The place of an identity in its declaration, from 0.
    case index(TypedExpression)
    /// `Node[e]`; outside the family: an evaluation error.
    case member(AgentID, TypedExpression)
    /// Arguments have been converted to the parameters' types.
    case call(FunctionID, [TypedExpression])
    /// In properties, monitors and environments only.
    case status(AgentStatus, of: TypedExpression)
    /// Nothing but faults is enabled; in properties only.
    case quiescent
    case inFlight(MessageID)
    /// The prompt and all committed claims can be satisfied together; in properties only.
    case coherent
    /// They can, and leave one value of a decision, by its place in the prompt; in properties only.
    case determined(Int)
  }

  public let kind: Kind
  public let type: Type
  public let span: Span

  public init(_ kind: Kind, _ type: Type, _ span: Span) {
    self.kind = kind
    self.type = type
    self.span = span
  }
}

/// A property's formula; `state` leaves are boolean expressions.
public indirect enum Formula: Sendable {
  case state(TypedExpression)
  case not(Formula)
  case connective(Connective, Formula, Formula)
  case always(Formula)
  case eventually(Formula)
  case can(Formula)
  case until(Formula, Formula)
  case leadsTo(Formula, Formula)
}
