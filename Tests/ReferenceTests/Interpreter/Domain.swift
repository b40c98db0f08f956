import Semantics

/// The values of the types of one spec.
final class Domain {
  let spec: TypedSpec
  private var known: [Type: [Value]] = [:]
  private var ranks: [Type: [Value: Int]] = [:]

  init(_ spec: TypedSpec) { self.spec = spec }

  /// All values of the type, ascending.
  func values(of type: Type) -> [Value] {
    if let values = known[type] { return values }
    let values = enumerate(type)
    known[type] = values
    return values
  }

  /// The place of a key among all keys of its type.
  func rank(of key: Value, in type: Type) -> Int {
    if ranks[type] == nil {
      let numbered = values(of: type).enumerated().map { ($1, $0) }
      ranks[type] = Dictionary(uniqueKeysWithValues: numbered)
    }
    guard let rank = ranks[type]?[key] else { preconditionFailure("\(key) is no key") }
    return rank
  }

  private func enumerate(_ type: Type) -> [Value] {
    switch type {
    case .bool: [.bool(false), .bool(true)]
    case .integer(let lower, let upper): (lower...upper).map { .integer($0) }
    case .enumeration(let id): spec.enumerations[id.index].cases.indices.map { .enumeration($0) }
    case .agent(let first, let count): (first..<first + count).map { .agent($0) }
    case .optional(let inner): [.none] + values(of: inner).map { .some($0) }
    case .record(let id):
      tuples(spec.records[id.index].fields.map(\.type)).map { .record($0) }
    case .set(let element):
      subsets(of: values(of: element)).map { .set($0) }.sorted()
    case .sequence(let element, let capacity):
      (0...capacity).flatMap { length in
        tuples(Array(repeating: element, count: length)).map { Value.sequence($0) }
      }
    case .map(let key, let value):
      tuples(Array(repeating: value, count: values(of: key).count)).map { .map($0) }
    }
  }

  /// All tuples with one value of each type, lexicographically.
  func tuples(_ types: [Type]) -> [[Value]] {
    types.reduce([[]]) { prefixes, type in
      prefixes.flatMap { prefix in values(of: type).map { prefix + [$0] } }
    }
  }

  /// Whether the value, of the type's shape, is a value of the type.
  func contains(_ value: Value, in type: Type) -> Bool {
    switch (value, type) {
    case (.bool, .bool), (.enumeration, .enumeration), (.none, .optional): true
    case (.integer(let number), .integer(let lower, let upper)):
      lower <= number && number <= upper
    case (.agent(let identity), .agent(let first, let count)):
      first <= identity && identity < first + count
    case (.some(let inner), .optional(let type)): contains(inner, in: type)
    case (.record(let fields), .record(let id)):
      zip(fields, spec.records[id.index].fields).allSatisfy { contains($0, in: $1.type) }
    case (.set(let elements), .set(let type)), (.map(let elements), .map(_, let type)):
      elements.allSatisfy { contains($0, in: type) }
    case (.sequence(let elements), .sequence(let type, let capacity)):
      elements.count <= capacity && elements.allSatisfy { contains($0, in: type) }
    default: preconditionFailure("\(value) does not have the shape of \(type)")
    }
  }
}

/// All subsets, each in the order of the elements.
func subsets<Element>(of elements: [Element]) -> [[Element]] {
  elements.reduce([[]]) { sets, element in sets + sets.map { $0 + [element] } }
}
