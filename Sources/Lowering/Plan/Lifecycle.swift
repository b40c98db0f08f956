import Semantics
import TransitionSystem

/// Where an agent is in its life.
enum LifecycleState: Int, CaseIterable {
  case live
  /// `on start` is pending.
  case starting
  case stopped
  /// For good.
  case crashed
  case byzantine
  /// Crashed, may recover; `on start` done or pending.
  case down, downStarting
  /// Recovered, `on recover` pending; `on start` done or pending.
  case recovering, recoveringStarting

  var text: String {
    switch self {
    case .live: "live"
    case .starting: "starting"
    case .stopped: "stopped"
    case .crashed: "crashed"
    case .byzantine: "byzantine"
    case .down: "down"
    case .downStarting: "down before its start"
    case .recovering: "recovering"
    case .recoveringStarting: "recovering before its start"
    }
  }

  /// Messages to it vanish.
  static let gone: Set<LifecycleState> = [.stopped, .crashed, .byzantine]
  /// It reads as crashed.
  static let fallen: Set<LifecycleState> = [.crashed, .down, .downStarting]
  static let isDown: Set<LifecycleState> = [.down, .downStarting]
  /// It can crash.
  static let up: Set<LifecycleState> = [.live, .starting, .recovering, .recoveringStarting]
}

/// The states that the members of a declaration can be in; the slot holds the index.
struct Lifecycle {
  let states: [LifecycleState]

  init(_ declaration: AgentDeclaration, _ faults: FaultPlan, canStop: Bool) {
    let members = declaration.first..<(declaration.first + declaration.count)
    let hasStart = declaration.rules.contains { if case .start = $0.kind { true } else { false } }
    let hasRecover = declaration.rules.contains {
      if case .recover = $0.kind { true } else { false }
    }
    var possible: Set<LifecycleState> = [.live]
    if hasStart { possible.insert(.starting) }
    if canStop { possible.insert(.stopped) }
    if members.contains(where: faults.crashesForGood) { possible.insert(.crashed) }
    if members.contains(where: faults.canBeByzantine) { possible.insert(.byzantine) }
    if members.contains(where: faults.mayRecover) {
      possible.insert(.down)
      if hasStart { possible.insert(.downStarting) }
      if hasRecover { possible.insert(.recovering) }
      if hasStart && hasRecover { possible.insert(.recoveringStarting) }
    }
    states = LifecycleState.allCases.filter(possible.contains)
  }

  func value(_ state: LifecycleState) -> Int64? { states.firstIndex(of: state).map(Int64.init) }

  var shape: Shape { .enumeration(name: "Lifecycle", cases: states.map(\.text)) }
}

/// The fault clauses in force, without those of budget 0.
struct FaultPlan {
  struct Crash {
    let index: Int
    let budget: Int
    let agents: [Int]
    let partialSends: Bool
    let recovery: Bool
    /// Whether the count of crashed agents is the budget used.
    let isDerived: Bool
  }
  let crashes: [Crash]
  let byzantine: [(index: Int, budget: Int, agents: [Int])]

  init(_ faults: [Fault]) {
    var crashes: [Crash] = []
    var byzantine: [(index: Int, budget: Int, agents: [Int])] = []
    for (index, fault) in faults.enumerated() {
      switch fault.kind {
      case .crash(let budget, let agents, let partialSends, let recovery) where budget > 0:
        let overlaps = faults.enumerated().contains { other in
          guard other.offset != index, case .crash(let budget, let those, _, _) = other.element.kind
          else { return false }
          return budget > 0 && !Set(those).isDisjoint(with: agents)
        }
        crashes.append(
          Crash(
            index: index, budget: budget, agents: agents, partialSends: partialSends,
            recovery: recovery, isDerived: !overlaps && !recovery))
      case .byzantine(let budget, let agents) where budget > 0:
        byzantine.append((index, budget, agents))
      default: break
      }
    }
    self.crashes = crashes
    self.byzantine = byzantine
  }

  func crashesForGood(_ agent: Int) -> Bool {
    crashes.contains { !$0.recovery && $0.agents.contains(agent) }
  }
  func mayRecover(_ agent: Int) -> Bool {
    crashes.contains { $0.recovery && $0.agents.contains(agent) }
  }
  func canBeByzantine(_ agent: Int) -> Bool {
    byzantine.contains { $0.agents.contains(agent) }
  }
}
