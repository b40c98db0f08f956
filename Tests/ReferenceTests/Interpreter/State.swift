import Semantics

/// A message in flight, or the one at hand.
struct Message: Hashable {
  let type: MessageID
  let fields: [Value]
  let sender: Int
  let receiver: Int
}

/// An ordered pair of agents.
struct Link: Hashable {
  let sender: Int
  let receiver: Int
}

/// Where a `run` stands: the way to its next statement, with what is still to be done on the way.
struct Control: Hashable {
  /// Index of a statement in the body, of a block of that statement, of a statement in that block
  /// and so on; the last index is a statement's, or the number of statements at the end of a block.
  /// Empty at the end of the `run`.
  var path: [Int]
  /// What remains to be visited of each `for` around it, outermost first.
  var remains: [[Value]] = []
  /// The locals in scope, by `LocalID.index`.
  var locals: [Int: Value] = [:]
}

/// All of an agent but its variables.
struct AgentState: Hashable {
  enum Lifecycle: Hashable {
    case live, stopped, crashed
    /// Crashed, but may recover.
    case down
    case byzantine
  }
  var lifecycle = Lifecycle.live
  /// `on start` has not been run yet.
  var startPending = false
  /// `on recover` has not been run yet since the recovery.
  var recoverPending = false
  /// Nil without a `run` and after the last step.
  var control: Control?
  /// Where a recovery resumes; nil: at the beginning.
  var checkpoint: Control?
}

/// A state: the tuple of sections 3 and 10.
struct State: Hashable {
  /// By slot, see `Interpreter.slot(of:identity:)`.
  var variables: [Value]
  /// By identity.
  var agents: [AgentState]
  /// Unordered messages in flight, with the number of their copies (never 0).
  var bag: [Message: Int] = [:]
  /// Ordered messages in flight, head first (never empty).
  var queues: [Link: [Message]] = [:]
  /// The claims that agents have committed to.
  var claims: Set<Claim> = []
  /// How often each clause of `faults` has struck; 0 for those without a budget.
  var used: [Int]
}

extension State {
  /// Every message in flight, copies included.
  var messages: [Message] {
    bag.flatMap { Array(repeating: $0, count: $1) } + queues.values.flatMap { $0 }
  }

  mutating func remove(_ message: Message, ordered: Bool) {
    if ordered {
      let link = Link(sender: message.sender, receiver: message.receiver)
      precondition(queues[link]?.first == message, "only the head of a queue is delivered")
      setQueue(link, to: Array(queues[link, default: []].dropFirst()))
    } else {
      let count = bag[message, default: 0]
      precondition(count > 0, "only messages in flight are delivered")
      bag[message] = count == 1 ? nil : count - 1
    }
  }

  mutating func setQueue(_ link: Link, to messages: [Message]) {
    queues[link] = messages.isEmpty ? nil : messages
  }

  mutating func removeMessages(to receiver: Int) {
    bag = bag.filter { $0.key.receiver != receiver }
    queues = queues.filter { $0.key.receiver != receiver }
  }
}
