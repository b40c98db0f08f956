import TransitionSystem

/// Which partial variants of one candidate of an action were seen.
///
/// A variant is given by its choices and the multiset of messages that got out. The odometer sends
/// first and drops later, so the full variant of some choices comes before the others: they count
/// only if its step completed, whatever the crash behind it then did. The step of a crash is over
/// where it takes its assignments back; an action that takes nothing back is over at its end.
struct PartialSends {
  private var complete: Set<[Int64]> = []
  private var variants: Set<[Int64]> = []
  /// Whether the step of the variant in progress could complete; nil until it has got so far.
  private var isStepComplete: Bool?

  /// The messages of the variant in progress that got out: channel, then cells.
  private var kept: [[Int64]] = []

  mutating func beginVariant() { kept.removeAll(keepingCapacity: true) }

  mutating func keep(_ message: SentMessage) {
    kept.append([Int64(message.channel.index)] + message.entry)
  }

  mutating func removeAll() {
    complete.removeAll(keepingCapacity: true)
    variants.removeAll(keepingCapacity: true)
    isStepComplete = nil
  }

  /// The step of the variant is over, and the crash begins.
  mutating func endStep(choices: [Int64], isFull: Bool) {
    if isFull { complete.insert(choices) }
    isStepComplete = complete.contains(choices)
  }

  /// Whether a variant that fails is a failure of its own. A step that fails with all its messages
  /// fails without a crash too, and says so there; what fails only because a message was dropped
  /// counts where the choices made so far belong to a step that completed.
  mutating func admitsFailure(choices: ArraySlice<Int64>, isFull: Bool) -> Bool {
    defer { isStepComplete = nil }
    if let isStepComplete { return isStepComplete }
    return !isFull && complete.contains { $0.dropFirst().starts(with: choices) }
  }

  /// Whether a variant that completed is a transition of its own.
  mutating func admits(choices: [Int64], isFull: Bool) -> Bool {
    if isStepComplete == nil { endStep(choices: choices, isFull: isFull) }
    let isComplete = isStepComplete == true
    isStepComplete = nil
    guard isComplete else { return false }
    let messages = kept.sorted { $0.lexicographicallyPrecedes($1) }
    // Lengths follow from the channels: the concatenation is unambiguous.
    return variants.insert(choices + messages.flatMap { $0 }).inserted
  }
}

extension Action {
  var hasPartialSends: Bool {
    contains { if case .sendOrDrop = $0 { true } else { false } }
  }
}

extension Machine {
  /// Whether the instance in progress, which completes, is not a repetition.
  @inline(never)
  mutating func admitsPartial(_ choiceCount: Int) -> Bool {
    let (values, isFull) = variant(choiceCount)
    return partial.admits(choices: values, isFull: isFull)
  }

  /// A step with a crash inside takes its assignments back.
  @inline(never)
  mutating func endPartialStep(_ choiceCount: Int) {
    let (values, isFull) = variant(choiceCount)
    partial.endStep(choices: values, isFull: isFull)
  }

  /// Whether a failing instance is to be noted.
  @inline(never)
  mutating func admitsPartialFailure(_ choiceCount: Int) -> Bool {
    let (values, isFull) = variant(choiceCount)
    return partial.admitsFailure(choices: values.dropFirst(), isFull: isFull)
  }

  /// The values chosen, their number in front, and whether no message was dropped.
  private func variant(_ choiceCount: Int) -> (values: [Int64], isFull: Bool) {
    var values: [Int64] = []
    var isFull = true
    for point in UnsafeBufferPointer(start: choices, count: choiceCount) {
      if point.choiceID == nil {
        if point.value != 0 { isFull = false }
      } else {
        values.append(point.value)
      }
    }
    values.insert(Int64(values.count), at: 0)
    return (values, isFull)
  }
}
