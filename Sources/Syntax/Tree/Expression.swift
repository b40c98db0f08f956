import Diagnostics

/// An identifier as it was written.
public struct Name: Hashable, Sendable {
  public let text: String
  public let span: Span
  public init(_ text: String, _ span: Span) {
    self.text = text
    self.span = span
  }
}

/// A type as it was written.
public struct TypeSyntax: Sendable {
  public indirect enum Kind: Sendable {
    /// `bool`, `int`, `real`, `string`, or a declared name.
    case named(String)
    case range(Expression, Expression)
    case optional(TypeSyntax)
    case set(TypeSyntax)
    case sequence(TypeSyntax, capacity: Expression)
    case map(key: TypeSyntax, value: TypeSyntax)
    /// `{ sqlite, postgres }`, in decisions only.
    case enumeration([Name])
  }
  public let kind: Kind
  public let span: Span
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}

public enum UnaryOperator: String, Sendable {
  case negate = "-"
  case not
}

public enum BinaryOperator: String, Sendable {
  case iff, implies, or, and
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessEqual = "<="
  case greater = ">"
  case greaterEqual = ">="
  case `in`, union, minus, intersect
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
}

public enum Quantifier: String, Sendable { case all, some, count, sum }

/// Words of a property that are no state predicate.
public enum TemporalOperator: String, Sendable { case always, eventually, can }

/// An argument of a call or a record literal, `label: value` or `value`.
public struct Argument: Sendable {
  public let label: Name?
  public let value: Expression
  public init(label: Name?, value: Expression) {
    self.label = label
    self.value = value
  }
}

/// An expression or a temporal formula, as it was written.
public struct Expression: Sendable {
  public indirect enum Kind: Sendable {
    case integer(Int64)
    case boolean(Bool)
    case string(String)
    /// A decimal number, as text; decisions only.
    case real(String)
    case none
    /// A variable, constant, enum value, type, agent or family; `self` and `sender` too.
    case name(String)
    case member(Expression, Name)
    case index(Expression, Expression)
    /// `f(a, b)`, `Bid(round: 1)`, `min(a, b)`, `size(s)`, `index(n)`, `determined(d)` …
    case call(Name, [Argument])
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    case range(Expression, Expression)
    case conditional(Expression, Expression, Expression)
    /// `all a, b in S where p: e`.
    case quantifier(Quantifier, [Name], domain: Expression, filter: Expression?, Expression)
    /// `{a, b}`, also empty.
    case set([Expression])
    /// `{x in S where p}`.
    case setComprehension(Name, domain: Expression, filter: Expression)
    /// `[a, b]`, also empty.
    case sequence([Expression])
    /// `map k in K: e`.
    case mapComprehension(Name, domain: Expression, Expression)
    /// `e!`.
    case unwrap(Expression)
    /// `M in flight`.
    case inFlight(Name)
    case temporal(TemporalOperator, Expression)
    case until(Expression, Expression)
    case leadsTo(Expression, Expression)
    /// `coalition {A, B} can ensure f`.
    case coalition([Expression], Expression)
    /// Stands where the parser reported an error; checks ignore it.
    case error
  }
  public let kind: Kind
  public let span: Span
  public init(_ kind: Kind, _ span: Span) {
    self.kind = kind
    self.span = span
  }
}
