import Semantics

/// Monitors see events inside the step that makes them; they change nothing but their variables.
extension Execution {
  func observeSent(_ message: Message) throws(Interruption) {
    try observe { (execution, event) throws(Interruption) in
      guard case .sent(message.type, let fields, let from, let to) = event else { return false }
      guard try execution.bind(message.fields, fields) else { return false }
      guard try execution.passes(message.sender, from) else { return false }
      return try execution.passes(message.receiver, to)
    }
  }

  func observeReceived(_ message: Message) throws(Interruption) {
    try observe { (execution, event) throws(Interruption) in
      guard case .received(message.type, let fields, let by, let from) = event else { return false }
      guard try execution.bind(message.fields, fields) else { return false }
      guard try execution.passes(message.receiver, by) else { return false }
      return try execution.passes(message.sender, from)
    }
  }

  func observeCrash(of identity: Int) throws(Interruption) {
    try observe { (execution, event) throws(Interruption) in
      guard case .crash(let of) = event else { return false }
      return try execution.passes(identity, of)
    }
  }

  /// Executes each rule whose event this is, in the order of declaration.
  private func observe(
    _ applies: (Execution, MonitorRule.Event) throws(Interruption) -> Bool
  ) throws(Interruption) {
    let (savedAgent, savedSender) = (agent, sender)
    agent = nil
    sender = nil
    for monitor in spec.monitors {
      for rule in monitor.rules where try applies(self, rule.event) {
        if let condition = rule.when, !(try evaluate(condition).truth) { continue }
        try run(rule.body)
      }
    }
    agent = savedAgent
    sender = savedSender
  }
}
