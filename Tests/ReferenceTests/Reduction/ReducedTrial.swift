import Exploration
import Lowering
import Reduction
import Semantics
import TransitionSystem

/// One spec, searched in full and with reductions, in ways drawn by the seed.
///
/// Beside its own properties the system gets one `can` for each valuation of two slots that they
/// read: what a reduction may never lose is which valuations are reachable.
struct ReducedTrial {
  struct Comparison {
    var searches = 0
    /// Of them, by what must be met in every run.
    var combinations: [TrialWay: Int] = [:]
    /// States that the smallest of the reduced searches left out.
    var saved = 0
    var differences: [String] = []
  }

  /// Left out of the definition of a stubborn set, to see that somebody notices.
  var omitted: Set<Condition> = []
  var statesMax = 4_000
  /// Sets are verified in smaller searches only.
  var checkedStatesMax = 100
  /// Channels are not grown beyond this.
  var roomMax = 8
  /// Chooses slots and properties.
  var seed: UInt64 = 0
  /// Nil: drawn by the seed.
  var wantedWay: TrialWay?

  /// Nil where the spec is ill-formed or too large.
  func run(_ text: String) -> Comparison? {
    guard case .success(let spec) = SpecText(text).typed() else { return nil }
    let families = spec.symmetries(properties: Set(spec.properties.map(\.name)))
      .filter { $0.obstacle == nil }.map(\.identities)
    var rooms: [Int: Int] = [:]
    while true {
      guard let lowered = loweredWithOracle(spec, rooms: rooms), WaysBound.most(lowered) < 10_000
      else { return nil }
      let system = observed(lowered)
      let own = Set(lowered.properties.indices)
      let full = search(system, SearchOptions(), isReduced: false)
      switch full.stopReason {
      case .exhausted: return compare(system, full, own, families)
      case .growthNeeded(let channels):
        // Which channel overflows first may depend on the order: that some does may not.
        let comparison = compare(system, full, own, families)
        if !comparison.differences.isEmpty { return comparison }
        for channel in channels {
          let room = system.channels[channel.index].room
          if room >= roomMax { return comparison }
          rooms[channel.index] = min(2 * room, roomMax)
        }
      default: return nil
      }
    }
  }

  private func search(
    _ system: TransitionSystem, _ wanted: SearchOptions, isReduced: Bool
  ) -> SearchResult {
    var options = wanted
    options.statesMax = isReduced ? 10 * statesMax : statesMax
    options.memoryMax = 64 << 20
    if !isReduced { options.engine = .vm }
    options.tracesFindings = false
    return explore(
      system, options: options, progress: SearchProgress(), cancellation: CancellationFlag())
  }

  // MARK: What is observed

  func observed(_ system: TransitionSystem) -> TransitionSystem {
    var result = system
    let pair = watchedSlots(system)
    guard pair.count == 2 else { return result }
    for first in values(pair[0], system) {
      for second in values(pair[1], system) {
        let isHere = ProgramExpression.binary(
          .and, .binary(.equal, .slot(pair[0]), .constant(first)),
          .binary(.equal, .slot(pair[1]), .constant(second)))
        result.properties.append(
          StateProperty(
            name: "\(pair[0].index) = \(first), \(pair[1].index) = \(second)",
            kind: .reachability,
            predicate: Predicate(statements: [], result: isHere, registerCount: 0),
            antecedent: nil, readsQuiescent: false, documentation: nil,
            span: system.properties[0].span))
      }
    }
    return result
  }

  /// Two small slots, of those that properties read if there are enough.
  private func watchedSlots(_ system: TransitionSystem) -> [SlotID] {
    if system.properties.isEmpty { return [] }
    var read = SlotSet()
    for property in system.properties {
      read.formUnion(AccessSets(property.predicate, channels: system.channels).reads)
    }
    func small(_ slots: [SlotID]) -> [SlotID] {
      slots.filter { (1...2).contains(system.layout.slots[$0.index].width) }
    }
    var candidates = small(read.slots)
    if candidates.count < 2 { candidates = small(system.layout.slots.indices.map { SlotID($0) }) }
    guard candidates.count >= 2 else { return [] }
    let first = Int(seed % UInt64(candidates.count))
    let second = Int(seed / 7 % UInt64(candidates.count - 1))
    return [candidates[first], candidates[second < first ? second : second + 1]]
  }

