import Diagnostics

/// Index of an action in `TransitionSystem.actions`.
public struct ActionID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

/// Index of a rule as written in the spec, for coverage: several actions may belong to one.
public struct RuleID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

/// An identity, for people and for message charts.
public struct AgentInfo: Sendable {
  /// `Merger`, `Node[2]`.
  public let name: String
  /// `Node`.
  public let family: String
  public let isEnvironment: Bool
  public init(name: String, family: String, isEnvironment: Bool) {
    self.name = name
    self.family = family
    self.isEnvironment = isEnvironment
  }
}

/// A variable of the state as people see it.
public struct VariableInfo: Sendable {
  /// `Node[1].level`, `head`, `Approvals.approved`; for control points `Coder` (at …).
  public let name: String
  public enum Kind: Sendable {
    case agent, shared, monitor, control, local, lifecycle, budget
    /// A member of the set that the oracle is asked about; true once it is in.
    case claim
  }
  public let kind: Kind
  /// The agent it belongs to.
  public let agent: Int?
  public let shape: Shape
  /// The cells, in order.
  public let slots: [SlotID]
  /// Of a local: where it exists. Elsewhere its cells are cleared and mean nothing.
  public let lifetime: Lifetime?
  public init(
    name: String, kind: Kind, agent: Int?, shape: Shape, slots: [SlotID], lifetime: Lifetime? = nil
  ) {
    self.lifetime = lifetime
    self.name = name
    self.kind = kind
    self.agent = agent
    self.shape = shape
    self.slots = slots
  }
}

/// The control points of an agent at which a local exists.
public struct Lifetime: Sendable {
  public let control: SlotID
  /// Values of the slot.
  public let points: Set<Int64>
  public init(control: SlotID, points: Set<Int64>) {
    self.control = control
    self.points = points
  }
}

/// A message type as it lies in the entries of one channel.
public struct MessageShape: Sendable {
  public let name: String
  /// Value of the tag cell, where the channel has one.
  public let tag: Int64
  public let fields: [(name: String, shape: Shape)]
  public init(name: String, tag: Int64, fields: [(name: String, shape: Shape)]) {
    self.name = name
    self.tag = tag
    self.fields = fields
  }
}

/// Messages in flight: a bag (ascending, any entry can be next) or a queue (entry 0 is the head).
///
/// An entry is `cellCount` cells: the tag (if several types share the channel), the sender (if
/// several agents may send into it), then the fields of the type from `fieldStart` on, cleared
/// behind the last. Entry i, cell c is slot `entries + i * cellCount + c`.
public struct Channel: Sendable {
  public enum Order: Sendable { case bag, queue }
  /// `Coder to Reviewer`, `Patch to Reviewer`.
  public let name: String
  public let order: Order
  public let receiver: Int
  /// Nil where several agents may send; then `senderCell` says where the sender stands.
  public let sender: Int?
  public let tagCell: Int?
  public let senderCell: Int?
  public let fieldStart: Int
  public let cellCount: Int
  /// Holds the number of entries.
  public let length: SlotID
  public let entries: SlotID
  /// Entries that the representation has room for.
  public let room: Int
  /// Whether a full representation grows: the meaning is unbounded, or `capacity` is greater.
  public let grows: Bool
  /// Entries that the meaning allows; nil where it is unbounded. Senders see to it.
  public let capacity: Int?
  public let messages: [MessageShape]
  public init(
    name: String, order: Order, receiver: Int, sender: Int?, tagCell: Int?, senderCell: Int?,
    fieldStart: Int, cellCount: Int, length: SlotID, entries: SlotID, room: Int, grows: Bool,
    capacity: Int? = nil, messages: [MessageShape]
  ) {
    self.name = name
    self.order = order
    self.receiver = receiver
    self.sender = sender
    self.tagCell = tagCell
    self.senderCell = senderCell
    self.fieldStart = fieldStart
    self.cellCount = cellCount
    self.length = length
    self.entries = entries
    self.room = room
    self.grows = grows
    self.capacity = capacity
    self.messages = messages
  }

  /// Room that the representation may come to have, where `limit` is that of unbounded channels.
  public func roomMax(unbounded limit: Int) -> Int { max(1, capacity ?? limit) }
}

/// Why a step can fail.
public struct Failure: Sendable {
  public enum Kind: Sendable {
    case assertion, evaluation
    /// No fault of the spec: the oracle did not know.
    case undecided
  }
  public let kind: Kind
  /// "the value is outside 0..3", "division by zero", "the assertion is false".
  public let message: String
  public let span: Span
  public init(kind: Kind, message: String, span: Span) {
    self.kind = kind
    self.message = message
    self.span = span
  }
}

/// A place where the spec chooses.
public struct ChoiceInfo: Sendable {
  public enum Kind: Sendable {
    case choose, ask, flip
    /// The value of a field of a byzantine message, of an `any`, the set of byzantine agents.
    case fault, initial
  }
  /// The name it binds.
  public let name: String
  public let kind: Kind
  /// The chosen cell is the rank of the value in this shape (`Shape.text(ofRank:)`).
  public let shape: Shape
  public let span: Span
  public init(name: String, kind: Kind, shape: Shape, span: Span) {
    self.name = name
    self.kind = kind
    self.shape = shape
    self.span = span
  }
}

