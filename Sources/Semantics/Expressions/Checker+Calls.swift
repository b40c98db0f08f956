import Diagnostics
import Syntax

extension Checker {
  mutating func inferCall(
    _ name: Name, _ arguments: [Argument], _ hint: Type?, _ span: Span
  ) -> TypedExpression? {
    if let symbol = program.symbols[name.text] {
      switch symbol.kind {
      case .function(let id):
        program.usage.names.insert(name.text)
        return inferFunctionCall(id, name, arguments, span)
      case .record(let id):
        program.usage.names.insert(name.text)
        guard let record = program.resolveRecord(id, at: name.span),
          let values = check(arguments, against: record.fields, of: name, span)
        else { return nil }
        return make(.record(values), .record(id), span)
      case .alias:
        program.usage.names.insert(name.text)
        if case .record(let id)? = program.type(of: symbol, at: name.span) {
          let record = spec.records[id.index]
          guard let values = check(arguments, against: record.fields, of: name, span)
          else { return nil }
          return make(.record(values), .record(id), span)
        }
        return refuse(.notAFunction(symbol, at: name.span))
      default:
        return refuse(.notAFunction(symbol, at: name.span))
      }
    }
    if builtinFunctions.contains(name.text) { return inferBuiltin(name, arguments, hint, span) }
    if name.text == "determined" { return determination(arguments, span) }
    var candidates = builtinFunctions
    for (text, symbol) in program.symbols.sorted(by: { $0.key < $1.key }) {
      switch symbol.kind {
      case .function, .record: candidates.append(text)
      default: break
      }
    }
    for argument in arguments where !needsContext(argument.value) { _ = infer(argument.value) }
    return refuse(.unknownFunction(name, suggestion: closest(to: name.text, among: candidates)))
  }

  private mutating func inferFunctionCall(
    _ id: FunctionID, _ name: Name, _ arguments: [Argument], _ span: Span
  ) -> TypedExpression? {
    guard let signature = program.signature(id, at: name.span) else { return nil }
    let fields = signature.parameters.map {
      Field(name: spec.locals[$0.index].name, type: spec.locals[$0.index].type)
    }
    guard let values = check(arguments, against: fields, of: name, span) else { return nil }
    guard program.function(id, at: name.span) != nil else { return nil }
    let height = program.declared.functions[id.index].callHeight + 1
    if height > callHeightMax { return refuse(.nestedTooDeep(at: name.span)) }
    program.callHeight = max(program.callHeight, height)
    return make(.call(id, values), signature.result, span)
  }

  /// Arguments of a call, a record or a `send`, in the order of the fields: all by place, or by
  /// label in any order.
  mutating func check(
    _ arguments: [Argument], against fields: [Field], of name: Name, _ span: Span
  ) -> [TypedExpression]? {
    var values = [TypedExpression?](repeating: nil, count: fields.count)
    var given = Set<Int>()
    var isRight = arguments.count == fields.count
    if !isRight {
      report(
        .argumentCount(
          GivenValues(name: name, fields: described(fields), given: self.given(arguments))))
    }
    for (place, argument) in arguments.enumerated() {
      guard let index = target(of: argument, place, fields, name) else {
        isRight = false
        continue
      }
      if !given.insert(index).inserted, let label = argument.label {
        report(.duplicateInList("argument", label, earlier: span))
        isRight = false
      }
      let field = fields[index]
      values[index] = check(argument.value, as: field.type, "`\(field.name)` of `\(name.text)`")
    }
    let present = values.compactMap { $0 }
    return isRight && present.count == fields.count ? present : nil
  }

  /// Fields as messages name them.
  func described(_ fields: [Field]) -> [(name: String, type: String?)] {
    fields.map { ($0.name, spec.text(of: $0.type)) }
  }

  /// Arguments as they were written.
  func given(_ arguments: [Argument]) -> [(label: String?, text: String, span: Span)] {
    arguments.map { argument in
      let text = program.sources.text(of: argument.value.span)
      let span = argument.label.map { $0.span.union(argument.value.span) } ?? argument.value.span
      return (argument.label?.text, text, span)
    }
  }

  private func target(
    of argument: Argument, _ place: Int, _ fields: [Field], _ name: Name
  ) -> Int? {
    guard let label = argument.label else { return place < fields.count ? place : nil }
    if let index = fields.firstIndex(where: { $0.name == label.text }) { return index }
    report(
      .unknownLabel(
        label, of: name, suggestion: closest(to: label.text, among: fields.map(\.name))))
    return nil
  }
}
