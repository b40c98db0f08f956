import Diagnostics
import Semantics

/// What fails in a failing step.
enum FailureKind: Hashable { case assertion, evaluation }

/// Why a transition is one of its own: the tuple of section 10.
struct Label: Hashable {
  enum Action: Hashable {
    /// Index of the rule in its declaration.
    case rule(Int)
    /// The statement in `run`, and which of its ways: a case of `receive`, then its timeout.
    case run(path: [Int], way: Int)
    case fault
  }
  enum Strike: Hashable {
    case crash(clause: Int)
    case recovery
    /// The queue it leaves behind, where there is one.
    case loss(clause: Int, queue: [Message]?)
    case copy(clause: Int, queue: [Message]?)
    /// The delivery leaves the message in place.
    case kept(clause: Int)
    /// The sender is byzantine.
    case forged
    /// A crash inside the step, after these messages.
    case partial(clause: Int, messages: [Message: Int])
  }
  var agent: Int?
  var action: Action
  var message: Message?
  /// In order.
  var choices: [Value] = []
  var faults: [Strike] = []

  var isFault: Bool { !faults.isEmpty }
}

struct Transition {
  enum Outcome {
    case state(State)
    case failure(FailureKind, Span)
  }
  let label: Label
  let outcome: Outcome
  /// The places of the choices that were drawn.
  var drawn: Set<Int> = []
}
