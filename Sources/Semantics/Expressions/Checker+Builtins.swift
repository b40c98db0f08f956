import Diagnostics
import Syntax

extension Checker {
  mutating func inferBuiltin(
    _ name: Name, _ arguments: [Argument], _ hint: Type?, _ span: Span
  ) -> TypedExpression? {
    for case let label? in arguments.map(\.label) {
      return refuse(.unknownLabel(label, of: name, suggestion: nil))
    }
    let values = arguments.map(\.value)
    if name.text == "min" || name.text == "max" {
      return inferExtremum(name, values, span)
    }
    guard let argument = values.first, values.count == 1 else {
      return refuse(
        .argumentCount(GivenValues(name: name, fields: [("x", nil)], given: given(arguments))))
    }
    let isSequenceResult = name.text == "rest"
    guard let value = infer(argument, hint: isSequenceResult ? hint : nil) else { return nil }
    switch name.text {
    case "size": return size(value, span)
    case "index": return index(value, span)
    default: return end(name, value, span)
    }
  }

  private func size(_ value: TypedExpression, _ span: Span) -> TypedExpression? {
    switch value.type {
    case .set(let element):
      let count = Int64(spec.cardinality(of: element))
      return make(.size(value), .integer(lower: 0, upper: count), span)
    case .sequence(_, let capacity):
      return make(.size(value), .integer(lower: 0, upper: Int64(capacity)), span)
    default:
      return refuse(
        .operand("size", spec.text(of: value.type), needs: "a set or a sequence", at: value.span))
    }
  }

  private func index(_ value: TypedExpression, _ span: Span) -> TypedExpression? {
    guard value.type.isAgent else {
      return refuse(
        .operand("index", spec.text(of: value.type), needs: "an agent", at: value.span))
    }
    var count = spec.agents.map(\.count).max() ?? 1
    if let owner = program.declaration(of: value.type) { count = spec.agents[owner.index].count }
    return make(.index(value), .integer(lower: 0, upper: Int64(count - 1)), span)
  }

  /// `first(s)` and `rest(s)`.
  private func end(
    _ name: Name, _ value: TypedExpression, _ span: Span
  ) -> TypedExpression? {
    guard case .sequence(let element, _) = value.type else {
      return refuse(
        .operand(name.text, spec.text(of: value.type), needs: "a sequence", at: value.span))
    }
    return name.text == "first"
      ? make(.first(value), element, span) : make(.rest(value), value.type, span)
  }

  private mutating func inferExtremum(
    _ name: Name, _ arguments: [Expression], _ span: Span
  ) -> TypedExpression? {
    let extremum = name.text == "min" ? Extremum.minimum : .maximum
    guard let first = arguments.first else {
      return refuse(
        .argumentCount(GivenValues(name: name, fields: [("a", nil), ("b", nil)], given: [])))
    }
    if arguments.count == 1 {
      guard let set = inferDomain(first), let element = set.type.element else { return nil }
      guard element.interval != nil else {
        return refuse(
          .operand(name.text, spec.text(of: set.type), needs: "a set of integers", at: set.span))
      }
      return make(.extremumOfSet(extremum, set), element, span)
    }
    let operands = arguments.map { integer($0, "an argument of `\(name.text)`") }
    let present = operands.compactMap { $0 }
    let intervals = present.compactMap(\.type.interval)
    guard present.count == operands.count, let start = intervals.first else { return nil }
    let bounds = intervals.dropFirst().reduce(start) { a, b in
      extremum == .minimum
        ? Interval(min(a.lower, b.lower), min(a.upper, b.upper))
        : Interval(max(a.lower, b.lower), max(a.upper, b.upper))
    }
    return make(.extremum(extremum, present), bounds.type, span)
  }
}
