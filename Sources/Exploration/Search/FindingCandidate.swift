import TransitionSystem

/// A state that was looked for, before it is known whether another one comes first.
struct FindingCandidate: Sendable {
  let depth: Int
  let state: [UInt64]
  /// The walk that met it, in random walks.
  let walk: Int
  /// What fails: a step of the state, or a property on it (then the action means nothing).
  let failure: StepFailure?
  let isFailingStep: Bool
  /// The property that fails to evaluate.
  let property: Int?

  init(
    depth: Int, state: [UInt64], walk: Int, failure: StepFailure?, isFailingStep: Bool,
    property: Int?
  ) {
    self.depth = depth
    self.state = state
    self.walk = walk
    self.failure = failure
    self.isFailingStep = isFailingStep
    self.property = property
  }

  /// A state that nothing fails in.
  init(depth: Int, state: [UInt64]) {
    self.init(
      depth: depth, state: state, walk: 0, failure: nil, isFailingStep: false, property: nil)
  }

  /// Least depth first, then the least words (the first word counts most), then the least walk.
  func precedes(depth: Int, state: UnsafePointer<UInt64>, walk: Int) -> Bool {
    if self.depth != depth { return self.depth < depth }
    for (word, mine) in self.state.enumerated() where mine != state[word] {
      return mine < state[word]
    }
    return self.walk <= walk
  }

  func precedes(_ other: FindingCandidate) -> Bool {
    other.state.withUnsafeBufferPointer { words in
      guard let base = words.baseAddress else { return depth <= other.depth }
      return precedes(depth: other.depth, state: base, walk: other.walk)
    }
  }

  var finding: Finding {
    Finding(
      depth: depth, state: state, failure: failure?.failure, isFailingStep: isFailingStep,
      property: property)
  }
}

/// The first candidate for each search target.
struct CandidateTable: Sendable {
  /// Properties, then built-ins.
  private(set) var entries: [FindingCandidate?]
  private(set) var isEmpty = true
  private let propertyCount: Int

  init(propertyCount: Int) {
    self.propertyCount = propertyCount
    entries = Array(repeating: nil, count: propertyCount + BuiltIn.allCases.count)
  }

  func index(_ target: SearchTarget) -> Int {
    switch target {
    case .property(let index): index
    case .builtIn(let builtIn): propertyCount + builtIn.rawValue
    }
  }

  func target(_ index: Int) -> SearchTarget {
    if index < propertyCount { return .property(index) }
    return .builtIn(BuiltIn.allCases[index - propertyCount])
  }

  subscript(target: SearchTarget) -> FindingCandidate? { entries[index(target)] }

  /// Keeps the candidate if it comes before the one it has; of equals the first offered stays.
  mutating func offer(_ candidate: FindingCandidate, for target: SearchTarget) {
    let index = index(target)
    if let old = entries[index], old.precedes(candidate) { return }
    entries[index] = candidate
    isEmpty = false
  }

  /// Takes over what comes first of another table.
  mutating func merge(_ other: CandidateTable) {
    if other.isEmpty { return }
    for (index, candidate) in other.entries.enumerated() {
      if let candidate { offer(candidate, for: target(index)) }
    }
  }

  mutating func removeAll() {
    if isEmpty { return }
    for index in entries.indices { entries[index] = nil }
    isEmpty = true
  }
}
