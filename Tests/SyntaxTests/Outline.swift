import Diagnostics
import Syntax

/// A tree as text, without the spans, so that two parses can be compared.
func outline(_ value: Any) -> String {
  if value is Span { return "" }
  if let name = value as? Name { return "'\(name.text)" }
  let mirror = Mirror(reflecting: value)
  if mirror.displayStyle == .optional {
    return mirror.children.first.map { outline($0.value) } ?? "nil"
  }
  guard !mirror.children.isEmpty else { return String(describing: value) }
  let children = mirror.children.compactMap { child -> String? in
    child.value is Span ? nil : (child.label.map { "\($0): " } ?? "") + outline(child.value)
  }
  return "(" + children.joined(separator: ", ") + ")"
}

/// An expression with all its parentheses.
func parenthesised(_ expression: Expression) -> String {
  func p(_ part: Expression) -> String { parenthesised(part) }
  switch expression.kind {
  case .integer(let value): return "\(value)"
  case .boolean(let value): return "\(value)"
  case .string(let text): return "\"\(text)\""
  case .real(let text): return text
  case .none: return "none"
  case .name(let text): return text
  case .member(let value, let name): return "\(p(value)).\(name.text)"
  case .index(let value, let index): return "\(p(value))[\(p(index))]"
  case .call(let name, let arguments):
    let parts = arguments.map { ($0.label.map { "\($0.text): " } ?? "") + p($0.value) }
    return "\(name.text)(\(parts.joined(separator: ", ")))"
  case .unary(let sign, let value): return "(\(sign.rawValue) \(p(value)))"
  case .binary(let sign, let left, let right): return "(\(p(left)) \(sign.rawValue) \(p(right)))"
  case .range(let low, let high): return "(\(p(low))..\(p(high)))"
  case .conditional(let c, let a, let b): return "(if \(p(c)) then \(p(a)) else \(p(b)))"
  case .quantifier(let word, let names, let domain, let filter, let body):
    let list = names.map(\.text).joined(separator: ", ")
    let condition = filter.map { " where \(p($0))" } ?? ""
    return "(\(word.rawValue) \(list) in \(p(domain))\(condition): \(p(body)))"
  case .set(let elements): return "{\(elements.map(p).joined(separator: ", "))}"
  case .setComprehension(let name, let domain, let filter):
    return "{\(name.text) in \(p(domain)) where \(p(filter))}"
  case .sequence(let elements): return "[\(elements.map(p).joined(separator: ", "))]"
  case .mapComprehension(let name, let domain, let body):
    return "(map \(name.text) in \(p(domain)): \(p(body)))"
  case .unwrap(let value): return "\(p(value))!"
  case .inFlight(let name): return "(\(name.text) in flight)"
  case .temporal(let word, let formula): return "(\(word.rawValue) \(p(formula)))"
  case .until(let left, let right): return "(\(p(left)) until \(p(right)))"
  case .leadsTo(let left, let right): return "(\(p(left)) leads to \(p(right)))"
  case .coalition(let agents, let formula):
    return "(coalition {\(agents.map(p).joined(separator: ", "))} can ensure \(p(formula)))"
  case .error: return "<error>"
  }
}
