import Semantics

/// A naive interpreter of the typed spec, written from the language's definition.
///
/// It favours the obvious over the fast: every transition is computed by running its statements
/// from the beginning, once for each sequence of choices.
final class Interpreter {
  let spec: TypedSpec
  let domain: Domain
  let agentCount: Int
  /// Declaration of each identity.
  let declarations: [AgentDeclaration]
  /// Slot of the first copy of each variable.
  private let slots: [Int]
  let slotCount: Int
  /// Whether an identity has a `run` and nothing that could still fire at its end.
  let isRunOnly: [Bool]
  /// Whether some clause lets an identity crash with recovery.
  let mayRecover: [Bool]
  /// Nil without a prompt, and where it is too large to try everything.
  let claims: Claims?
  /// Number of executions so far.
  var executions = 0
  /// With more, the ways through a step are given up: what is found from then on is not whole.
  var executionsMax = Int.max

  init(_ spec: TypedSpec) {
    self.spec = spec
    domain = Domain(spec)
    claims = Claims(spec)
    agentCount = spec.agentCount
    declarations = spec.agents.flatMap { Array(repeating: $0, count: $0.count) }
    var slots: [Int] = []
    var next = 0
    for variable in spec.variables {
      slots.append(next)
      if case .agent(let id) = variable.owner {
        next += spec.agents[id.index].count
      } else {
        next += 1
      }
    }
    self.slots = slots
    slotCount = next
    isRunOnly = declarations.map { declaration in
      declaration.rules.contains { if case .run = $0.kind { true } else { false } }
        && !declaration.rules.contains {
          switch $0.kind {
          case .message, .step: true
          case .start, .recover, .run: false
          }
        }
    }
    mayRecover = declarations.indices.map { identity in
      spec.faults.contains {
        guard case .crash(let limit, let agents, _, true) = $0.kind else { return false }
        return limit > 0 && agents.contains(identity)
      }
    }
  }

  /// Place of a variable in `State.variables`; the identity matters for agents' variables only.
  func slot(of variable: VariableID, identity: Int?) -> Int {
    guard case .agent(let id) = spec.variables[variable.index].owner else {
      return slots[variable.index]
    }
    guard let identity else { preconditionFailure("whose variable?") }
    return slots[variable.index] + identity - spec.agents[id.index].first
  }

  /// The places of all copies of a variable.
  func slots(of variable: VariableID) -> Range<Int> {
    let first = slots[variable.index]
    guard case .agent(let id) = spec.variables[variable.index].owner else {
      return first..<first + 1
    }
    return first..<first + spec.agents[id.index].count
  }

  /// The body of an identity's `run`.
  func runBody(of identity: Int) -> [TypedStatement]? {
    declarations[identity].rules.first { if case .run = $0.kind { true } else { false } }?.body
  }

  /// Whether messages of the type go through queues.
  func isOrdered(_ type: MessageID) -> Bool {
    spec.network.isFIFO || spec.messages[type.index].isFIFO
  }

  /// Whether an identity has a rule of this kind that comes before everything else.
  func hasRule(_ identity: Int, _ isKind: (Rule.Kind) -> Bool) -> Bool {
    declarations[identity].rules.contains { isKind($0.kind) }
  }
}

extension Rule.Kind {
  var isStart: Bool { if case .start = self { true } else { false } }
  var isRecover: Bool { if case .recover = self { true } else { false } }
}
