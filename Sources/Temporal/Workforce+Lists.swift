extension Workforce {
  /// What `body` finds in the chunks of `0..<count`, in their order, whoever takes which.
  func gather<Element: Sendable>(
    _ count: Int,
    _ body: @escaping @Sendable (_ items: Range<Int>, _ found: inout [Element]) -> Void
  ) -> [Element] {
    let parts = PerWorker(self, [(first: Int, found: [Element])]())
    forEachChunk(of: count) { worker, items in
      var found: [Element] = []
      body(items, &found)
      if !found.isEmpty { parts[worker].append((items.lowerBound, found)) }
    }
    let sorted = parts.all.flatMap { $0 }.sorted { $0.first < $1.first }
    if sorted.count == 1 { return sorted[0].found }
    var all: [Element] = []
    all.reserveCapacity(sorted.reduce(0) { $0 + $1.found.count })
    for part in sorted { all += part.found }
    return all
  }

  /// Lets the workers enter nodes until none is new, level by level.
  func close(
    _ start: [Int32],
    _ enter: @escaping @Sendable (_ node: Int, _ found: inout [Int32]) -> Void
  ) {
    var frontier = start
    while !frontier.isEmpty {
      let level = frontier
      frontier = gather(level.count) { places, found in
        for place in places { enter(Int(level[place]), &found) }
      }
    }
  }
}
