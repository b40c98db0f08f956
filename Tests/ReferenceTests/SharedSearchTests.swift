import Lowering
import Testing
import TransitionSystem

@testable import Driver
@testable import Exploration

/// Random specs depth-first: whatever is reported is the same for any number of workers.
@Suite struct SharedSearchTests {
  @Test func reportsDoNotDependOnWorkers() {
    var (shared, found) = (0, 0)
    for seed in 0..<1_500 as Range<UInt64> {
      guard case .success(let spec) = SpecText(RandomSpec.text(seed: seed)).typed(),
        let system = loweredWithOracle(spec, rooms: [:]), WaysBound.most(system) < 10_000
      else { continue }
      let one = search(system, workers: 1, seed)
      // A budget may end several workers at another place, and overflows may be others.
      guard one.states > 100, [.exhausted, .firstFound].contains(one.stopReason) else { continue }
      for workers in 2...4 {
        let more = search(system, workers: workers, seed)
        #expect(differences(one, more) == [], "seed \(seed), \(workers) workers")
      }
      shared += 1
      if one.properties.contains(where: { $0.finding != nil }) { found += 1 }
    }
    #expect(shared > 150)
    #expect(found > 50)
  }

  private func search(_ system: TransitionSystem, workers: Int, _ seed: UInt64) -> SearchResult {
    var options = SearchOptions()
    options.strategy = .depthFirst
    options.workers = workers
    options.sharingStatesMin = 1
    options.statesMax = 3_000
    options.memoryMax = 256 << 20
    options.engine = .vm
    options.stopAtFirst = seed % 3 == 0
    return explore(
      system, options: options, progress: SearchProgress(), cancellation: CancellationFlag())
  }

  private func differences(_ one: SearchResult, _ more: SearchResult) -> [String] {
    var found: [String] = []
    func compare<Value: Equatable>(_ name: String, _ one: Value, _ more: Value) {
      if one != more { found.append("\(name): \(one) and \(more)") }
    }
    compare("states", one.states, more.states)
    compare("transitions", one.transitions, more.transitions)
    compare("end", one.stopReason, more.stopReason)
    compare("faults", more.internalFaults, [])
    compare("failed", one.propertyFailed, more.propertyFailed)
    compare("actions", one.coverage.actions, more.coverage.actions)
    compare("choices", one.coverage.choices, more.coverage.choices)
    compare("antecedents", one.coverage.antecedents, more.coverage.antecedents)
    let properties = one.properties.indices.map { SearchTarget.property($0) }
    for target in properties + BuiltIn.allCases.map({ .builtIn($0) }) {
      let (first, second) = (one[target].finding, more[target].finding)
      compare("\(target)", first?.state, second?.state)
      compare("\(target) depth", first?.depth, second?.depth)
      compare("\(target) failure", first?.failure, second?.failure)
      compare("\(target) property", first?.property, second?.property)
      compare("\(target) trace", words(first?.trace), words(second?.trace))
    }
    return found
  }

  private func words(_ trace: Trace?) -> [String] {
    trace?.steps.map { "\($0.action.index) \($0.state ?? [])" } ?? []
  }
}
