import Diagnostics
import Exploration
import Lowering
import Semantics
import TransitionSystem

@testable import Driver

/// The program under test, from the typed spec on.
struct ProductAdapter {
  let spec: TypedSpec
  var prompt: PromptClaims?
  /// States of depth below this are expanded.
  var depthMax: Int?
  var statesMax = 200_000
  /// Channels are not grown beyond this.
  var roomMax = 64
  /// Room of each channel to begin with; nil: as the program likes.
  var firstRoom: Int?
  /// Whether compiled C is compared with bytecode.
  var comparesTiers = false

  func check() -> ProductResult {
    var rooms: [Int: Int] = [:]
    if let firstRoom { for channel in 0..<256 { rooms[channel] = firstRoom } }
    while true {
      let (lowered, diagnostics) = lower(spec, rooms: rooms)
      guard var system = lowered else {
        var result = ProductResult()
        result.ending = .other("refused: \(diagnostics.map(\.title))")
        return result
      }
      if let prompt { system.oracle = ClaimOracle(system, prompt) }
      let found = search(system)
      guard case .growthNeeded(let channels) = found.stopReason else {
        var result = result(system, found)
        if comparesTiers { result.tierDifferences = TierTrial(system: system).differences }
        return result
      }
      for channel in channels {
        let room = system.channels[channel.index].room
        if room >= roomMax {
          var result = ProductResult()
          result.ending = .unbounded
          return result
        }
        rooms[channel.index] = min(2 * room, roomMax)
      }
    }
  }

  private func search(_ system: TransitionSystem) -> SearchResult {
    var options = SearchOptions()
    options.depthMax = depthMax
    options.statesMax = statesMax
    options.memoryMax = 256 << 20
    return explore(
      system, options: options, progress: SearchProgress(), cancellation: CancellationFlag())
  }

  private func result(_ system: TransitionSystem, _ found: SearchResult) -> ProductResult {
    var result = ProductResult()
    switch found.stopReason {
    case .exhausted: result.ending = .exhausted
    case .depthBound: result.ending = .depthBound
    default: result.ending = .other("\(found.stopReason)")
    }
    if !found.internalFaults.isEmpty { result.ending = .other("\(found.internalFaults)") }
    result.states = found.states
    result.transitions = found.transitions
    result.depth = found.depth
    var outcomes: [(String, SearchOutcome)] = [
      ("deadlock", found.deadlock), ("orphan", found.orphan), ("assertion", found.assertion),
      ("evaluation", found.evaluation),
    ]
    for (property, outcome) in zip(system.properties, found.properties) {
      outcomes.append((property.name, outcome))
    }
    for (name, outcome) in outcomes {
      guard let finding = outcome.finding else { continue }
      result.violations[name] = finding.depth
      if let trace = finding.trace { result.traces[name] = rendered(trace, system) }
    }
    return result
  }
}
