import Diagnostics
import Semantics
import Syntax

/// Takes out of quantifiers what does not depend on their variables.
///
/// Idea. `all a: all b: not (p(a) and q(b))` is `(all a: not p(a)) or (all b: not q(b))`: one test
/// for each agent instead of each pair. From inside out: the body of `all` is put as a
/// disjunction, that of `some` as a conjunction, and the parts without the variable come out, in
/// front of it where the first part does. That is right for empty domains, too.
///
/// Nothing moves where some part may fail to evaluate: which failure comes first is part of the
/// meaning.
///
/// Source: Wang, Toward mechanical mathematics, IBM Journal of Research and Development 1960.
struct Miniscoping {
  private let evaluation: PartialEvaluation

  init(_ spec: TypedSpec) { evaluation = PartialEvaluation(spec) }

  /// The same condition; the expression itself where nothing can be taken out.
  func narrowed(_ expression: TypedExpression) -> TypedExpression {
    switch expression.kind {
    case .not(let operand): return TypedExpression(.not(narrowed(operand)), .bool, expression.span)
    case .connective(let connective, let left, let right):
      return TypedExpression(
        .connective(connective, narrowed(left), narrowed(right)), .bool, expression.span)
    case .quantifier(let quantifier, let local, let domain, let filter, let body)
    where quantifier == .all || quantifier == .some:
      let inner = narrowed(body)
      func quantified(_ body: TypedExpression) -> TypedExpression {
        TypedExpression(
          .quantifier(quantifier, local, domain: domain, filter: filter, body), .bool,
          expression.span)
      }
      let connective: Connective = quantifier == .all ? .or : .and
      let parts = inner.parts(of: connective, isNegated: false)
      let isBound = parts.map { $0.mentions(local) }
      guard isBound.contains(true), isBound.contains(false),
        (parts + [domain] + (filter.map { [$0] } ?? [])).allSatisfy(isTotal)
      else { return quantified(inner) }
      let bound = zip(parts, isBound).filter(\.1).map(\.0)
      let free = zip(parts, isBound).filter { !$0.1 }.map(\.0)
      let rest = quantified(bound.joined(connective))
      return (isBound[0] ? [rest] + free : free + [rest]).joined(connective)
    default: return expression
    }
  }

  private func isTotal(_ expression: TypedExpression) -> Bool {
    evaluation.failing(expression) == nil
  }
}

extension TypedExpression {
  /// The conditions that `and` or `or` joins to this one, or to its negation.
  fileprivate func parts(of connective: Connective, isNegated: Bool) -> [TypedExpression] {
    // Negated, the other one does.
    let joins: Connective = isNegated == (connective == .or) ? .and : .or
    switch kind {
    case .not(let operand): return operand.parts(of: connective, isNegated: !isNegated)
    case .connective(joins, let left, let right):
      return left.parts(of: connective, isNegated: isNegated)
        + right.parts(of: connective, isNegated: isNegated)
    case .connective(.implies, let left, let right) where joins == .or:
      return left.parts(of: connective, isNegated: !isNegated)
        + right.parts(of: connective, isNegated: isNegated)
    default: return [isNegated ? TypedExpression(.not(self), .bool, span) : self]
    }
  }

  fileprivate func mentions(_ local: LocalID) -> Bool {
    if case .local(local) = kind { return true }
    return operands.contains { $0.mentions(local) }
  }
}

extension [TypedExpression] {
  /// Requires: there is one.
  fileprivate func joined(_ connective: Connective) -> TypedExpression {
    dropFirst().reduce(self[0]) { TypedExpression(.connective(connective, $0, $1), .bool, $1.span) }
  }
}
