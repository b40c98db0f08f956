import Syntax

/// What the rules of a spec make use of, for the lints.
struct Usage {
  /// A `send` of a message.
  struct Send {
    let message: MessageID
    let agent: AgentID
    let target: Type
    /// A field's value where it is the same under all parameters, else nil.
    let constants: [Value?]
    let name: Name
  }

  /// A pattern that takes a message.
  struct Receipt {
    let message: MessageID
    let agent: AgentID
    let senders: Type
    let constants: [Value?]
    let name: Name
  }

  /// Names of the file scope that something refers to.
  var names: Set<String> = []
  var readVariables: Set<VariableID> = []
  var readLocals: Set<LocalID> = []
  /// Locals bound by `let` or `var` in a body, which somebody should read.
  var ownLocals: [(local: LocalID, name: Name)] = []
  var sends: [Send] = []
  var receipts: [Receipt] = []
  /// Messages that a monitor, a property or a fault mentions.
  var mentionedMessages: Set<MessageID> = []
}
