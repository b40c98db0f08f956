/// A message that a step put into flight.
public struct SentMessage: Sendable, Hashable {
  public let channel: ChannelID
  /// `Channel.cellCount` cells.
  public let entry: [Int64]
  public init(channel: ChannelID, entry: [Int64]) {
    self.channel = channel
    self.entry = entry
  }
}

/// One step of a trace.
public struct TraceStep: Sendable {
  public let action: ActionID
  /// The entry that the trigger took.
  public let received: [Int64]?
  /// The values chosen, in order.
  public let choices: [(choice: ChoiceID, value: Int64)]
  public let sent: [SentMessage]
  /// The packed state after the step; nil where the step fails.
  public let state: [UInt64]?
  public let failure: FailureID?
  public init(
    action: ActionID, received: [Int64]?, choices: [(choice: ChoiceID, value: Int64)],
    sent: [SentMessage], state: [UInt64]?, failure: FailureID?
  ) {
    self.action = action
    self.received = received
    self.choices = choices
    self.sent = sent
    self.state = state
    self.failure = failure
  }
}

/// An execution from an initial state, with packed states of `StateLayout.wordCount` words.
public struct Trace: Sendable {
  public let initial: [UInt64]
  public let steps: [TraceStep]
  /// In a lasso, the index of the state (0 is the initial one) to which the last step returns.
  public let cycleStart: Int?
  public init(initial: [UInt64], steps: [TraceStep], cycleStart: Int? = nil) {
    self.initial = initial
    self.steps = steps
    self.cycleStart = cycleStart
  }
}

extension Trace {
  /// Whether it is of initial values that cannot be computed: its one step is of no action.
  public var isOfInitialFailure: Bool { steps.first.map { $0.action.index < 0 } ?? false }
}
