import Exploration
import Foundation
import Lowering
import Report
import Semantics
import Testing
import TransitionSystem

@testable import Driver

/// Valence of whole specs, product against reference: the teaching ones, and random ones in which
/// what is decided is whether some predicate has been true, or false.
@Suite struct ValenceReferenceTests {
  /// What the product finds out; nil where it gives up.
  private func product(_ spec: TypedSpec, _ name: String, workers: Int = 1) -> ValenceReport? {
    var rooms: [Int: Int] = [:]
    while let system = lower(spec, rooms: rooms).system {
      var options = SearchOptions()
      options.statesMax = 20_000
      options.workers = workers
      // So that small levels have several workers, too.
      options.sharedLevelMin = 2
      options.notesGraph = true
      options.properties = []
      options.builtIns = []
      options.engine = .vm
      let result = explore(
        system.with(only: name), options: options, progress: SearchProgress(),
        cancellation: CancellationFlag())
      if case .growthNeeded(let channels) = result.stopReason {
        for channel in channels {
          rooms[channel.index] = system.channels[channel.index].room * 2
        }
        continue
      }
      guard let graph = result.graph, graph.isComplete,
        let property = system.temporalProperties.first(where: { $0.name == name }),
        var analysis = try? ValenceAnalysis(system, graph, property)
      else { return nil }
      var report = ValenceReport()
      analysis.fill(&report)
      analysis.draw(&report)
      return report
    }
    return nil
  }

  private func differences(_ spec: TypedSpec, _ decision: Decision, _ name: String) -> [String]? {
    guard
      let reference = ReferenceValence(spec, decision, statesMax: 1_400, executionsMax: 100_000),
      let found = product(spec, name)
    else { return nil }
    let numbers: [(String, Int, Int)] = [
      ("states", reference.states, found.states), ("starts", reference.starts, found.initial.count),
      ("bivalent starts", reference.bivalentStarts, found.bivalentStarts),
      ("bivalent", reference.bivalent, found.bivalent), ("pairs", reference.pairs, found.pairs),
      ("kept", reference.kept, found.kept), ("critical", reference.critical, found.criticalCount),
    ]
    return numbers.filter { $0.1 != $0.2 }.map { "\($0.0): reference \($0.1), product \($0.2)" }
  }

  @Test(arguments: [
    ("flp-registers", "differentInputs"), ("flp-registers", "equalInputs"),
    ("flp-wait-for-all", "faultFree"), ("flp-wait-for-all", "oneCrash"),
    ("flp-wait-for-two", "faultFree"), ("flp-wait-for-two", "oneCrash"),
  ]) func agreesOnTeachingSpecs(_ name: String, _ check: String) throws {
    let path = "teaching/\(name).wf"
    let spec = try SpecText(try SpecFiles.spec(path), name: path).typed(check: check).get()
    let property = try #require(spec.properties.first { $0.name == "open" })
    guard case .valence(let decision) = property.kind else {
      Issue.record("not a valence")
      return
    }
    #expect(differences(spec, decision, "open") == [])
  }

  @Test func agreesOnRandomSpecs() throws {
    let seed = ProcessInfo.processInfo.environment["WFCHECK_SEED"].flatMap { UInt64($0) } ?? 1
    var compared = 0
    var bivalent = 0
    for number in 0..<400 {
      let text = SpecText(RandomSpec.text(seed: seed &+ UInt64(number)))
      guard var spec = try? text.typed().get() else { continue }
      guard let predicate = spec.properties.lazy.compactMap(Self.predicate).first else { continue }
      let not = TypedExpression(.not(predicate), .bool, predicate.span)
      let decision = Decision(text: "p", values: [("false", not), ("true", predicate)])
      spec.properties.append(
        Property(name: "open", kind: .valence(decision), documentation: nil, span: predicate.span))
      guard let differences = differences(spec, decision, "open") else { continue }
      compared += 1
      if let found = product(spec, "open"), found.bivalent > 0 { bivalent += 1 }
      #expect(differences == [], "seed \(seed &+ UInt64(number))")
      let reports = (1...4).map { product(spec, "open", workers: $0).map { "\($0)" } }
      #expect(Set(reports).count == 1, "seed \(seed &+ UInt64(number))")
    }
    #expect(compared >= 60 && bivalent >= 20, "\(compared) compared, \(bivalent) bivalent")
  }

  private static func predicate(_ property: Property) -> TypedExpression? {
    switch property.kind {
    case .invariant(let predicate), .reachability(let predicate): predicate
    default: nil
    }
  }
}

extension TransitionSystem {
  /// With one temporal property.
  fileprivate func with(only name: String) -> TransitionSystem {
    var system = self
    system.temporalProperties = temporalProperties.filter { $0.name == name }
    return system
  }
}
