import Diagnostics
import Syntax

extension Program {
  /// What is declared and not used, sent and not handled. Requires: no errors.
  func lintUsage() {
    lintVariables()
    lintDefinitions()
    lintLocals()
    lintMessages()
    lintReceipts()
  }

  /// Imported files are libraries: what one spec leaves unused, another uses.
  private func isOwn(_ name: Name) -> Bool {
    name.span.file == mainFile && !name.text.hasPrefix("_")
  }

  private func lintVariables() {
    for (index, variable) in declared.variables.enumerated()
    where !usage.readVariables.contains(VariableID(index)) && isOwn(variable.syntax.name) {
      report(.neverRead("variable", variable.syntax.name))
    }
  }

  private func lintLocals() {
    for (local, name) in usage.ownLocals
    where !usage.readLocals.contains(local) && isOwn(name) {
      report(.neverRead("local", name))
    }
  }

  private func lintDefinitions() {
    var named: [(word: String, name: Name)] = []
    named += declared.parameters.map { ("param", $0.name) }
    named += declared.constants.map { ("constant", $0.name) }
    named += declared.aliases.map { ("type", $0.name) }
    named += declared.enumerations.map { ("type", $0) }
    named += declared.records.map { ("type", $0.name) }
    named += declared.functions.map { ("function", $0.name) }
    for (word, name) in named where !usage.names.contains(name.text) && isOwn(name) {
      report(.unusedDefinition(word, name))
    }
  }

  private func lintMessages() {
    for (index, message) in declared.messages.enumerated() where isOwn(message.name) {
      let id = MessageID(index)
      let isSent = senders[id] != nil
      let isTaken = receivers[id] != nil
      if !isSent, !isTaken {
        report(.unusedDefinition("message", message.name))
      } else if isSent, !isTaken, let send = usage.sends.first(where: { $0.message == id }) {
        report(.neverHandled(message.name.text, at: send.name.span, declared: message.name.span))
      } else {
        lintRecipients(id)
      }
    }
  }

  /// A message to an agent that has no rule for it.
  private func lintRecipients(_ id: MessageID) {
    for send in usage.sends where send.message == id {
      guard let target = declaration(of: send.target), receivers[id]?.contains(target) != true
      else { continue }
      report(
        .notHandledBy(
          send.name.text, spec.agents[target.index].name, at: send.name.span))
    }
  }

  private func lintReceipts() {
    for receipt in usage.receipts where !canBeForged(receipt) {
      let sends = usage.sends.filter { $0.message == receipt.message }
      if !sends.contains(where: { fits($0, receipt) }) {
        report(.neverMatches(receipt.name, isSent: !sends.isEmpty))
      }
    }
  }

  private func canBeForged(_ receipt: Usage.Receipt) -> Bool {
    byzantine.contains { id in
      agentType(id, at: receipt.name.span).map { spec.hasShape($0, of: receipt.senders) } ?? true
    }
  }

  private func fits(_ send: Usage.Send, _ receipt: Usage.Receipt) -> Bool {
    guard let sender = agentType(send.agent, at: send.name.span),
      let receiver = agentType(receipt.agent, at: receipt.name.span),
      spec.hasShape(sender, of: receipt.senders), spec.hasShape(receiver, of: send.target)
    else { return false }
    return zip(send.constants, receipt.constants).allSatisfy { sent, wanted in
      guard let sent, let wanted else { return true }
      return sent == wanted
    }
  }
}
