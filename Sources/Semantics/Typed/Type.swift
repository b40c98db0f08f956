/// Index of an enumeration in `TypedSpec.enumerations`.
public struct EnumerationID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

/// Index of a record in `TypedSpec.records`.
public struct RecordID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

/// A finite type, or the type of an arithmetic result.
///
/// Integers carry the interval of their values: a declared range, or what interval arithmetic gives
/// (saturated at 64 bits). Identities are numbered over the whole spec, in order of declaration.
public indirect enum Type: Hashable, Sendable {
  case bool
  /// All values lie in `lower ... upper`.
  case integer(lower: Int64, upper: Int64)
  case enumeration(EnumerationID)
  case record(RecordID)
  case optional(Type)
  case set(Type)
  case sequence(Type, capacity: Int)
  case map(key: Type, value: Type)
  /// The agents `first ..< first + count`; a family, a single agent, or all (`Agent`).
  case agent(first: Int, count: Int)
}

public struct EnumerationType: Sendable {
  public let name: String
  public let cases: [String]
  public init(name: String, cases: [String]) {
    self.name = name
    self.cases = cases
  }
}

public struct Field: Sendable {
  public let name: String
  public let type: Type
  public init(name: String, type: Type) {
    self.name = name
    self.type = type
  }
}

public struct RecordType: Sendable {
  public let name: String
  public let fields: [Field]
  public init(name: String, fields: [Field]) {
    self.name = name
    self.fields = fields
  }
}
