import Diagnostics
import TransitionSystem

/// A span that nobody reads.
let nowhere = Span(file: FileID(0), start: 0, end: 0)

/// Puts small transition systems together.
struct SystemBuilder {
  var system = TransitionSystem()

  init(failures: Int = 4, choices: Int = 3) {
    system.failures = (0..<failures).map {
      Failure(kind: .evaluation, message: "failure \($0)", span: nowhere)
    }
    system.choices = (0..<choices).map {
      ChoiceInfo(
        name: "choice \($0)", kind: .choose, shape: .integer(lower: 0, upper: 7), span: nowhere)
    }
  }

  @discardableResult
  mutating func slot(_ lower: Int64, _ upper: Int64) -> SlotID {
    system.layout.add(Slot(name: "slot", lower: lower, upper: upper))
  }

  /// A channel whose cells have the given ranges.
  @discardableResult
  mutating func channel(
    _ order: Channel.Order, _ cells: [ClosedRange<Int64>], room: Int, grows: Bool = true
  ) -> ChannelID {
    let length = slot(0, Int64(room))
    let slots = cells.map { Slot(name: "cell", lower: $0.lowerBound, upper: $0.upperBound) }
    let entries = system.layout.addEntries(cells: slots, count: room)
    system.channels.append(
      Channel(
        name: "channel", order: order, receiver: 0, sender: nil, tagCell: nil, senderCell: nil,
        fieldStart: 0, cellCount: cells.count, length: length, entries: entries, room: room,
        grows: grows, messages: []))
    return ChannelID(system.channels.count - 1)
  }

  @discardableResult
  mutating func action(
    when guards: [ProgramExpression] = [], on trigger: Trigger? = nil, isFault: Bool = false,
    registers: Int = 8, _ body: [ProgramStatement]
  ) -> ActionID {
    action(
      guards: guards.map { Predicate(statements: [], result: $0, registerCount: 0) },
      on: trigger, isFault: isFault, registers: registers, body)
  }

  @discardableResult
  mutating func action(
    guards: [Predicate], on trigger: Trigger? = nil, isFault: Bool = false, registers: Int = 8,
    _ body: [ProgramStatement]
  ) -> ActionID {
    let id = ActionID(system.actions.count)
    system.actions.append(
      Action(
        id: id, label: "action", agent: 0, kind: isFault ? .fault(.lose) : .step, rule: nil,
        isEnvironment: false, fairness: .none, span: nowhere, guards: guards, trigger: trigger,
        body: body, registerCount: registers))
    return id
  }

  mutating func invariant(_ predicate: Predicate, antecedent: Predicate? = nil) {
    system.properties.append(
      StateProperty(
        name: "property", kind: .invariant, predicate: predicate, antecedent: antecedent,
        readsQuiescent: false, documentation: nil, span: nowhere))
  }

  mutating func invariant(_ result: ProgramExpression) {
    invariant(Predicate(statements: [], result: result, registerCount: 0))
  }
}

// Shorthand for trees.

func c(_ value: Int64) -> ProgramExpression { .constant(value) }
func r(_ index: Int) -> ProgramExpression { .register(Register(index)) }
func == (a: ProgramExpression, b: ProgramExpression) -> ProgramExpression { .binary(.equal, a, b) }
func != (a: ProgramExpression, b: ProgramExpression) -> ProgramExpression {
  .binary(.notEqual, a, b)
}
func < (a: ProgramExpression, b: ProgramExpression) -> ProgramExpression { .binary(.less, a, b) }
func <= (a: ProgramExpression, b: ProgramExpression) -> ProgramExpression {
  .binary(.lessEqual, a, b)
}
func && (a: ProgramExpression, b: ProgramExpression) -> ProgramExpression { .binary(.and, a, b) }
func || (a: ProgramExpression, b: ProgramExpression) -> ProgramExpression { .binary(.or, a, b) }
prefix func ! (a: ProgramExpression) -> ProgramExpression { .unary(.not, a) }
func + (a: ProgramExpression, b: ProgramExpression) -> ProgramExpression {
  .binary(.addWrapping, a, b)
}
func set(_ index: Int, _ value: ProgramExpression) -> ProgramStatement {
  .set(Register(index), value)
}
