import Diagnostics
import Syntax

extension Elaborator {
  /// The shape of a type that a decision may have; nil after an error.
  func shape(_ syntax: TypeSyntax) -> Shape? {
    switch syntax.kind {
    case .named(let name): return namedShape(name, at: syntax.span)
    case .range(let lower, let upper):
      guard let low = constantInteger(lower), let high = constantInteger(upper) else { return nil }
      guard low <= high else {
        report(.emptyRangeOfDecision(low, high, at: syntax.span))
        return nil
      }
      return .scalar(.integer(low...high))
    case .enumeration(let names):
      guard !names.isEmpty, Set(names.map(\.text)).count == names.count else {
        report(.valuesNotDistinct(at: syntax.span))
        return nil
      }
      return .scalar(.enumeration(enumeration(nil, names.map(\.text))))
    case .set(let element): return smallSort(element, "the elements of a set").map { .set($0) }
    case .map(let key, let value):
      guard let sort = smallSort(key, "the keys of a map"), let inner = shape(value) else {
        return nil
      }
      return .map(key: sort, value: inner)
    case .optional:
      report(.typeNotForDecisions("an optional type", at: syntax.span))
    case .sequence:
      report(.typeNotForDecisions("a sequence", at: syntax.span))
    }
    return nil
  }

  private func smallSort(_ syntax: TypeSyntax, _ role: String) -> ScalarSort? {
    guard let shape = shape(syntax) else { return nil }
    guard case .scalar(let sort) = shape, let bounds = model.bounds(sort),
      case (let last, false) = bounds.upperBound.subtractingReportingOverflow(bounds.lowerBound),
      last < domainCountMax
    else {
      report(.domainTooLarge(role, at: syntax.span))
      return nil
    }
    return sort
  }

  private func namedShape(_ name: String, at span: Span) -> Shape? {
    switch name {
    case "bool": return .bool
    case "int": return .integer
    case "real": return .scalar(.real)
    case "string": return .scalar(.string)
    default: break
    }
    switch definitions[name] {
    case .enumeration(let index): return .scalar(.enumeration(index))
    case .type(let syntax): return nested(name, span) { shape(syntax) }
    case .record(let fields): return nested(name, span) { record(name, fields) }
    case .value, .function:
      report(.typeNotForDecisions("`\(name)`", at: span))
    case nil:
      let meant = Self.foreignTypes[name.lowercased()] ?? closest(to: name, among: typeNames)
      report(.unknownNameInClause(name, at: span, suggestion: meant))
    }
    return nil
  }

  /// What types are called elsewhere.
  private static let foreignTypes = [
    "integer": "int", "number": "int", "long": "int", "nat": "int", "boolean": "bool",
    "float": "real", "double": "real", "decimal": "real", "text": "string", "str": "string",
  ]

  private var typeNames: [String] {
    ["bool", "int", "real", "string"]
      + definitions.filter {
        switch $0.value {
        case .enumeration, .type, .record: true
        case .value, .function: false
        }
      }.keys.sorted()
  }

  private func record(_ name: String, _ fields: [FieldSyntax]) -> Shape? {
    if let known = records.firstIndex(where: { $0.name == name }) { return .record(known) }
    var shapes: [(name: String, shape: Shape)] = []
    for field in fields {
      guard let inner = shape(field.type) else { return nil }
      shapes.append((field.name.text, inner))
    }
    records.append((name, shapes))
    return .record(records.count - 1)
  }

  /// Opens a definition; reports one that goes round in circles.
  func nested<Result>(_ name: String, _ span: Span, _ body: () -> Result?) -> Result? {
    depth += 1
    defer { depth -= 1 }
    if depth > 60 {
      report(.endlessDefinition(name, at: span))
      return nil
    }
    return body()
  }

  /// How many scalars a value of the shape has.
  func width(_ shape: Shape) -> Int {
    switch shape {
    case .scalar: 1
    case .set(let sort): elements(sort).count
    case .record(let index): records[index].fields.reduce(0) { $0 + width($1.shape) }
    case .map(let key, let value): elements(key).count * width(value)
    }
  }

  /// The shape in words.
  func text(of shape: Shape) -> String {
    switch shape {
    case .scalar(.bool): "bool"
    case .scalar(.integer(nil)): "int"
    case .scalar(.integer(let bounds?)): "\(bounds.lowerBound)..\(bounds.upperBound)"
    case .scalar(.real): "real"
    case .scalar(.string): "string"
    case .scalar(.enumeration(let index)):
      model.enumerations[index].name
        ?? "{ \(model.enumerations[index].cases.joined(separator: ", ")) }"
    case .set(let sort): "set of \(text(of: .scalar(sort)))"
    case .record(let index): records[index].name
    case .map(let key, let value): "map[\(text(of: .scalar(key)))] of \(text(of: value))"
    }
  }

  func constantInteger(_ expression: Expression) -> Int64? {
    guard let value = check(expression, as: .integer, "the end of a range") else { return nil }
    guard let number = value.terms[0].integerValue else {
      report(.notConstantInClause(at: expression.span))
      return nil
    }
    return number
  }
}
