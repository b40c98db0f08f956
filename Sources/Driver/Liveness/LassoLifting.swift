import Columns
import Exploration
import Temporal
import TransitionSystem

/// What is asked of a lasso that was taken back to real states; tests leave one out to see that
/// somebody notices.
enum LiftingRule: CaseIterable {
  /// It ends in the real state in which its cycle began.
  case closing
  /// No state of its cycle stands for two real ones, each of which might flip its own way.
  case draws
}

/// Makes real executions of lassos and ways through the graph of a system without dead data.
///
/// Behind one state there may be several real ones, and a cycle may come back to another one of
/// them than it left: it is gone round again until it comes back to one where it was.
struct LassoLifting: ~Copyable {
  enum Result {
    case found(Trace, Lasso)
    /// No such execution is short, or simple enough to see that it is fair: the full graph tells.
    case notThisWay
    /// A fault of this program.
    case fault
  }

  /// Nobody reads more.
  private static let stepsMax = 1 << 12

  private let graph: ReachabilityGraph
  private var lifting: WayLifting
  private let flips: Bool
  private let omitted: Set<LiftingRule>
  private var initial: [UInt64] = []
  private var steps: [TraceStep] = []
  private var transitions: [Int] = []
  /// States of the graph, one more than there are steps.
  private var numbers: [Int] = []

  init(
    _ graph: ReachabilityGraph, of reduced: TransitionSystem, to real: TransitionSystem,
    _ property: TemporalProperty, omitting omitted: Set<LiftingRule> = []
  ) {
    self.graph = graph
    self.omitted = omitted
    flips = real.choices.contains { $0.kind == .flip }
    lifting = WayLifting(graph, of: reduced, to: real, atoms: property.atoms)
  }

  private var state: [UInt64] { state(steps.count) }

  private func state(_ position: Int) -> [UInt64] {
    position == 0 ? initial : steps[position - 1].state ?? []
  }

  /// Whether there is a real execution of it.
  private mutating func follow(_ way: [Int]) -> Bool {
    for transition in way {
      let number = numbers[numbers.count - 1]
      guard let step = lifting.step(from: state, by: transition, of: number) else { return false }
      steps.append(step)
      transitions.append(transition)
      numbers.append(Int(graph.targets[transition]))
    }
    return true
  }

  private mutating func begin(_ number: Int) -> Bool {
    guard let state = lifting.initial(number), lifting.isAlike(state, number) else { return false }
    (initial, steps, transitions, numbers) = (state, [], [], [number])
    return true
  }

  /// The real execution of a way; nil where there is none, a fault of this program.
  mutating func trace(from initial: Int, _ transitions: [Int]) -> Trace? {
    guard begin(initial), follow(transitions) else { return nil }
    return Trace(initial: self.initial, steps: steps)
  }

  /// The real execution of a lasso, and the lasso gone round as often as that took.
  mutating func lift(_ lasso: Lasso) -> Result {
    let stem = lasso.stem.filter { $0 >= 0 }
    let round = lasso.cycle.filter { $0 >= 0 }
    guard begin(lasso.initial), follow(stem) else { return .fault }
    if round.isEmpty {
      return .found(Trace(initial: initial, steps: steps, cycleStart: stem.count), lasso)
    }
    var starts = [state: stem.count]
    while true {
      if steps.count + round.count > Self.stepsMax { return .notThisWay }
      let before = steps.count
      guard follow(round) else { return .fault }
      if let first = omitted.contains(.closing) ? before : starts[state] {
        return result(lasso.initial, from: first, notBefore: stem.count)
      }
      starts[state] = steps.count
    }
  }

  /// The last state is that at position `first`; perhaps the two before these are the same, too.
  private mutating func result(_ number: Int, from first: Int, notBefore stem: Int) -> Result {
    let period = steps.count - first
    var first = first
    while first > stem, state(first - 1) == state(first - 1 + period) { first -= 1 }
    let end = first + period
    if flips, !omitted.contains(.draws) {
      let states = Set((first..<end).map { state($0) })
      if states.count != Set(numbers[first..<end]).count { return .notThisWay }
    }
    let trace = Trace(initial: initial, steps: Array(steps[..<end]), cycleStart: first)
    let lasso = Lasso(
      initial: number, stem: Array(transitions[..<first]), cycle: Array(transitions[first..<end]))
    return .found(trace, lasso)
  }
}
