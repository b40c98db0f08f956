import Diagnostics
import Syntax

extension Program {
  /// The message of that name with its fields; nil after an error.
  func message(_ name: Name) -> (id: MessageID, type: MessageType)? {
    guard let id = messages[name.text] else {
      let suggestion = closest(to: name.text, among: messages.keys.sorted())
      report(.unknownMessage(name, suggestion: suggestion))
      return nil
    }
    return messageType(id).map { (id, $0) }
  }

  func messageType(_ id: MessageID) -> MessageType? {
    let message = declared.messages[id.index]
    let type = resolve(
      \.declared.messages[id.index].type, message.name.text, at: message.name.span
    ) {
      fields(message.fields).map {
        MessageType(
          name: message.name.text, fields: $0, isFIFO: message.isFIFO, span: message.name.span)
      }
    }
    if let type { spec.messages[id.index] = type }
    return type
  }

  /// The agents of the declarations as a type: one family or agent, else any agent.
  func type(ofAgents ids: Set<AgentID>, at span: Span) -> Type? {
    guard layOutAgents(at: span) else { return nil }
    guard let id = ids.first, ids.count == 1 else { return spec.anyAgent }
    return agentType(id, at: span)
  }
}
