import Exploration
import Lowering
import Semantics
import Testing
import TransitionSystem

@testable import Symmetry

/// Searches that do not tell the members of symmetric families apart, against those that do.
@Suite struct SymmetryTests {
  /// Source: the numbers of orbits of two-phase commit that full searches with all permutations
  /// give.
  @Test(arguments: [("3", 80), ("5", 314), ("7", 920)])
  func countsOrbits(_ managers: String, _ orbits: Int) throws {
    let text = SpecText(try SpecFiles.spec("bench/two-phase.wf"))
    let spec = try text.typed(check: "anySize", overrides: [("N", managers)]).get()
    let families = spec.symmetries(properties: []).map(\.identities)
    let reduced = try #require(Comparison.search(spec, families)).result
    #expect(reduced.states == orbits)
    #expect(reduced.statistics.inexactRepresentatives == 0)
  }

  /// All specs: the same is found at the same depth, and as many states as there are orbits.
  @Test(arguments: SpecFiles.specs) func agreesOnSpec(_ path: String) throws {
    let text = SpecText(try SpecFiles.spec(path), name: path)
    for check in text.checks {
      let comparison = Comparison(try text.typed(check: check).get())
      #expect(comparison.differences == [], "check \(check ?? "of the file")")
    }
  }

  @Test func agreesOnRandomSpecs() {
    var compared = 0
    for seed: UInt64 in 1...8_000 {
      let text = SpecText(RandomSpec.text(seed: seed))
      guard case .success(let spec) = text.typed() else { continue }
      let comparison = Comparison(spec)
      if comparison.reduced != nil { compared += 1 }
      #expect(comparison.differences == [], "seed \(seed)")
    }
    #expect(compared >= 80, "too few random specs have a symmetric family: \(compared)")
  }

  /// Source: the numbers of orbits that full searches with all permutations give.
  @Test(arguments: [("3", 172), ("5", 6_770)])
  func countsOrbitsOfPeterson(_ processes: String, _ orbits: Int) throws {
    let text = SpecText(try SpecFiles.spec("bench/peterson-murphi.wf"))
    let spec = try text.typed(check: "anySize", overrides: [("N", processes)]).get()
    let families = spec.symmetries(properties: ["exclusion"]).map(\.identities)
    let reduced = try #require(Comparison.search(spec, families, statesMax: 10_000)).result
    #expect(reduced.states == orbits)
    #expect(reduced.statistics.inexactRepresentatives == 0)
  }

  /// A permutation that forgets a slot is noticed, whichever slot it is.
  @Test(arguments: ["bench/two-phase.wf", "bench/peterson-murphi.wf"])
  func noticesAWrongPermutation(_ path: String) throws {
    let spec = try SpecText(try SpecFiles.spec(path)).typed(check: "anySize").get()
    let families = spec.symmetries(properties: []).map(\.identities)
    let system = try #require(lower(spec, rooms: [:]).system)
    let moving = try SymmetryPlan(system, families: families).moving
    #expect(moving.count > 3)
    for slot in moving {
      #expect(!Comparison(spec, unmovedSlot: slot).differences.isEmpty, "slot \(slot)")
    }
  }

  /// Families that are not symmetric, taken for symmetric: some search finds something else.
  @Test func noticesAFamilyThatIsNotSymmetric() {
    let found = (1...8_000 as ClosedRange<UInt64>).contains { seed in
      guard case .success(let spec) = SpecText(RandomSpec.text(seed: seed)).typed() else {
        return false
      }
      let wrong = spec.symmetries(properties: Set(spec.properties.map(\.name)))
        .filter { $0.obstacle != nil }.map(\.identities)
      return !wrong.isEmpty && !Comparison(spec, families: wrong).differences.isEmpty
    }
    #expect(found)
  }

  @Test func namesWhatBreaksSymmetry() throws {
    func reason(_ body: String) throws -> String? {
      let text = """
        workflow W
        agent A[3] {
          var x: 0..2 = 0
          var peer: A?
          step go { \(body) }
        }
        property small: always all a in A: a.x <= 2
        """
      return try SpecText(text).typed().get().symmetries(properties: ["small"])[0].obstacle?.reason
    }
    #expect(try reason("choose a in A\n peer = a") == nil)
    #expect(try reason("peer = A[0]") != nil)
    #expect(try reason("x = index(self)") == "the number of a member is used")
    #expect(try reason("for a in A { peer = a }")?.hasPrefix("a loop takes the members") == true)
  }

  /// Which member decides a quantifier says whether what may fail is evaluated at all.
  @Test func whatMayFailBreaksSymmetry() throws {
    func reason(_ condition: String) throws -> String? {
      let text = """
        workflow W
        prompt P { decision d: bool }
        shared var far: seq of -4611686018427387904..4611686018427387903 up to 3 = []
        agent A[3] {
          var x: 0..2 = 0
          step go { choose c in 0..2
            x = c
            commit d == true } }
        property p: always some a in A: a.x == 0 or \(condition)
        """
      return try SpecText(text).typed().get().symmetries(properties: ["p"])[0].obstacle?.reason
    }
    #expect(try reason("size(far) == 0") == nil)
    #expect(try reason("(sum n in 0..9: n * n) == 2") == nil)
    for condition in ["coherent", "determined(d)", "(sum n in far: n) == 2"] {
      #expect(try reason(condition)?.contains("this may fail for one of them") == true)
    }
  }
}

