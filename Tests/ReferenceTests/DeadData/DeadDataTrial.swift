import DeadData
import Exploration
import Lowering
import Semantics
import TransitionSystem

/// One spec, searched in full and without its dead data, in many ways.
struct DeadDataTrial {
  struct Comparison {
    var searches = 0
    /// States that the search for nothing in particular left out.
    var saved = 0
    var differences: [String] = []
  }

  let seed: UInt64
  var omitted: Set<DeadDataCondition> = []
  var statesMax = 2_000

  /// How to search beside breadth first, and what that keeps.
  private enum Way: CaseIterable {
    case plain, compact, depthFirst, partialOrder, symmetry, both, bounded, walks

    var isSymmetric: Bool { self == .symmetry || self == .both }
  }

  /// The system with as much room in its channels as it needs; nil where that is much.
  private func system(_ spec: TypedSpec) -> (TransitionSystem, SearchResult)? {
    var rooms: [Int: Int] = [:]
    while true {
      guard let lowered = loweredWithOracle(spec, rooms: rooms),
        WaysBound.most(lowered) < 10_000
      else { return nil }
      let full = search(lowered) { _ in }
      guard case .growthNeeded(let channels) = full.stopReason else {
        return full.stopReason == .exhausted ? (lowered, full) : nil
      }
      for channel in channels {
        let room = lowered.channels[channel.index].room
        if room >= 8 { return nil }
        rooms[channel.index] = 2 * room
      }
    }
  }

  private func search(
    _ system: TransitionSystem, _ adjust: (inout SearchOptions) -> Void
  ) -> SearchResult {
    var options = SearchOptions()
    options.statesMax = statesMax
    options.memoryMax = 64 << 20
    options.engine = .vm
    adjust(&options)
    return explore(
      system, options: options, progress: SearchProgress(), cancellation: CancellationFlag())
  }

  // MARK: Step by step

  /// Nil where the spec is ill-formed or too large.
  func lockstep(_ text: String) -> Comparison? {
    guard case .success(let spec) = SpecText(text).typed(), let (lowered, full) = system(spec),
      full.states <= 300, full.transitions <= 3_000
    else { return nil }
    let properties = selection(lowered)
    let data = DeadData(
      lowered, properties: properties, clearsDead: true, slices: seed % 2 == 0,
      omitting: omitted)
    guard
      let both = Lockstep(lowered, data, properties: properties, statesMax: statesMax)
    else { return Comparison(differences: ["only one of the systems is small"]) }
    return Comparison(
      searches: 1, saved: both.fullCount - both.reducedCount, differences: both.differences)
  }

  /// All, none, or one.
  private func selection(_ system: TransitionSystem) -> Set<Int> {
    switch (seed / 2 % 3, system.properties.count) {
    case (_, 0), (0, _): []
    case (1, let count): [Int(seed / 6 % UInt64(count))]
    default: Set(system.properties.indices)
    }
  }

  // MARK: Search by search

  /// Nil where the spec is ill-formed or too large.
  func searches(_ text: String, check: String? = nil) -> Comparison? {
    guard case .success(let spec) = SpecText(text).typed(check: check),
      let (lowered, all) = system(spec)
    else { return nil }
    var comparison = Comparison()
    for way in Way.allCases {
      // The valuations that are looked at beside the properties tell members apart.
      let observed = way.isSymmetric ? lowered : ReducedTrial(seed: seed).observed(lowered)
      let selection = selection(observed)
      let names = Set(selection.map { observed.properties[$0].name })
      let families = spec.symmetries(properties: names).filter { $0.obstacle == nil }
      let full = search(observed) { $0.properties = selection }
      let reduced = search(observed) { options in
        options.properties = selection
        options.clearsDead = true
        options.slices = true
        options.omittedDeadDataConditions = omitted
        adjust(&options, way, families.map(\.identities), full)
      }
      comparison.searches += 1
      if way == .plain { comparison.saved = all.states - reduced.states }
      comparison.differences += differences(full, reduced, way).map { "\(way): \($0)" }
      if way == .symmetry {
        let quotient = search(observed) {
          $0.properties = selection
          $0.symmetricFamilies = families.map(\.identities)
        }
        let names = quotient.statistics.symmetricFamilies
        if names != reduced.statistics.symmetricFamilies || quotient.states < reduced.states {
          comparison.differences.append("symmetry is lost")
        }
      }
    }
    return comparison
  }

  private func adjust(
    _ options: inout SearchOptions, _ way: Way, _ families: [Range<Int>], _ full: SearchResult
  ) {
    switch way {
    case .plain: break
    case .compact: options.store = .compact
    case .depthFirst: options.strategy = .depthFirst
    case .partialOrder: options.partialOrder = true
    case .symmetry: options.symmetricFamilies = families
    case .both:
      options.partialOrder = true
      options.symmetricFamilies = families
    case .bounded: options.depthMax = full.depth / 2
    case .walks:
      options.strategy = .randomWalk(count: 5)
      options.depthMax = 50
    }
  }

  private func differences(_ full: SearchResult, _ reduced: SearchResult, _ way: Way) -> [String] {
    var found = reduced.internalFaults
    if way != .bounded && way != .walks && reduced.stopReason != .exhausted {
      found.append("ended with \(reduced.stopReason)")
    }
    if reduced.states > full.states { found.append("more states than there are") }
    let keepsDepths = [.plain, .compact, .symmetry, .bounded].contains(way)
    // The deepest states may be like others that are less deep.
    if keepsDepths && reduced.depth > full.depth { found.append("depth") }
    let targets =
      full.properties.indices.map { SearchTarget.property($0) }
      + BuiltIn.allCases.map { SearchTarget.builtIn($0) }
    let isAnyLookedAt = full.properties.contains {
      if case .notSearched = $0 { false } else { true }
    }
    for target in targets {
      // A property is evaluated until it is found, which depends on the order.
      if target == .builtIn(.evaluation) && isAnyLookedAt && !keepsDepths { continue }
      let (wanted, kept) = (full[target].finding, reduced[target].finding)
      if kept != nil && kept?.trace == nil { found.append("\(target): no trace") }
      switch way {
      case .walks: if kept != nil && wanted == nil { found.append("\(target): made up") }
      case .bounded:
        let isReached = wanted.map { $0.depth < full.depth / 2 } ?? false
        if isReached && kept?.depth != wanted?.depth { found.append("\(target): lost") }
        if kept != nil && kept?.depth != wanted?.depth { found.append("\(target): depth") }
      default:
        let isSame =
          keepsDepths ? wanted?.depth == kept?.depth : (wanted == nil) == (kept == nil)
        if !isSame { found.append("\(target): \(kept == nil ? "lost" : "made up or moved")") }
      }
    }
    return found
  }
}
