import Synchronization
import TransitionSystem

/// One worker of a search by random walks.
struct RandomWalkWorker: ~Copyable {
  var checks: StateChecks
  var buffer: SuccessorBuffer
  /// The words of the state that the walk is in.
  private let current: UnsafeMutablePointer<UInt64>
  private let wordCount: Int
  var walks = 0
  var steps = 0
  var transitions = 0
  var outDegreeMax = 0
  var depthMax = 0
  var overflows: Set<ChannelID> = []
  var fault: String?

  private static let stepsPerCheck = 64

  init(compiled: CompiledSystem, agenda: Agenda, tier: NativeTier?) {
    checks = StateChecks(compiled, agenda: agenda, tier: tier)
    buffer = SuccessorBuffer(wordCount: compiled.wordCount, capacity: 256)
    wordCount = compiled.wordCount
    current = .allocate(capacity: max(1, wordCount))
    current.initialize(repeating: 0, count: max(1, wordCount))
  }

  deinit { current.deallocate() }

  mutating func makeInitialStates() -> Expansion {
    checks.machine.initialStates(into: &buffer)
  }

  /// Makes walks of the round until none is left.
  mutating func makeWalks(_ search: RandomWalks) {
    while !search.limits.isStopped, let walk = search.nextWalk() { make(walk, search) }
  }

  private mutating func make(_ walk: Int, _ search: RandomWalks) {
    var random = RandomSource(seed: search.options.seed, stream: UInt64(walk))
    enter(search.initial[random.below(search.initial.count)])
    walks += 1
    var depth = 0
    checks.onStored(current, depth: 0, walk: walk)
    while true {
      if depth > depthMax { depthMax = depth }
      if depth % RandomWalkWorker.stepsPerCheck == 0 {
        search.limits.check(states: 0)
        if search.limits.isStopped { return }
        checks.machine.beginChunk()
      }
      guard let expansion = expand(search) else { return }
      if depth >= search.stepsMax {
        checks.onInspected(current, depth: depth, walk: walk, expansion)
        return
      }
      transitions += expansion.transitions
      if expansion.transitions > outDegreeMax { outDegreeMax = expansion.transitions }
      checks.onExpanded(current, depth: depth, walk: walk, expansion)
      if buffer.count == 0 { return }
      let index = random.below(buffer.count)
      step(to: index)
      steps += 1
      depth += 1
      checks.onStored(current, depth: depth, walk: walk, action: buffer.actions[index])
    }
  }

  private func enter(_ state: [UInt64]) {
    for (word, bits) in state.enumerated() { current[word] = bits }
  }

  private func step(to index: Int) {
    let next = buffer.state(index)
    for word in 0..<wordCount { current[word] = next[word] }
  }

  /// The successors of the current state; nil where they cannot be had.
  private mutating func expand(_ search: RandomWalks) -> Expansion? {
    buffer.removeAll()
    let expansion = checks.machine.expand(
      current, hash: StateHash.hash(current, wordCount), into: &buffer)
    switch expansion.interruption {
    case nil: return expansion
    case .growth(let channel): overflows.insert(channel)
    case .stopped: break
    case .some(let interruption):
      fault = "the machine stopped: \(interruption)"
      search.limits.stop(.internalFault)
    }
    return nil
  }

  /// The states of a walk down to a depth, by making it again.
  mutating func path(of walk: Int, depth: Int, _ search: RandomWalks) -> [[UInt64]] {
    var random = RandomSource(seed: search.options.seed, stream: UInt64(walk))
    enter(search.initial[random.below(search.initial.count)])
    var states = [Array(UnsafeBufferPointer(start: current, count: wordCount))]
    while states.count <= depth, expand(search) != nil, buffer.count > 0 {
      step(to: random.below(buffer.count))
      states.append(Array(UnsafeBufferPointer(start: current, count: wordCount)))
    }
    return states
  }
}
