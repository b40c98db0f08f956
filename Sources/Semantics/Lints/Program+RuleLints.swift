import Diagnostics
import Syntax

extension Program {
  /// Statements that no path gets to. Requires: the body was typed without errors.
  func lintUnreachable(_ body: [TypedStatement]) {
    for (index, statement) in body.enumerated() {
      if index > 0, !paths(of: body[index - 1]).completes {
        report(.unreachable(at: statement.span, after: body[index - 1].span))
        return
      }
      for inner in statement.bodies { lintUnreachable(inner) }
    }
  }

  func lint(_ kind: Property.Kind, of property: Declared.Property, _ formula: Expression) {
    switch kind {
    case .invariant(let predicate), .reachability(let predicate), .resettability(let predicate):
      if !dependsOnParameters(formula),
        case .boolean(let constant)? = valueIfConstant(predicate)
      {
        report(.constantProperty(property.name, constant, at: formula.span))
      }
    case .linear(.state):
      report(
        .initialStateOnly(property.name, sources.text(of: formula.span), at: formula.span))
    case .linear, .branching, .valence, .unsupported: break
    }
  }
}

extension TypedStatement {
  /// The bodies inside a statement.
  var bodies: [[TypedStatement]] {
    switch kind {
    case .if(_, let then, let otherwise): [then, otherwise]
    case .match(_, let cases, let otherwise): cases.map(\.body) + [otherwise]
    case .for(_, _, let body), .while(_, let body), .loop(let body): [body]
    case .receive(let cases, let timeout, _, _): cases.map(\.body) + (timeout.map { [$0] } ?? [])
    case .either(let branches): branches
    default: []
    }
  }
}