/// A rule of the spec, for coverage and reports.
public struct RuleInfo: Sendable {
  /// `Reviewer: on Patch(r)`, `Node: step retry`.
  public let name: String
  public let span: Span
  /// Only faults or the environment fire it, or it need not fire: no coverage warning.
  public let isOptional: Bool
  public init(name: String, span: Span, isOptional: Bool) {
    self.name = name
    self.span = span
    self.isOptional = isOptional
  }
}

public enum Fairness: Sendable { case none, weak, strong }

public enum FaultKind: Sendable { case crash, crashInside, recover, byzantine, lose, duplicate }

public enum ActionKind: Sendable {
  case start, handler, step, segment, onRecover
  case fault(FaultKind)
}

/// What an action takes out of a channel.
public struct Trigger: Sendable {
  public enum Candidates: Sendable {
    /// What can be delivered: each distinct entry of a bag, the head of a queue.
    case deliverable
    /// Each entry that differs from the one before it (losses and copies).
    case distinct
  }
  public let channel: ChannelID
  public let candidates: Candidates
  /// Set to the index of the entry before the body runs.
  public let index: Register
  public init(channel: ChannelID, candidates: Candidates, index: Register) {
    self.channel = channel
    self.candidates = candidates
    self.index = index
  }
}

/// One kind of step. A transition is an action with an entry of its trigger and one way through the
/// choices of its body.
///
/// Enabled instances: every guard is true (they read the state only, no trigger or choice), then
/// for each candidate of the trigger, each way through the body that completes. Guards are in the
/// order to evaluate; a guard is evaluated only if those before it are true. A failure in a guard
/// is a failing step.
public struct Action: Sendable {
  public let id: ActionID
  /// "Reviewer receives Patch from Coder", "Node[1] crashes": the heading of a label.
  public let label: String
  /// Who acts; nil for the network.
  public let agent: Int?
  public let kind: ActionKind
  /// Nil for faults.
  public let rule: RuleID?
  public let isEnvironment: Bool
  public let fairness: Fairness
  public let span: Span
  public let guards: [Predicate]
  public let trigger: Trigger?
  public let body: [ProgramStatement]
  /// Registers of the body; register numbers are below this.
  public let registerCount: Int

  public init(
    id: ActionID, label: String, agent: Int?, kind: ActionKind, rule: RuleID?,
    isEnvironment: Bool, fairness: Fairness, span: Span, guards: [Predicate], trigger: Trigger?,
    body: [ProgramStatement], registerCount: Int
  ) {
    self.id = id
    self.label = label
    self.agent = agent
    self.kind = kind
    self.rule = rule
    self.isEnvironment = isEnvironment
    self.fairness = fairness
    self.span = span
    self.guards = guards
    self.trigger = trigger
    self.body = body
    self.registerCount = registerCount
  }

  public var isFault: Bool { if case .fault = kind { true } else { false } }

  /// Whether it serves the one weak constraint of its agent's `run`.
  public var isSegment: Bool { if case .segment = kind { true } else { false } }

  /// Whether fairness asks for it.
  public var isOwed: Bool { !isFault && !isEnvironment && fairness != .none }
}

/// A state property to search for.
public struct StateProperty: Sendable {
  public enum Kind: Sendable {
    /// Violated by a reachable state where the predicate is false.
    case invariant
    /// Witnessed by a reachable state where it is true.
    case reachability
  }
  public let name: String
  public let kind: Kind
  public let predicate: Predicate
  /// The left side of an `implies` at the top of an invariant, to see whether it is ever true.
  public let antecedent: Predicate?
  /// Whether the predicate reads `quiescent`, so that it needs the successors.
  public let readsQuiescent: Bool
  public let documentation: String?
  public let span: Span
  public init(
    name: String, kind: Kind, predicate: Predicate, antecedent: Predicate?, readsQuiescent: Bool,
    documentation: String?, span: Span
  ) {
    self.name = name
    self.kind = kind
    self.predicate = predicate
    self.antecedent = antecedent
    self.readsQuiescent = readsQuiescent
    self.documentation = documentation
    self.span = span
  }
}

/// The contract between front ends and engines: a finite set of actions over a packed state vector.
public struct TransitionSystem: Sendable {
  public var name = ""
  public var layout = StateLayout()
  public var agents: [AgentInfo] = []
  public var variables: [VariableInfo] = []
  public var channels: [Channel] = []
  public var failures: [Failure] = []
  public var choices: [ChoiceInfo] = []
  public var rules: [RuleInfo] = []
  /// Runs on the all-zero vector; each way through it is an initial state.
  public var initial: [ProgramStatement] = []
  public var initialRegisterCount = 0
  /// In the order in which successors are generated.
  public var actions: [Action] = []
  public var properties: [StateProperty] = []
  /// Not looked at by a search of states.
  public var temporalProperties: [TemporalProperty] = []
  /// The atoms of all temporal properties, one property after the other.
  public var atoms: [StateProperty] { temporalProperties.flatMap(\.atoms) }
  /// Some live agent's `run` is neither at its end nor at an idle point: with nothing but faults
  /// enabled, a deadlock.
  public var waiting = Predicate(statements: [], result: .constant(0), registerCount: 0)
  /// A message to a live agent is in flight: with nothing but faults enabled, an orphan.
  public var undelivered = Predicate(statements: [], result: .constant(0), registerCount: 0)
  /// What properties ask the oracle.
  public var questions: [Question] = []
  /// By place among the slots that questions are about.
  public var members: [OracleMember] = []
  /// Who answers; without one every answer is unknown.
  public var oracle: (any Oracle)?

  public init() {}
}
