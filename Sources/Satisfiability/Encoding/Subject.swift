import Semantics

/// What a condition reads and a solver may choose.
public enum Subject: Hashable, Sendable {
  /// Nil: of the agent at hand, of a monitor, or shared.
  case variable(VariableID, of: Int?)
  case local(LocalID)
  /// A field of the message at hand.
  case field(MessageID, Int)
  case selfAgent
  case sender
  case status(AgentStatus, of: Int)
  case quiescent
  case inFlight(MessageID)
  case coherent
  /// By place in the prompt.
  case determined(Int)
}

/// A value for everything that some conditions read.
public struct Valuation: Sendable {
  public struct Item: Sendable {
    public let subject: Subject
    public let type: Type
    public let value: Value
  }
  public let items: [Item]
}
