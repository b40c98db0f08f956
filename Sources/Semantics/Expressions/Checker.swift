import Diagnostics
import Syntax

/// Types the code of one body: an expression, or the rule it stands in.
///
/// What cannot be typed is reported once and becomes nil; whatever depends on it stays silent.
struct Checker {
  let program: Program
  let region: Region
  var scope = Scope()
  /// The type of `sender` where a message is at hand.
  var senderType: Type?
  var spec: TypedSpec { program.spec }

  init(_ program: Program, _ region: Region) {
    self.program = program
    self.region = region
  }

  func report(_ diagnostic: Diagnostic) { program.report(diagnostic) }

  func make(_ kind: TypedExpression.Kind, _ type: Type, _ span: Span) -> TypedExpression {
    TypedExpression(kind, type, span)
  }

  /// Types an expression and converts it to a type.
  mutating func check(
    _ expression: Expression, as type: Type, _ role: String
  ) -> TypedExpression? {
    guard let value = infer(expression, hint: type) else { return nil }
    return convert(value, to: type, role)
  }

  /// The value as one of the type; reports a type of another shape.
  func convert(_ value: TypedExpression, to type: Type, _ role: String) -> TypedExpression? {
    if let converted = spec.converted(value, to: type) { return converted }
    report(
      .mismatch(
        expected: spec.text(of: type), found: spec.text(of: value.type), at: value.span,
        notes: ["this is \(role), of type \(spec.text(of: type))"],
        help: mismatchHelp(value, type)))
    return nil
  }

  private func mismatchHelp(_ value: TypedExpression, _ type: Type) -> [String] {
    let text = program.sources.text(of: value.span)
    if case .optional(let inner) = value.type, spec.hasShape(inner, of: type) {
      return ["the value of an optional is `\(text)!`; check that it is not `none` first"]
    }
    if case .map(let key, let inner) = type, spec.converted(value, to: inner) != nil {
      return ["write `map k in \(spec.text(of: key)): \(text)`"]
    }
    if case .set(let element) = type, spec.converted(value, to: element) != nil {
      return ["a set with this one element is `{\(text)}`"]
    }
    return []
  }

  mutating func condition(_ expression: Expression, _ role: String) -> TypedExpression? {
    check(expression, as: .bool, role)
  }

  /// Types an expression; the hint tells what the context would like, and decides about `none`,
  /// `{}`, `[]` and enum cases that several enumerations have.
  mutating func infer(_ expression: Expression, hint: Type? = nil) -> TypedExpression? {
    program.depth += 1
    defer { program.depth -= 1 }
    if program.isTooDeep(at: expression.span) { return nil }
    let span = expression.span
    switch expression.kind {
    case .integer(let value): return make(.integer(value), .constant(value), span)
    case .boolean(let value): return make(.boolean(value), .bool, span)
    case .string: return refuse(.literalOfDecisions("a text", at: span))
    case .real: return refuse(.literalOfDecisions("a decimal number", at: span))
    case .none: return inferNone(hint, span)
    case .name(let name): return inferName(name, hint, span)
    case .member(let base, let member): return inferMember(base, member, span)
    case .index(let base, let index): return inferIndex(base, index, span)
    case .call(let name, let arguments): return inferCall(name, arguments, hint, span)
    case .unary(let operation, let operand): return inferUnary(operation, operand, span)
    case .binary(let operation, let left, let right):
      return inferBinary(operation, left, right, hint, span)
    case .range(let lower, let upper): return inferRange(lower, upper, isDomain: false, span)
    case .conditional(let condition, let then, let otherwise):
      return inferConditional(condition, then, otherwise, hint, span)
    case .quantifier(let quantifier, let names, let domain, let filter, let body):
      return inferQuantifier(quantifier, names[...], domain, filter, body, span)
    case .set(let elements): return inferSet(elements, hint, span)
    case .setComprehension(let name, let domain, let filter):
      return inferSetComprehension(name, domain, filter, span)
    case .sequence(let elements): return inferSequence(elements, hint, span)
    case .mapComprehension(let name, let domain, let body):
      return inferMapComprehension(name, domain, body, hint, span)
    case .unwrap(let inner): return inferUnwrap(inner, hint, span)
    case .inFlight(let name): return inferInFlight(name, span)
    case .temporal, .until, .leadsTo, .coalition:
      return refuse(.temporalInState(isProperty: region == .property, at: span))
    case .error: return nil
    }
  }

  func refuse(_ diagnostic: Diagnostic) -> TypedExpression? {
    report(diagnostic)
    return nil
  }

  private func inferNone(_ hint: Type?, _ span: Span) -> TypedExpression? {
    guard let hint else { return refuse(.needsContext("none", at: span)) }
    if case .optional = hint { return make(.none, hint, span) }
    return refuse(.neverNone(spec.text(of: hint), at: span))
  }

  private func inferInFlight(_ name: Name, _ span: Span) -> TypedExpression? {
    guard let message = program.message(name) else { return nil }
    program.usage.mentionedMessages.insert(message.id)
    guard region == .property else { return refuse(.onlyInProperties("in flight", at: span)) }
    return make(.inFlight(message.id), .bool, span)
  }

  private mutating func inferUnwrap(
    _ inner: Expression, _ hint: Type?, _ span: Span
  ) -> TypedExpression? {
    guard let value = infer(inner, hint: hint.map { .optional($0) }) else { return nil }
    guard case .optional(let type) = value.type else {
      return refuse(.notOptional(spec.text(of: value.type), at: span))
    }
    return make(.unwrap(value), type, span)
  }
}
