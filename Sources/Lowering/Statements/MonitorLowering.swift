import Semantics
import TransitionSystem

/// Monitors: their rules are part of the step that sends, receives or crashes.
extension CodeLowering {
  func fireSent(_ message: MessageID, _ fields: [Value], from sender: Int, to receiver: Int) {
    for rule in spec.monitors.flatMap(\.rules) {
      guard case .sent(message, let patterns, from: let from, to: let to) = rule.event else {
        continue
      }
      fire(
        rule,
        fieldTests(patterns, fields)
          + partyTest(from, identity(sender)) + partyTest(to, identity(receiver)))
    }
  }

  func fireReceived(_ message: MessageID, _ fields: [Value], by receiver: Int, from sender: Value) {
    for rule in spec.monitors.flatMap(\.rules) {
      guard case .received(message, let patterns, by: let by, from: let from) = rule.event else {
        continue
      }
      fire(
        rule,
        fieldTests(patterns, fields)
          + partyTest(by, identity(receiver)) + partyTest(from, sender))
    }
  }

  func fireCrash(of agent: Int) {
    for rule in spec.monitors.flatMap(\.rules) {
      guard case .crash(of: let party) = rule.event else { continue }
      fire(rule, partyTest(party, identity(agent)))
    }
  }

  func identity(_ identity: Int) -> Value {
    Value(.agent(first: identity, count: 1), .constant(Int64(identity)))
  }

  /// Whether a monitor listens to the receipt of a type.
  func isReceiptWatched(_ message: MessageID) -> Bool {
    spec.monitors.contains { monitor in
      monitor.rules.contains { rule in
        if case .received(message, _, by: _, from: _) = rule.event { true } else { false }
      }
    }
  }

  /// Tests in order, then the condition and the body of the rule.
  private func fire(_ rule: MonitorRule, _ tests: [() -> ProgramExpression]) {
    guard let test = tests.first else {
      let body = { _ = self.lower(rule.body) }
      guard let when = rule.when else { return body() }
      return emitIf(cell(when), body)
    }
    emitIf(test()) { fire(rule, Array(tests.dropFirst())) }
  }

  /// One test for each field that its pattern restricts; binds the others.
  func fieldTests(_ patterns: [FieldPattern], _ fields: [Value]) -> [() -> ProgramExpression] {
    zip(patterns, fields).compactMap { pattern, field in
      switch pattern {
      case .any: return nil
      case .bind(let local):
        return {
          self.locals[local] = .value(field)
          return .yes
        }
      case .equal(let expression):
        return { self.matches(field, expression) }
      }
    }
  }

  func matches(_ field: Value, _ expression: TypedExpression) -> ProgramExpression {
    let value = lower(expression)
    return .all(zip(field.cells, value.cells).map { .equal($0, $1) })
  }

  /// The test of a party filter; binds its name.
  func partyTest(_ filter: PartyFilter?, _ party: Value) -> [() -> ProgramExpression] {
    guard let filter else { return [] }
    return [
      {
        if let binder = filter.binder { self.locals[binder] = .value(party) }
        var test = ProgramExpression.yes
        if case .agent(let first, let count) = filter.type {
          let bounds = party.bounds
          let last = Int64(first + count - 1)
          if bounds.upper < Int64(first) || bounds.lower > last { return .no }
          if bounds.lower < Int64(first) || bounds.upper > last {
            test = .within(party.cell, Int64(first), last)
          }
        }
        guard let equal = filter.equal else { return test }
        return self.shortCircuit(test, whenFalse: .no) { .equal(party.cell, self.cell(equal)) }
      }
    ]
  }
}