/// One spec searched with and without symmetry.
private struct Comparison {
  private(set) var differences: [String] = []
  /// Nil where no family is symmetric, or the full search is too large.
  private(set) var reduced: SearchResult?

  init(_ spec: TypedSpec, families wanted: [Range<Int>]? = nil, unmovedSlot: Int? = nil) {
    let symmetric = spec.symmetries(properties: Set(spec.properties.map(\.name)))
      .filter { $0.obstacle == nil }.map(\.identities)
    let families = wanted ?? symmetric
    if families.isEmpty { return }
    guard let full = Self.search(spec, []), full.result.complete else { return }
    guard let quotient = Self.search(spec, families, unmovedSlot: unmovedSlot) else {
      differences.append("the channels of the quotient grow without end")
      return
    }
    let result = quotient.result
    if result.statistics.symmetricFamilies.isEmpty { return }
    reduced = result
    compare(full.result, result)
    if let both = Self.search(spec, families, partialOrder: true) {
      compare(full.result, both.result, onlyFound: true)
    }
    for partialOrder in [false, true] {
      let deep = Self.search(
        spec, families, .depthFirst, partialOrder: partialOrder, unmovedSlot: unmovedSlot)
      guard let deep else { continue }
      compare(full.result, deep.result, onlyFound: true)
      if !partialOrder, result.statistics.inexactRepresentatives == 0,
        deep.result.states != result.states
      {
        differences.append("\(deep.result.states) depth-first, not \(result.states)")
      }
    }
    if full.rooms == quotient.rooms, result.statistics.inexactRepresentatives == 0 {
      let orbits = Orbits(full.system, families).count
      if orbits != result.states { differences.append("\(result.states) of \(orbits) orbits") }
    }
  }

  private mutating func compare(
    _ full: SearchResult, _ quotient: SearchResult, onlyFound: Bool = false
  ) {
    if !quotient.internalFaults.isEmpty { differences += quotient.internalFaults }
    if !quotient.complete { differences.append("ended with \(quotient.stopReason)") }
    if !onlyFound, full.depth != quotient.depth { differences.append("depth") }
    let all = full.properties + [full.deadlock, full.orphan, full.assertion, full.evaluation]
    let ours =
      quotient.properties
      + [quotient.deadlock, quotient.orphan, quotient.assertion, quotient.evaluation]
    for (index, (a, b)) in zip(all, ours).enumerated() {
      let isSame =
        onlyFound
        ? (a.finding == nil) == (b.finding == nil) : a.finding?.depth == b.finding?.depth
      if !isSame { differences.append("target \(index)") }
      if b.finding != nil, b.finding?.trace == nil { differences.append("no trace of \(index)") }
    }
  }

  static func search(
    _ spec: TypedSpec, _ families: [Range<Int>], _ strategy: SearchStrategy = .breadthFirst,
    partialOrder: Bool = false, unmovedSlot: Int? = nil, statesMax: Int = 4_000
  ) -> (result: SearchResult, system: TransitionSystem, rooms: [Int: Int])? {
    var rooms: [Int: Int] = [:]
    while true {
      guard let system = loweredWithOracle(spec, rooms: rooms) else { return nil }
      var options = SearchOptions()
      options.strategy = strategy
      options.statesMax = statesMax
      options.unmovedSlot = unmovedSlot
      options.memoryMax = 256 << 20
      options.engine = .vm
      options.symmetricFamilies = families
      options.partialOrder = partialOrder
      let result = explore(
        system, options: options, progress: SearchProgress(), cancellation: CancellationFlag())
      guard case .growthNeeded(let channels) = result.stopReason else {
        return (result, system, rooms)
      }
      for channel in channels {
        let room = system.channels[channel.index].room
        if room >= 16 { return nil }
        rooms[channel.index] = room * 2
      }
    }
  }
}

/// The orbits of all reachable states, counted by applying neighbour swaps until nothing new comes:
/// nothing is sorted and nothing refined.
private struct Orbits {
  private(set) var count = 0

  init(_ system: TransitionSystem, _ families: [Range<Int>]) {
    guard let plan = try? SymmetryPlan(system, families: families) else { return }
    let canonicalizer = Canonicalizer(plan)
    let size = families.reduce(0) { $0 + $1.count }
    var swaps: [[Int]] = []
    var start = 0
    for family in families {
      for member in start..<(start + family.count - 1) {
        var swap = Array(0..<size)
        swap.swapAt(member, member + 1)
        swaps.append(swap)
      }
      start += family.count
    }
    var assigned: Set<[UInt64]> = []
    for state in Self.reachable(system) where assigned.insert(state).inserted {
      count += 1
      var open = [state]
      while let next = open.popLast() {
        for swap in swaps {
          let image = canonicalizer.image(of: next, under: swap)
          if assigned.insert(image).inserted { open.append(image) }
        }
      }
    }
  }

  private static func reachable(_ system: TransitionSystem) -> Set<[UInt64]> {
    var stepper = Stepper(system)
    var found: Set<[UInt64]> = []
    var open = stepper.initialSteps().steps.compactMap(\.state)
    while let state = open.popLast() {
      if !found.insert(state).inserted { continue }
      open += stepper.steps(from: state).steps.compactMap(\.state).filter { !found.contains($0) }
    }
    return found
  }
}
