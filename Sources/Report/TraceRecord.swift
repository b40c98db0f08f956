import TransitionSystem

/// A trace in the words of a JSON report: what can be compared with another run of another version.
public struct TraceRecord: Sendable, Equatable {
  public let initial: StateRecord
  public let steps: [StepRecord]
  /// In a lasso, the index of the state (0 is the initial one) to which the last step returns; the
  /// number of steps where the last state stays for ever.
  public let cycleStart: Int?
}

/// What is seen of a state.
public struct StateRecord: Sendable, Equatable {
  public let names: [String]
  /// One for each name.
  public let values: [String]
  public let inFlight: [String]

  public init(_ state: [UInt64], in system: TransitionSystem) {
    names = system.variables.map(\.name)
    values = system.variables.map { system.text(of: $0, in: state) }
    inFlight = TraceWords(system: system).inFlight(state)
  }

  var json: JSONText {
    .object([
      ("variables", .object(zip(names, values).map { ($0, .string($1)) })),
      ("inFlight", .array(inFlight.map(JSONText.string))),
    ])
  }

  init?(_ value: JSONValue) {
    guard let variables = value["variables"]?.members, let messages = value["inFlight"]?.array
    else { return nil }
    names = variables.map(\.name)
    values = variables.compactMap(\.value.string)
    inFlight = messages.compactMap(\.string)
    if values.count != variables.count || inFlight.count != messages.count { return nil }
  }
}

/// What is seen of a step.
public struct StepRecord: Sendable, Equatable {
  public struct Sent: Sendable, Equatable {
    public let message: String
    public let receiver: String
  }

  public let label: String
  public let sent: [Sent]
  /// Why the step fails; nil where it does not.
  public let failure: String?
  /// Nil where the step fails.
  public let state: StateRecord?

  public init(_ step: TraceStep, in system: TransitionSystem) {
    let words = TraceWords(system: system)
    label = words.label(step)
    sent = step.sent.map {
      Sent(
        message: words.message($0.entry, in: $0.channel),
        receiver: words.agent(system.channels[$0.channel.index].receiver))
    }
    failure = step.failure.map { system.failures[$0.index].message }
    state = step.state.map { StateRecord($0, in: system) }
  }

  /// The members of a step in a report; `place` says who acts, and where.
  func json(_ place: [(String, JSONText)]) -> JSONText {
    let sent = sent.map { sent -> JSONText in
      .object([("message", .string(sent.message)), ("to", .string(sent.receiver))])
    }
    return .object(
      [("label", .string(label))] + place + [
        ("sent", .array(sent)), ("failure", failure.map(JSONText.string) ?? .null),
        ("state", state?.json ?? .null),
      ])
  }

  init?(_ value: JSONValue) {
    guard let label = value["label"]?.string, let messages = value["sent"]?.array,
      let failure = value["failure"], let state = value["state"]
    else { return nil }
    self.label = label
    sent = messages.compactMap { sent in
      guard let message = sent["message"]?.string, let receiver = sent["to"]?.string else {
        return nil
      }
      return Sent(message: message, receiver: receiver)
    }
    self.failure = failure.string
    self.state = StateRecord(state)
    if sent.count != messages.count || (self.failure == nil) == (self.state == nil) { return nil }
  }
}

extension TraceRecord {
  init?(_ value: JSONValue) {
    guard let initial = value["initial"].flatMap(StateRecord.init),
      let steps = value["steps"]?.array
    else { return nil }
    self.initial = initial
    self.steps = steps.compactMap(StepRecord.init)
    cycleStart = value["cycleStart"]?.integer
    if self.steps.count != steps.count { return nil }
    // Only the last step may fail.
    if self.steps.dropLast().contains(where: { $0.state == nil }) { return nil }
    if let cycleStart, !(0...steps.count).contains(cycleStart) { return nil }
  }
}
