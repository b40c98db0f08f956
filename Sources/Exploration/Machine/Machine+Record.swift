import TransitionSystem

/// What a recorded instance must be.
enum InstanceTarget: Sendable {
  /// The first successor with these words.
  case state([UInt64])
  /// The first instance that fails so.
  case failure(StepFailure)
  /// The k-th successor, from 0.
  case successor(Int)
  /// The first instance that is interrupted by a full channel; its step has no state.
  case overflow
}

/// Where a recording run stops, and what it saw there.
struct Recording {
  var isOn = false
  /// Successors in the buffer, and failures, at which the run stops.
  var stopCount = Int.max
  var stopFailures = Int.max
  var action: Int32 = -1
  var candidate = -1
  var choiceCount = 0
  var isStopped = false
}

// Recording is a run that stops at a known instance; where its place is not known, a run before it
// counts. So the interpreter loop pays nothing but a comparison it makes anyway, with the limit of
// the buffer.

extension Machine {
  /// The step from `source` that `target` names, with what it received, chose and sent.
  ///
  /// Nil where no instance is so. Requires: `source` has the system's word count.
  mutating func record(from source: [UInt64], _ target: InstanceTarget) -> TraceStep? {
    precondition(source.count == compiled.wordCount, "the state is of this system")
    return record(source, from: 0, target)
  }

  /// The same for an initial state (the step's action is -1).
  mutating func recordInitial(_ target: InstanceTarget) -> TraceStep? {
    let source = Array(repeating: 0 as UInt64, count: compiled.wordCount)
    return record(source, from: program.initial, target)
  }

  private mutating func record(
    _ source: [UInt64], from entry: Int, _ target: InstanceTarget
  ) -> TraceStep? {
    var buffer = SuccessorBuffer(wordCount: compiled.wordCount)
    let coverage = saveCoverage()
    defer { restoreCoverage(coverage) }
    var failure: FailureID?
    switch target {
    case .successor(let index):
      if index < 0 { return nil }
      recording.stopCount = index + 1
    case .state(let state):
      _ = runOnce(source, entry, into: &buffer)
      let found = (0..<buffer.count).first { successor in
        state.indices.allSatisfy { buffer.state(successor)[$0] == state[$0] }
      }
      guard let found, state.count == source.count else { return nil }
      recording.stopCount = found + 1
    case .failure(let wanted):
      _ = runOnce(source, entry, into: &buffer)
      guard let found = failures.firstIndex(of: wanted) else { return nil }
      recording.stopFailures = found + 1
      failure = wanted.failure
    case .overflow:
      switch runOnce(source, entry, into: &buffer).interruption {
      case .growth, .fullChannel: break
      default: return nil
      }
    }
    recording.isOn = true
    buffer.removeAll()
    _ = runOnce(source, entry, into: &buffer)
    defer {
      recording = Recording()
      sent = []
    }
    // Both runs go the same way, so it always is.
    guard recording.isStopped else { return nil }
    let isSuccessor = recording.stopCount != .max
    return TraceStep(
      action: ActionID(Int(recording.action)), received: received(source), choices: chosen(),
      sent: sent, state: isSuccessor ? lastState(buffer) : nil, failure: failure)
  }

  private func lastState(_ buffer: borrowing SuccessorBuffer) -> [UInt64] {
    Array(UnsafeBufferPointer(start: buffer.state(buffer.count - 1), count: buffer.wordCount))
  }

  private mutating func runOnce(
    _ source: [UInt64], _ entry: Int, into buffer: inout SuccessorBuffer
  ) -> Expansion {
    // A system without state has words to point at all the same.
    let words = source.isEmpty ? [0] : source
    return words.withUnsafeBufferPointer {
      // Safety: the array is not empty, and its memory outlives the run.
      guard let base = $0.baseAddress else { return Expansion() }
      let hash = StateHash.hash(base, compiled.wordCount)
      return expand(base, hash: hash, from: entry, into: &buffer)
    }
  }

  /// The run stops in an instance: keeps what it was.
  mutating func stop(
    _ action: Int32, _ candidate: Int, _ choiceCount: Int, isCopied: Bool
  ) {
    // Nothing was sent before the copy: the log is still that of another instance.
    if !isCopied { sent = [] }
    recording.action = action
    recording.candidate = candidate
    recording.choiceCount = choiceCount
    recording.isStopped = true
  }

  /// The entry that the recorded instance took.
  private func received(_ source: [UInt64]) -> [Int64]? {
    // Of the system only what is wanted: to copy all of it takes longer than the run.
    guard recording.action >= 0,
      let number = compiled.system.actions[Int(recording.action)].trigger?.channel.index
    else { return nil }
    let (channels, layout) = (compiled.system.channels, compiled.system.layout)
    let (first, count) = (channels[number].entries.index, channels[number].cellCount)
    let entry = recording.candidate
    guard entry >= 0, entry < channels[number].room else { return nil }
    return (0..<count).map { layout.read(SlotID(first + entry * count + $0), from: source) }
  }

  private func chosen() -> [(choice: ChoiceID, value: Int64)] {
    UnsafeBufferPointer(start: choices, count: recording.choiceCount).compactMap { point in
      point.choiceID.map { ($0, point.value) }
    }
  }

  /// Forgets the messages of the last instance; returns whether this one's are to be logged.
  @inline(never)
  mutating func beginLog() -> Bool {
    sent.removeAll(keepingCapacity: true)
    partial.beginVariant()
    return recording.isOn
  }

  @inline(never)
  mutating func logSend(_ channel: Int32, _ cells: UnsafeMutablePointer<Int64>) {
    if recording.isOn { sent.append(message(channel, cells)) }
  }

  /// A message of an action with partial sends gets out.
  @inline(never)
  mutating func keep(_ channel: Int32, _ cells: UnsafeMutablePointer<Int64>) {
    let message = message(channel, cells)
    partial.keep(message)
    if recording.isOn { sent.append(message) }
  }

  private func message(_ channel: Int32, _ cells: UnsafeMutablePointer<Int64>) -> SentMessage {
    let count = program.channels[Int(channel)].cellCount
    return SentMessage(
      channel: ChannelID(Int(channel)),
      entry: Array(UnsafeBufferPointer(start: cells, count: count)))
  }

  /// A recording counts nothing as covered.
  private func saveCoverage() -> (fired: [UInt8], taken: [UInt64]) {
    let (actions, choices) = (compiled.system.actions.count, compiled.system.choices.count)
    return (
      Array(UnsafeBufferPointer(start: fired, count: actions + 1)),
      Array(UnsafeBufferPointer(start: taken, count: choices * Self.valueWords))
    )
  }

  private func restoreCoverage(_ saved: (fired: [UInt8], taken: [UInt64])) {
    for (index, value) in saved.fired.enumerated() { fired[index] = value }
    for (index, value) in saved.taken.enumerated() { taken[index] = value }
  }
}
