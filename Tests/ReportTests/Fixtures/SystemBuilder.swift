import Diagnostics
import TransitionSystem

/// Puts a small transition system together by hand, with just what reports read of one.
struct SystemBuilder {
  private(set) var system = TransitionSystem()
  private(set) var sources = SourceSet()
  private let file: FileID

  init(_ name: String, file: String, source: String) {
    system.name = name
    self.file = sources.add(SourceFile(name: file, text: Array(source.utf8)))
  }

  /// The first place of a text in the source.
  func span(_ text: String) -> Span {
    let source = sources.files[file.index].text
    let wanted = Array(text.utf8)
    let starts = 0...max(0, source.count - wanted.count)
    let start = starts.first { source[$0...].starts(with: wanted) } ?? 0
    return Span(file: file, start: start, end: start + wanted.count)
  }

  mutating func agents(_ names: [String], family: String? = nil, isEnvironment: Bool = false) {
    system.agents += names.map {
      AgentInfo(name: $0, family: family ?? $0, isEnvironment: isEnvironment)
    }
  }

  /// Every cell gets the values -1 ... 62.
  mutating func variable(
    _ name: String, _ shape: Shape, kind: VariableInfo.Kind = .shared, agent: Int? = nil
  ) {
    let slots = (0..<shape.cellCount).map {
      system.layout.add(Slot(name: "\(name).\($0)", lower: -1, upper: 62))
    }
    system.variables.append(
      VariableInfo(name: name, kind: kind, agent: agent, shape: shape, slots: slots))
  }

  /// A bag of at most four messages of the types given, with the tag in cell 0.
  mutating func channel(
    from sender: Int, to receiver: Int, _ messages: [(name: String, fields: [Shape])]
  ) -> ChannelID {
    let shapes = messages.enumerated().map { tag, message in
      MessageShape(
        name: message.name, tag: Int64(tag), fields: message.fields.map { ("field", $0) })
    }
    let cellCount = 1 + (messages.map { $0.fields.reduce(0) { $0 + $1.cellCount } }.max() ?? 0)
    let length = system.layout.add(Slot(name: "length", lower: 0, upper: 4))
    let cells = (0..<cellCount).map { Slot(name: "cell \($0)", lower: -1, upper: 62) }
    system.channels.append(
      Channel(
        name: "\(system.agents[sender].name) to \(system.agents[receiver].name)", order: .bag,
        receiver: receiver, sender: sender, tagCell: 0, senderCell: nil, fieldStart: 1,
        cellCount: cellCount, length: length,
        entries: system.layout.addEntries(cells: cells, count: 4), room: 4, grows: true,
        messages: shapes))
    return ChannelID(system.channels.count - 1)
  }

  mutating func action(
    _ label: String, agent: Int?, _ kind: ActionKind = .step, at source: String,
    takes channel: ChannelID? = nil
  ) -> ActionID {
    let id = ActionID(system.actions.count)
    let trigger = channel.map {
      Trigger(channel: $0, candidates: .deliverable, index: Register(0))
    }
    system.actions.append(
      Action(
        id: id, label: label, agent: agent, kind: kind, rule: nil, isEnvironment: false,
        fairness: .weak, span: span(source), guards: [], trigger: trigger, body: [],
        registerCount: 1))
    return id
  }

  mutating func choice(_ name: String, _ kind: ChoiceInfo.Kind, _ shape: Shape) -> ChoiceID {
    system.choices.append(
      ChoiceInfo(name: name, kind: kind, shape: shape, span: span(name)))
    return ChoiceID(system.choices.count - 1)
  }

  mutating func failure(_ kind: Failure.Kind, _ message: String, at source: String) -> FailureID {
    system.failures.append(Failure(kind: kind, message: message, span: span(source)))
    return FailureID(system.failures.count - 1)
  }

  /// A packed state: the cells of some variables and the entries of some channels; the rest of
  /// the variables are cells of 0, the rest of the channels empty.
  func state(
    _ values: [String: [Int64]] = [:], inFlight: [(ChannelID, [[Int64]])] = []
  ) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: system.layout.wordCount)
    for variable in system.variables {
      for (index, slot) in variable.slots.enumerated() {
        write(values[variable.name].map { $0[index] } ?? 0, to: slot, of: &words)
      }
    }
    for (id, entries) in inFlight {
      let channel = system.channels[id.index]
      write(Int64(entries.count), to: channel.length, of: &words)
      for (place, entry) in entries.enumerated() {
        for (cell, value) in entry.enumerated() {
          let slot = SlotID(channel.entries.index + place * channel.cellCount + cell)
          write(value, to: slot, of: &words)
        }
      }
    }
    return words
  }

  private func write(_ value: Int64, to slot: SlotID, of words: inout [UInt64]) {
    let position = system.layout.positions[slot.index]
    let description = system.layout.slots[slot.index]
    let mask = (UInt64(1) << UInt64(description.width) - 1) << UInt64(position.shift)
    let bits = UInt64(bitPattern: value - description.minimum) << UInt64(position.shift)
    words[Int(position.word)] = words[Int(position.word)] & ~mask | bits & mask
  }
}

extension TraceStep {
  init(
    _ action: ActionID, takes received: [Int64]? = nil, _ choices: [(ChoiceID, Int64)] = [],
    sends sent: [(ChannelID, [Int64])] = [], to state: [UInt64]?, fails failure: FailureID? = nil
  ) {
    self.init(
      action: action, received: received, choices: choices.map { (choice: $0.0, value: $0.1) },
      sent: sent.map { SentMessage(channel: $0.0, entry: $0.1) }, state: state, failure: failure)
  }
}
