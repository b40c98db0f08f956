/// The value of a leaf.
public enum LeafValue: Hashable, Sendable {
  case bool(Bool)
  /// An integer, an index of a case, or a real: "-3", "7/2".
  case number(String)
  case string(String)
}

/// A value for every leaf.
public struct Assignment: Hashable, Sendable {
  public var values: [LeafValue]
  public subscript(leaf: LeafID) -> LeafValue { values[leaf.index] }
}

extension PromptModel {
  /// `postgres`, `12`, `true`, `"en"`.
  public func text(of value: LeafValue, _ sort: ScalarSort) -> String {
    switch (value, sort) {
    case (.bool(let value), _): String(value)
    case (.string(let text), _): "\"\(text)\""
    case (.number(let digits), .enumeration(let index)):
      Int(digits).flatMap { caseName($0, of: index) } ?? digits
    case (.number(let digits), _): digits
    }
  }

  private func caseName(_ place: Int, of enumeration: Int) -> String? {
    let cases = enumerations[enumeration].cases
    return cases.indices.contains(place) ? cases[place] : nil
  }

  /// `storage = postgres`.
  public func text(of leaf: LeafID, in assignment: Assignment) -> String {
    "\(leaves[leaf.index].name) = \(text(of: assignment[leaf], leaves[leaf.index].sort))"
  }
}

/// A decimal number as Z3 writes it: "2.50" is "5/2".
func fraction(_ decimal: String) -> String {
  let parts = decimal.split(separator: ".", maxSplits: 1)
  guard parts.count == 2, let digits = Int64(parts[0] + parts[1]), parts[1].count < 18 else {
    return decimal
  }
  var (numerator, denominator) = (digits, Int64(1))
  for _ in parts[1] { denominator *= 10 }
  var (a, b) = (abs(numerator), denominator)
  while b != 0 { (a, b) = (b, a % b) }
  numerator /= max(a, 1)
  denominator /= max(a, 1)
  return denominator == 1 ? String(numerator) : "\(numerator)/\(denominator)"
}
