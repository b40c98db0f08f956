import Semantics
import TransitionSystem

/// What code generation asks about a type, computed once.
struct TypeInfo {
  let shape: Shape
  let cellCount: Int
  let cardinality: Int?
  /// The values of the cells when all their bits are cleared.
  let cleared: [Int64]
  /// The values of the cell, for a one-cell type that is not a set.
  let bounds: (lower: Int64, upper: Int64)?
}

/// Shapes and sizes of the types of one spec.
final class TypeTable {
  /// Cells that one value may have.
  static let cellMaximum = 1 << 16
  /// Values that the element type of a set, or the key type of a map, may have.
  static let elementMaximum = 4096

  let spec: TypedSpec
  let agents: [AgentInfo]
  private var infos: [Type: TypeInfo] = [:]

  init(_ spec: TypedSpec) {
    self.spec = spec
    agents = (0..<spec.agentCount).map { identity in
      let declaration = spec.agents[spec.declaration(ofAgent: identity).index]
      return AgentInfo(
        name: spec.name(ofAgent: identity), family: declaration.name,
        isEnvironment: declaration.isEnvironment)
    }
  }

  /// Requires: `cellsWithinLimits(type)`; else the answer is that for `bool`.
  func info(_ type: Type) -> TypeInfo {
    if let known = infos[type] { return known }
    guard cellsWithinLimits(type) != nil else { return info(.bool) }
    let shape = shape(type)
    let info = TypeInfo(
      shape: shape, cellCount: shape.cellCount, cardinality: shape.cardinality,
      cleared: slots(of: shape, name: "").map(\.minimum), bounds: shape.cellRange)
    infos[type] = info
    return info
  }

  func cellCount(_ type: Type) -> Int { info(type).cellCount }
  func cardinality(_ type: Type) -> Int? { info(type).cardinality }

  /// Number of cells; nil where the type has too many, or a set or map in it too many elements.
  func cellsWithinLimits(_ type: Type) -> Int? {
    let count: Int?
    switch type {
    case .bool, .integer, .enumeration, .agent: return 1
    case .record(let record):
      count = spec.records[record.index].fields.reduce(0 as Int?) { sum, field in
        guard let sum, let cells = cellsWithinLimits(field.type) else { return nil }
        return sum + cells
      }
    case .optional(let payload): count = cellsWithinLimits(payload).map { $0 + 1 }
    case .set(let element): count = elementCount(element).map { max(1, ($0 + 63) / 64) }
    case .sequence(let element, let capacity):
      count = cellsWithinLimits(element).flatMap { cells in
        capacity > Self.cellMaximum ? nil : 1 + capacity * cells
      }
    case .map(let key, let value):
      guard let keys = elementCount(key), let cells = cellsWithinLimits(value) else { return nil }
      count = keys * cells
    }
    return count.flatMap { $0 > Self.cellMaximum ? nil : $0 }
  }

  /// The number of values of the element type of a set or the key type of a map, within limits.
  private func elementCount(_ type: Type) -> Int? {
    guard cellsWithinLimits(type) != nil, let count = info(type).cardinality,
      count <= Self.elementMaximum
    else { return nil }
    return count
  }

  func shape(_ type: Type) -> Shape {
    switch type {
    case .bool: return .bool
    case .integer(let lower, let upper): return .integer(lower: lower, upper: upper)
    case .enumeration(let id):
      let enumeration = spec.enumerations[id.index]
      return .enumeration(name: enumeration.name, cases: enumeration.cases)
    case .record(let id):
      let record = spec.records[id.index]
      return .record(
        name: record.name, fields: record.fields.map { ($0.name, shape($0.type)) })
    case .optional(let payload): return .optional(shape(payload))
    case .set(let element): return .set(shape(element))
    case .sequence(let element, let capacity):
      return .sequence(shape(element), capacity: capacity)
    case .map(let key, let value): return .map(key: shape(key), value: shape(value))
    case .agent(let first, let count): return .agent(first: first, count: count)
    }
  }

  /// The slots that hold a value of a shape.
  func slots(of shape: Shape, name: String) -> [Slot] {
    if let (lower, upper) = shape.cellRange {
      return [Slot(name: name, lower: lower, upper: upper)]
    }
    switch shape {
    case .record(_, let fields):
      return fields.flatMap { slots(of: $0.shape, name: "\(name).\($0.name)") }
    case .optional(let payload):
      return [Slot(name: "\(name).present", lower: 0, upper: 1)] + slots(of: payload, name: name)
    case .set(let element):
      let count = element.cardinality ?? 0
      return (0..<shape.cellCount).map { cell in
        Slot(name: name, minimum: 0, width: min(64, max(0, count - 64 * cell)))
      }
    case .sequence(let element, let capacity):
      return [Slot(name: "\(name).length", lower: 0, upper: Int64(capacity))]
        + (0..<capacity).flatMap { slots(of: element, name: "\(name)[\($0)]") }
    case .map(let key, let value):
      return (0..<(key.cardinality ?? 0)).flatMap { rank in
        slots(of: value, name: "\(name)[\(key.text(ofRank: Int64(rank), agents: agents))]")
      }
    case .bool, .integer, .enumeration, .agent: return []
    }
  }
}

extension Type {
  /// The element type of a set or sequence.
  var element: Type? {
    switch self {
    case .set(let element), .sequence(let element, _): element
    default: nil
    }
  }

  /// The interval of an integer type.
  var interval: (lower: Int64, upper: Int64)? {
    if case .integer(let lower, let upper) = self { (lower, upper) } else { nil }
  }
}
