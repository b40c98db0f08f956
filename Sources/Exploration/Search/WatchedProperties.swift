/// A property under search, as the inner loops need it.
struct WatchedProperty: BitwiseCopyable {
  let index: Int
  /// Reachability; an invariant is found when false.
  let isFoundWhenTrue: Bool
  var watchesAntecedent: Bool
}

/// A list of them in memory that no other worker touches.
struct WatchedProperties: ~Copyable {
  private let buffer: UnsafeMutableBufferPointer<WatchedProperty>

  init(_ properties: [WatchedProperty] = []) {
    buffer = .allocate(capacity: properties.count)
    _ = buffer.initialize(from: properties)
  }

  deinit { buffer.deallocate() }

  var count: Int { buffer.count }

  @inline(__always)
  subscript(place: Int) -> WatchedProperty { buffer[place] }

  func antecedentSeen(_ index: Int) {
    for place in 0..<buffer.count where buffer[place].index == index {
      buffer[place].watchesAntecedent = false
    }
  }
}
