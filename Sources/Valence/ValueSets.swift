/// A set of small numbers for each state, as bits: a byte each as long as they fit.
public struct ValueSets: Sendable {
  /// One of the two is empty.
  private var bytes: [UInt8] = []
  private var words: [UInt64] = []

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public init(_ words: [UInt64]) {
    if words.allSatisfy({ $0 <= UInt8.max }) {
      bytes = words.map { UInt8(truncatingIfNeeded: $0) }
    } else {
      self.words = words
    }
  }

  /// For each state the union of the sets of all states that can be reached from it, itself
  /// included.
  public func ahead(in transitions: Transitions) -> ValueSets {
    var result = self
    if words.isEmpty {
      result.bytes = SetsAhead(bytes, transitions).sets
    } else {
      result.words = SetsAhead(words, transitions).sets
    }
    return result
  }

  /// How many states have which set.
  public var counts: [UInt64: Int] {
    var counts: [UInt64: Int] = [:]
    if words.isEmpty {
      var small = [Int](repeating: 0, count: 1 << 8)
      for set in bytes { small[Int(set)] += 1 }
      for (set, count) in small.enumerated() where count > 0 { counts[UInt64(set)] = count }
    } else {
      for set in words { counts[set, default: 0] += 1 }
    }
    return counts
  }
}

extension ValueSets: RandomAccessCollection {
  public var startIndex: Int { 0 }
  public var endIndex: Int { bytes.isEmpty ? words.count : bytes.count }

  @inline(__always)
  public subscript(state: Int) -> UInt64 {
    words.isEmpty ? UInt64(bytes[state]) : words[state]
  }
}