  private func values(_ slot: SlotID, _ system: TransitionSystem) -> ClosedRange<Int64> {
    let description = system.layout.slots[slot.index]
    return description.minimum...description.minimum + Int64(1) << Int64(description.width) - 1
  }

  // MARK: Comparison

  /// `own`: the properties of the spec itself, which alone are as symmetric as it is.
  private func compare(
    _ system: TransitionSystem, _ full: SearchResult, _ own: Set<Int>, _ families: [Range<Int>]
  ) -> Comparison {
    let preserved = system.properties.indices.filter { !system.properties[$0].readsQuiescent }
    var selections: [Set<Int>] = [[], Set(preserved)]
    if !preserved.isEmpty {
      selections.append([preserved[Int(seed % UInt64(preserved.count))]])
      selections.append([preserved[Int(seed / 3 % UInt64(preserved.count))]])
    }
    var comparison = Comparison()
    for (number, wanted) in selections.enumerated() {
      let ways = TrialWay.combinations.filter { omitted.isEmpty || $0.stubborn != nil }
      var way = wantedWay ?? TrialWay.drawn(UInt64(number), from: ways, seed: seed)
      // Thousands of expansions for each state; and what is left out must show in the results.
      if !omitted.isEmpty || full.states > checkedStatesMax { way.isChecked = false }
      if families.isEmpty { way.symmetry = false }
      let selection = way.symmetry ? wanted.intersection(own) : wanted
      var options = SearchOptions()
      options.properties = selection
      // Only this says which failures to evaluate are those of steps.
      let plain = selection.isEmpty ? search(system, options, isReduced: false) : full
      way.apply(to: &options, families: families)
      options.omittedConditions = omitted
      let reduced = search(system, options, isReduced: true)
      comparison.searches += 1
      comparison.combinations[way.combination, default: 0] += 1
      comparison.saved = max(comparison.saved, full.states - reduced.states)
      if let difference = difference(plain, reduced, selection, system) {
        comparison.differences.append("\(way), \(selection.sorted()): \(difference)")
      }
    }
    return comparison
  }

  private func difference(
    _ full: SearchResult, _ reduced: SearchResult, _ selection: Set<Int>,
    _ system: TransitionSystem
  ) -> String? {
    if let fault = reduced.internalFaults.first { return "fault: \(fault)" }
    if case .growthNeeded = full.stopReason {
      // It may lie deeper, behind more states than were searched in full.
      switch reduced.stopReason {
      case .growthNeeded, .stateLimit: return nil
      default: return "overflow: lost"
      }
    }
    if full.stopReason != reduced.stopReason { return "end: \(reduced.stopReason)" }
    if reduced.states > full.states { return "states: more than there are" }
    for index in selection {
      let name = system.properties[index].name
      let (isFound, isKept) = (
        full.properties[index].finding != nil, reduced.properties[index].finding != nil
      )
      if isFound != isKept { return "\(name): \(isFound ? "lost" : "made up")" }
      // A property is evaluated until it is found.
      if !isFound && full.propertyFailed[index] != reduced.propertyFailed[index] {
        return "\(name): a failure to evaluate is \(full.propertyFailed[index] ? "lost" : "new")"
      }
    }
    var targets: [BuiltIn] = [.deadlock, .orphan, .assertion]
    if selection.isEmpty { targets.append(.evaluation) }
    for target in targets.map(SearchTarget.builtIn)
    where (full[target].finding == nil) != (reduced[target].finding == nil) {
      return "\(target): \(full[target].finding == nil ? "made up" : "lost")"
    }
    return nil
  }
}
