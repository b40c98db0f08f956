import DeadData
import Exploration
import Lowering
import TransitionSystem

/// A system and the one without its dead data, explored side by side, step by step.
///
/// Nothing of the analysis is used: from pairs of initial states on, both must offer the same
/// transitions in the same order (action, message received, choices, messages sent, failure), and
/// what is looked at, atoms of formulas included, must be as true in the one state as in the other.
/// That is a proof, for this system, that the two are bisimilar.
struct Lockstep: ~Copyable {
  private(set) var differences: [String] = []
  private(set) var fullCount = 0
  private(set) var reducedCount = 0
  private let properties: Set<Int>
  private var full: Stepper
  private var reduced: Stepper
  private let system: TransitionSystem

  /// Nil where there are more than `statesMax` states or a channel is too small.
  init?(
    _ system: TransitionSystem, _ data: DeadData, properties: Set<Int>, statesMax: Int
  ) {
    var (system, twin) = (system, data.system)
    self.properties = properties.union(
      system.properties.count..<system.properties.count + system.atoms.count)
    system.properties += system.atoms
    twin.properties += twin.atoms
    self.system = system
    full = Stepper(system)
    reduced = Stepper(twin)
    guard let pairs = explore(statesMax) else { return nil }
    fullCount = pairs.count
    reducedCount = Set(pairs.values).count
  }

  /// By state, the one state without dead data that stands for it.
  private mutating func explore(_ statesMax: Int) -> [[UInt64]: [UInt64]]? {
    var partners: [[UInt64]: [UInt64]] = [:]
    var open: [([UInt64], [UInt64])] = []
    var next = (full.initialSteps(), reduced.initialSteps())
    while true {
      if next.0.fullChannel != nil { return nil }
      for (left, right) in pairs(next.0, next.1) {
        guard let partner = partners[left] else {
          partners[left] = right
          open.append((left, right))
          continue
        }
        if partner != right { differences.append("two states for one") }
      }
      if !differences.isEmpty { return partners }
      if partners.count > statesMax { return nil }
      guard let (left, right) = open.popLast() else { return partners }
      next = (full.steps(from: left), reduced.steps(from: right))
      compareTruths(left, right, next.0.isQuiescent)
    }
  }

  private mutating func pairs(
    _ left: Stepper.Steps, _ right: Stepper.Steps
  ) -> [([UInt64], [UInt64])] {
    guard left.steps.count == right.steps.count, left.isQuiescent == right.isQuiescent,
      left.fullChannel == right.fullChannel
    else {
      differences.append("\(left.steps.count) steps, but \(right.steps.count) without dead data")
      return []
    }
    var found: [([UInt64], [UInt64])] = []
    for (one, other) in zip(left.steps, right.steps) {
      guard one.action == other.action, one.received == other.received, one.sent == other.sent,
        one.failure == other.failure,
        one.choices.elementsEqual(
          other.choices, by: { $0.choice == $1.choice && $0.value == $1.value })
      else {
        differences.append("step \(one.action) differs")
        return []
      }
      if let a = one.state, let b = other.state { found.append((a, b)) }
    }
    return found
  }

  private mutating func compareTruths(
    _ left: [UInt64], _ right: [UInt64], _ isQuiescent: Bool
  ) {
    for property in properties {
      let one = full.isTrue(property: property, in: left, isQuiescent: isQuiescent)
      let other = reduced.isTrue(property: property, in: right, isQuiescent: isQuiescent)
      if one != other { differences.append("\(system.properties[property].name) differs") }
    }
    guard isQuiescent else { return }
    for check in [BuiltIn.deadlock, .orphan] {
      let one = full.occurs(check, inQuiescent: left)
      if one != reduced.occurs(check, inQuiescent: right) {
        differences.append("\(check) differs")
      }
    }
  }
}
