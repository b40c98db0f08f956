/// A property under search, as the inner loops need it.
struct WatchedProperty: BitwiseCopyable {
  let index: Int
  /// Reachability; an invariant is found when false.
  let isFoundWhenTrue: Bool
  var watchesAntecedent: Bool

  /// Whether it has its bit in a mask, or has none.
  @inline(__always)
  func isIn(_ mask: UInt64) -> Bool {
    index >= AffectedProperties.limit || mask &>> UInt64(truncatingIfNeeded: index) & 1 != 0
  }
}

/// A list of them in memory that no other worker touches.
struct WatchedProperties: ~Copyable {
  private let buffer: UnsafeMutableBufferPointer<WatchedProperty>
  /// The properties as bits; 0 where the filters of the native tier do not know all of them.
  private(set) var mask: UInt64 = 0
  /// Those of them whose antecedent is watched.
  private(set) var antecedents: UInt64 = 0

  init(_ properties: [WatchedProperty] = []) {
    buffer = .allocate(capacity: properties.count)
    _ = buffer.initialize(from: properties)
    if properties.contains(where: { $0.index >= CGenerator.propertiesMax }) { return }
    for property in properties {
      mask |= 1 << UInt64(property.index)
      if property.watchesAntecedent { antecedents |= 1 << UInt64(property.index) }
    }
  }

  deinit { buffer.deallocate() }

  var count: Int { buffer.count }

  @inline(__always)
  subscript(place: Int) -> WatchedProperty { buffer[place] }

  mutating func antecedentSeen(_ index: Int) {
    for place in 0..<buffer.count where buffer[place].index == index {
      buffer[place].watchesAntecedent = false
    }
    if index < CGenerator.propertiesMax { antecedents &= ~(1 << UInt64(index)) }
  }
}
