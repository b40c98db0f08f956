/// How a run of cells reads as a value: the bridge from bits back to the spec's own words.
public indirect enum Shape: Sendable, Hashable {
  case bool
  /// The values `lower ... upper`.
  case integer(lower: Int64, upper: Int64)
  case enumeration(name: String, cases: [String])
  /// The identities `first ..< first + count`; names are in `TransitionSystem.agents`.
  case agent(first: Int, count: Int)
  case record(name: String, fields: [(name: String, shape: Shape)])
  /// Of a one-cell shape other than a set or map: that cell, `none` one below its least value.
  /// Of others: a cell 0 or 1, then the cells of the payload (cleared where absent).
  case optional(Shape)
  /// ceil(cardinality / 64) mask cells.
  case set(Shape)
  /// A length cell, then `capacity` elements.
  case sequence(Shape, capacity: Int)
  /// One element for each key, in order of rank.
  case map(key: Shape, value: Shape)

  public static func == (a: Shape, b: Shape) -> Bool { a.signature == b.signature }
  public func hash(into hasher: inout Hasher) { hasher.combine(signature) }
}

extension Shape {
  /// The least value and the number of values of a one-cell shape whose cell is not a mask.
  public var cellRange: (lower: Int64, upper: Int64)? {
    switch self {
    case .bool: (0, 1)
    case .integer(let lower, let upper): (lower, upper)
    case .enumeration(_, let cases): (0, Int64(cases.count) - 1)
    case .agent(let first, let count): (Int64(first), Int64(first + count) - 1)
    case .optional(let payload):
      payload.cellRange.flatMap { $0.lower == .min ? nil : ($0.lower - 1, $0.upper) }
    case .record, .set, .sequence, .map: nil
    }
  }

  /// Number of cells.
  public var cellCount: Int {
    switch self {
    case .bool, .integer, .enumeration, .agent: 1
    case .record(_, let fields): fields.reduce(0) { $0 + $1.shape.cellCount }
    case .optional(let payload): cellRange == nil ? 1 + payload.cellCount : 1
    case .set(let element): max(1, ((element.cardinality ?? 0) + 63) / 64)
    case .sequence(let element, let capacity): 1 + capacity * element.cellCount
    case .map(let key, let value): (key.cardinality ?? 0) * value.cellCount
    }
  }

  /// Number of values; nil above 2^62.
  public var cardinality: Int? {
    if let (lower, upper) = cellRange {
      let (difference, overflow) = upper.subtractingReportingOverflow(lower)
      return overflow || difference >= 1 << 62 ? nil : Int(difference) + 1
    }
    switch self {
    case .record(_, let fields): return product(fields.map(\.shape.cardinality))
    case .optional(let payload): return payload.cardinality.map { $0 + 1 }
    case .set(let element): return element.cardinality.flatMap { $0 < 62 ? 1 << $0 : nil }
    case .sequence(let element, let capacity):
      guard let base = element.cardinality else { return nil }
      return (0...capacity).reduce(0 as Int?) { sum, length in
        guard let sum, let power = product(Array(repeating: base, count: length)) else {
          return nil
        }
        return sum + power < 1 << 62 ? sum + power : nil
      }
    case .map(let key, let value):
      guard let keys = key.cardinality, keys <= 4096 else { return nil }
      return product(Array(repeating: value.cardinality, count: keys))
    default: return nil
    }
  }

  private func product(_ factors: [Int?]) -> Int? {
    factors.reduce(1 as Int?) { result, factor in
      guard let result, let factor else { return nil }
      let (product, overflow) = result.multipliedReportingOverflow(by: factor)
      return overflow || product > 1 << 62 ? nil : product
    }
  }

  /// Text that is equal for equal shapes.
  public var signature: String {
    switch self {
    case .bool: "bool"
    case .integer(let lower, let upper): "\(lower)..\(upper)"
    case .enumeration(let name, let cases): "enum \(name){\(cases.joined(separator: ","))}"
    case .agent(let first, let count): "agent \(first)+\(count)"
    case .record(let name, let fields):
      "record \(name){\(fields.map { "\($0.name):\($0.shape.signature)" }.joined(separator: ","))}"
    case .optional(let payload): "(\(payload.signature))?"
    case .set(let element): "set(\(element.signature))"
    case .sequence(let element, let capacity): "seq(\(element.signature))*\(capacity)"
    case .map(let key, let value): "map(\(key.signature))(\(value.signature))"
    }
  }
}
