import Diagnostics
import TransitionSystem

/// Transition systems by hand: integer slots and guarded commands.
struct SystemBuilder {
  private(set) var system = TransitionSystem()
  static let span = Span(file: FileID(0), start: 0, end: 0)

  init(_ name: String) { system.name = name }

  /// A slot with the values 0 ... upper, at first 0.
  mutating func slot(_ name: String, upper: Int) -> SlotID {
    system.layout.add(Slot(name: name, lower: 0, upper: Int64(upper)))
  }

  /// `count` slots side by side.
  mutating func slots(_ name: String, count: Int, upper: Int) -> SlotID {
    let first = slot("\(name)[0]", upper: upper)
    for index in 1..<max(1, count) { _ = slot("\(name)[\(index)]", upper: upper) }
    return first
  }

  mutating func action(
    _ label: String, when guards: [ProgramExpression], agent: Int? = nil, isFault: Bool = false,
    registers: Int = 0, on trigger: Trigger? = nil, _ body: [ProgramStatement]
  ) {
    let id = ActionID(system.actions.count)
    let rule = RuleID(system.rules.count)
    system.rules.append(RuleInfo(name: label, span: SystemBuilder.span, isOptional: false))
    system.actions.append(
      Action(
        id: id, label: label, agent: agent, kind: isFault ? .fault(.crash) : .step,
        rule: isFault ? nil : rule, isEnvironment: false, fairness: .weak,
        span: SystemBuilder.span, guards: guards.map(SystemBuilder.predicate), trigger: trigger,
        body: body, registerCount: registers))
  }

  static func predicate(_ expression: ProgramExpression) -> Predicate {
    Predicate(statements: [], result: expression, registerCount: 0)
  }

  mutating func property(
    _ name: String, _ kind: StateProperty.Kind, _ expression: ProgramExpression,
    antecedent: ProgramExpression? = nil, readsQuiescent: Bool = false
  ) {
    system.properties.append(
      StateProperty(
        name: name, kind: kind, predicate: SystemBuilder.predicate(expression),
        antecedent: antecedent.map(SystemBuilder.predicate), readsQuiescent: readsQuiescent,
        documentation: nil, span: SystemBuilder.span))
  }

  mutating func failure(_ kind: Failure.Kind, _ message: String) -> FailureID {
    system.failures.append(Failure(kind: kind, message: message, span: SystemBuilder.span))
    return FailureID(system.failures.count - 1)
  }

  mutating func choice(_ name: String, count: Int) -> ChoiceID {
    let shape = Shape.integer(lower: 0, upper: Int64(count - 1))
    system.choices.append(
      ChoiceInfo(name: name, kind: .choose, shape: shape, span: SystemBuilder.span))
    return ChoiceID(system.choices.count - 1)
  }

  mutating func start(_ statements: [ProgramStatement], registers: Int = 0) {
    system.initial = statements
    system.initialRegisterCount = registers
  }

  /// Whoever stops outside of this rests rightly.
  mutating func waits(where expression: ProgramExpression) {
    system.waiting = SystemBuilder.predicate(expression)
  }

  mutating func undelivered(where expression: ProgramExpression) {
    system.undelivered = SystemBuilder.predicate(expression)
  }
}

func constant(_ value: Int) -> ProgramExpression { .constant(Int64(value)) }

func == (left: ProgramExpression, right: ProgramExpression) -> ProgramExpression {
  .binary(.equal, left, right)
}

func == (left: SlotID, right: Int) -> ProgramExpression { .slot(left) == constant(right) }

func != (left: ProgramExpression, right: ProgramExpression) -> ProgramExpression {
  .binary(.notEqual, left, right)
}

func < (left: ProgramExpression, right: ProgramExpression) -> ProgramExpression {
  .binary(.less, left, right)
}

func + (left: ProgramExpression, right: Int) -> ProgramExpression {
  .binary(.addWrapping, left, constant(right))
}

func && (left: ProgramExpression, right: ProgramExpression) -> ProgramExpression {
  .binary(.and, left, right)
}

func || (left: ProgramExpression, right: ProgramExpression) -> ProgramExpression {
  .binary(.or, left, right)
}

extension SystemBuilder {
  /// An unbounded queue of one-bit messages with room for a few.
  mutating func queue(_ name: String, room: Int) {
    let length = slot("\(name).length", upper: room)
    let cell = Slot(name: "\(name).cell", lower: 0, upper: 1)
    addChannel { layout in
      Channel(
        name: name, order: .queue, receiver: 1, sender: 0, tagCell: nil, senderCell: nil,
        fieldStart: 0, cellCount: 1, length: length,
        entries: layout.addEntries(cells: [cell], count: room), room: room, grows: true,
        messages: [])
    }
  }

  /// A channel of one-bit messages.
  mutating func channel(_ name: String, _ order: Channel.Order, room: Int, grows: Bool) {
    let length = slot("\(name).length", upper: room)
    let cell = Slot(name: "\(name).cell", lower: 0, upper: 1)
    addChannel { layout in
      Channel(
        name: name, order: order, receiver: 0, sender: nil, tagCell: nil, senderCell: nil,
        fieldStart: 0, cellCount: 1, length: length,
        entries: layout.addEntries(cells: [cell], count: room), room: room, grows: grows,
        messages: [])
    }
  }

  /// The cell of the entry at an index.
  func firstCell(_ channel: Int, at index: Register) -> ProgramExpression {
    let channel = system.channels[channel]
    return .slotAt(
      first: channel.entries, stride: 1, count: channel.room, index: .register(index))
  }

  private mutating func addChannel(_ make: (inout StateLayout) -> Channel) {
    system.channels.append(make(&system.layout))
  }
}
