import TransitionSystem

/// The spec's own words for the steps of traces.
struct TraceWords {
  let system: TransitionSystem

  /// "Reviewer receives Patch(1) from Coder, answers good = true".
  func label(_ step: TraceStep) -> String {
    let action = system.actions[step.action.index]
    guard let trigger = action.trigger, let entry = step.received else {
      return action.label + choices(step)
    }
    return heading(action, entry, trigger) + choices(step)
  }

  /// "Patch(1)".
  func message(_ entry: [Int64], in channel: ChannelID) -> String {
    let channel = system.channels[channel.index]
    guard let shape = system.message(of: entry, in: channel) else { return "a message" }
    if shape.fields.isEmpty { return shape.name }
    var rest = entry[channel.fieldStart...]
    let fields = shape.fields.map { field in
      let text = field.shape.text(rest.prefix(field.shape.cellCount), agents: system.agents)
      rest = rest.dropFirst(field.shape.cellCount)
      return text
    }
    return "\(shape.name)(\(fields.joined(separator: ", ")))"
  }

  func senderIndex(_ entry: [Int64], in channel: ChannelID) -> Int? {
    system.sender(of: entry, in: system.channels[channel.index])
  }

  func receiverIndex(_ channel: ChannelID) -> Int { system.channels[channel.index].receiver }

  /// The name of an identity; the network where nobody acts.
  func agent(_ index: Int?) -> String {
    index.map { system.agents[$0].name } ?? "the network"
  }

  /// "sends Patch(1) to Reviewer"; equal messages to several receivers make one line.
  func sends(_ step: TraceStep) -> [String] {
    var texts: [String] = []
    var receivers: [String: [String]] = [:]
    for sent in step.sent {
      let text = message(sent.entry, in: sent.channel)
      if receivers[text] == nil { texts.append(text) }
      receivers[text, default: []].append(agent(receiverIndex(sent.channel)))
    }
    return texts.map { "sends \($0) to \(listed(receivers[$0] ?? []))" }
  }

  /// "the value 4 is outside 0..3", for a failing step.
  func failure(_ step: TraceStep) -> Failure? {
    step.failure.map { system.failures[$0.index] }
  }

  private func heading(_ action: Action, _ entry: [Int64], _ trigger: Trigger) -> String {
    let message = message(entry, in: trigger.channel)
    let from = "from \(agent(senderIndex(entry, in: trigger.channel)))"
    let receiver = agent(receiverIndex(trigger.channel))
    switch action.kind {
    case .fault(.lose): return "the network loses \(message) \(from) to \(receiver)"
    case .fault(.duplicate):
      return action.agent == nil
        ? "the network duplicates \(message) \(from) to \(receiver)"
        : "\(receiver) receives \(message) \(from), and the network keeps a copy"
    case .fault(.crashInside): return "\(receiver) crashes while it handles \(message) \(from)"
    default: return "\(agent(action.agent)) receives \(message) \(from)"
    }
  }

  private func choices(_ step: TraceStep) -> String {
    step.choices.map { taken in
      let info = system.choices[taken.choice.index]
      let value = info.shape.text(ofRank: taken.value, agents: system.agents)
      switch info.kind {
      case .choose: return ", chooses \(info.name) = \(value)"
      case .ask: return ", answers \(info.name) = \(value)"
      case .flip: return ", flips \(info.name) = \(value)"
      case .fault: return ", \(info.name) = \(value)"
      case .initial: return ", \(info.name) starts as \(value)"
      }
    }.joined()
  }
}

/// "a", "a and b", "a, b and c".
func listed(_ names: [String]) -> String {
  guard let last = names.last, names.count > 1 else { return names.first ?? "" }
  return names.dropLast().joined(separator: ", ") + " and " + last
}
