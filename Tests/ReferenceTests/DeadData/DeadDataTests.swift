import DeadData
import Diagnostics
import Exploration
import Foundation
import Lowering
import Semantics
import Testing
import TransitionSystem

/// Searches without dead data find the same as searches with it; with a part of the analysis left
/// out they do not.
@Suite struct DeadDataTests {
  private static let settings = ProcessInfo.processInfo.environment
  private static let seed =
    settings["WFCHECK_SEED"].flatMap { UInt64($0) } ?? UInt64.random(in: 0..<1 << 32)
  private static let count = settings["WFCHECK_RANDOM_SPECS"].flatMap { Int($0) } ?? 2_000

  /// WFCHECK_SEED repeats a run, WFCHECK_RANDOM_SPECS says how many specs it has.
  @Test(arguments: ["lockstep", "searches"]) func agreesOnRandomSpecs(_ kind: String) async throws {
    print("dead data of random specs: WFCHECK_SEED=\(Self.seed) WFCHECK_RANDOM_SPECS=\(Self.count)")
    var (compared, reduced) = (0, 0)
    for number in 0..<Self.count {
      let seed = Self.seed &+ UInt64(number)
      let text =
        kind == "lockstep" && number % 4 == 0
        ? RandomSpec.text(seed: seed, formulas: 4, hasCoins: false) : RandomSpec.text(seed: seed)
      let trial = DeadDataTrial(seed: seed)
      let run = { kind == "lockstep" ? trial.lockstep($0) : trial.searches($0) }
      guard let comparison = run(text) else { continue }
      compared += 1
      if comparison.saved > 0 { reduced += 1 }
      guard let difference = comparison.differences.first else { continue }
      let shrunk = Shrinker { run($0).map { !$0.differences.isEmpty } ?? false }.shrink(text)
      try SpecFiles.keep(shrunk, as: "dead-\(seed)")
      Issue.record("seed \(seed): \(difference)\n\(shrunk)")
      return
    }
    print("\(kind): \(compared) specs compared, \(reduced) with fewer states")
    #expect(compared * 4 >= Self.count, "too few specs are small enough")
    #expect(reduced * 20 >= Self.count, "too few specs have dead data")
  }

  /// Conditions that random specs hardly ever need, and specs that do.
  private static let rarely: [DeadDataCondition: String] = [
    .weakUpdates: """
    workflow Elements
    message M(v: 0..2)
    agent A { var m: map[0..1] of 0..2 = map i in 0..1: 0
      run { choose v in 1..2
        m = map i in 0..1: v
        yield
        choose i in 0..1
        m[i] = 0
        yield
        send M(m[0]) to B } }
    agent B { var got: 0..2 = 0
      on M(v) { got = v } }
    property small: always B.got <= 1
    """,
    .slicedFailures: """
    workflow Division
    agent A { var x: 0..1 = 1
      var y: 0..9 = 0
      step turn { x = 1 - x }
      step divide { y = 4 / x } }
    """,
  ]

  @Test func noticesWhatIsRarelyNeeded() throws {
    for (condition, text) in Self.rarely {
      var trial = DeadDataTrial(seed: 4)
      let sound = try #require(trial.lockstep(text))
      #expect(sound.differences == [])
      trial.omitted = [condition]
      let broken = try #require(trial.lockstep(text))
      #expect(broken.differences != [], "\(condition)")
    }
  }

  /// What a step takes back was live before it: here by hand, since specs take back only where an
  /// agent crashes, and it may always crash without a step as well.
  @Test func noticesWhatIsTakenBack() {
    for omitted in [[], [DeadDataCondition.restores]] as [Set<DeadDataCondition>] {
      let system = Self.takingBack
      let data = DeadData(
        system, properties: [0], clearsDead: true, slices: false, omitting: omitted)
      guard let both = Lockstep(system, data, properties: [0], statesMax: 100) else {
        Issue.record("not explored")
        return
      }
      #expect(both.differences.isEmpty == omitted.isEmpty)
    }
  }

  /// An agent that chooses x, assigns it and takes that back, and shows it.
  private static var takingBack: TransitionSystem {
    var system = TransitionSystem()
    let span = Span(file: FileID(0), start: 0, end: 0)
    let names = ["at", "x", "shown"]
    let slots = names.map { system.layout.add(Slot(name: $0, lower: 0, upper: 3)) }
    system.agents = [AgentInfo(name: "A", family: "A", isEnvironment: false)]
    system.variables = zip(names, slots).map { name, slot in
      VariableInfo(
        name: name, kind: name == "at" ? .control : name == "x" ? .agent : .shared, agent: 0,
        shape: .integer(lower: 0, upper: 3), slots: [slot])
    }
    system.choices = [
      ChoiceInfo(
        name: "v", kind: .choose, shape: .integer(lower: 0, upper: 3), span: span)
    ]
    let (at, x, shown) = (slots[0], slots[1], slots[2])
    let v = Register(0)
    let bodies: [[ProgramStatement]] = [
      [.choose(v, .range(.constant(0), .constant(3)), ChoiceID(0)), .store(x, .register(v))],
      [.store(x, .constant(0)), .restore(first: x, count: 1)], [.store(shown, .slot(x))],
    ]
    for (place, body) in bodies.enumerated() {
      let isHere = ProgramExpression.binary(.equal, .slot(at), .constant(Int64(place)))
      system.actions.append(
        Action(
          id: ActionID(place), label: "\(place)", agent: 0, kind: .segment, rule: nil,
          isEnvironment: false, fairness: .none, span: span,
          guards: [Predicate(statements: [], result: isHere, registerCount: 0)], trigger: nil,
          body: body + [.store(at, .constant(Int64(place + 1)))], registerCount: 1))
    }
    system.properties = [
      StateProperty(
        name: "small", kind: .invariant,
        predicate: Predicate(
          statements: [], result: .binary(.less, .slot(shown), .constant(2)), registerCount: 0),
        antecedent: nil, readsQuiescent: false, documentation: nil, span: span)
    ]
    return system
  }

  @Test(
    arguments: DeadDataCondition.allCases.filter { rarely[$0] == nil && $0 != .restores })
  func noticesWhatIsLeftOut(_ condition: DeadDataCondition) {
    let found = (0..<4_000 as Range<UInt64>).contains { seed in
      var trial = DeadDataTrial(seed: seed)
      trial.omitted = [condition]
      let text =
        condition == .formulas
        ? RandomSpec.text(seed: seed, formulas: 4, hasCoins: false) : RandomSpec.text(seed: seed)
      let comparison = trial.lockstep(text)
      return comparison.map { !$0.differences.isEmpty } ?? false
    }
    #expect(found, "no spec needs it")
  }

  /// All specs: the same is found at the same depth.
  @Test(arguments: SpecFiles.specs) func agreesOnSpec(_ path: String) throws {
    let text = try SpecFiles.spec(path)
    for (number, check) in SpecText(text, name: path).checks.enumerated() {
      let trial = DeadDataTrial(seed: UInt64(4 + number))
      guard let comparison = trial.searches(text, check: check) else { continue }
      #expect(comparison.differences == [], "check \(check ?? "of the file")")
    }
  }

  /// A cleared identity is not the first agent, and is not exchanged with others; here an agent is
  /// done with its peer at some control points, and crashed at others.
  @Test func identitiesAreNotMadeUp() throws {
    let text = """
      workflow Peers
      message M()
      faults { crash up to 2 of Node }
      agent Node[3] {
        var peer: Node = any
        run {
          yield
          send M() to peer
          yield
          yield
        }
        on M() { }
      }
      property end: can (count n in Node: n.crashed) == 2 and M in flight
      """
    var trial = DeadDataTrial(seed: 4)
    trial.statesMax = 20_000
    let comparison = try #require(trial.searches(text))
    #expect(comparison.differences == [])
    #expect(comparison.saved > 0)
  }

  /// A formula that names one member does not keep alive what is dead in the others: members are
  /// exchanged, and paths of representatives would be none of the system.
  @Test func formulasDoNotTellMembersApart() throws {
    let text = """
      workflow Starts
      message M(isReady: bool)
      agent Ann { }
      agent Cid[2] {
        var isReady: bool
        on start {
          isReady = true
          send M(isReady) to Ann
        }
      }
      property answered: Cid[0].isReady leads to not M in flight
      """
    let comparison = try #require(DeadDataTrial(seed: 4).searches(text))
    #expect(comparison.differences == [])
  }

  // MARK: Known numbers

  private func states(_ text: String, _ processes: String) throws -> Int {
    let spec = try SpecText(text).typed(check: "anySize", overrides: [("N", processes)]).get()
    let system = try #require(lower(spec).system)
    var options = SearchOptions()
    options.clearsDead = true
    options.properties = [0]
    let result = explore(
      system, options: options, progress: SearchProgress(), cancellation: CancellationFlag())
    return result.states
  }

  /// Source: the filter lock that resets its locals by hand has so many states (`specs/bench`).
  @Test(arguments: [("3", 2_415), ("4", 137_552)])
  func resetsLikeByHand(_ processes: String, _ expected: Int) throws {
    let reset = try SpecFiles.spec("bench/filter-lock.wf")
    let never = reset.replacing("place = critical\n        j = 0", with: "place = critical")
      .replacing("j += 1\n        k = 0", with: "j += 1")
    #expect(never.count < reset.count - 20)
    #expect(try states(never, processes) == expected)
    #expect(try states(reset, processes) == expected)
  }

  @Test func shrinksPeterson() throws {
    let text = try SpecFiles.spec("bench/peterson.wf")
    #expect(try states(text, "3") < 12_498)
  }

  // MARK: What is dead

  /// Variables that are cleared somewhere, and those that are sliced away.
  private func dead(_ body: String, faults: String = "") throws -> (
    cleared: [String], sliced: [String]
  ) {
    let text = "workflow W\nmessage M(v: 0..3)\n\(faults)\n\(body)\n"
    let system = try #require(lower(try SpecText(text).typed().get()).system)
    let all = Set(system.properties.indices)
    return (
      DeadData(system, properties: all, clearsDead: true, slices: false).clearedVariables,
      DeadData(system, properties: all, clearsDead: false, slices: true).slicedVariables
    )
  }

  @Test func localsDieWithTheirLastRead() throws {
    let found = try dead(
      """
      agent A { run {
        choose x in 0..3
        yield
        send M(x) to B
        yield
        yield
      } }
      agent B { var got: 0..3 = 0
        on M(v) { got = v } }
      property small: always B.got <= 2
      """)
    #expect(found.cleared == ["A.x"])
    #expect(found.sliced == [])
  }

  @Test func handlersKeepAlive() throws {
    let found = try dead(
      """
      agent A { var x: 0..3 = 0
        run { choose y in 0..3
          x = y
          yield
          yield }
        on M(v) when v == x { x = 0 } }
      agent B { run { choose v in 0..3
          send M(v) to A } }
      """)
    #expect(!found.cleared.contains("A.x"))
  }

  @Test func recoveryKeepsDurableAlive() throws {
    let body = """
      agent A { durable var kept: 0..3 = 0
        var lost: 0..3 = 0
        step go { choose v in 0..3
          kept = v
          lost = v }
        step tell when lost > 0 { send M(kept) to B } }
      agent B { var got: 0..3 = 0
        on M(v) { got = v } }
      property small: always B.got <= 2
      """
    let found = try dead(
      body, faults: "network unordered capacity 1\nfaults { crash up to 1 of A with recovery }")
    #expect(!found.cleared.contains("A.kept"))
    let stopped = try dead(
      body, faults: "network unordered capacity 1\nfaults { crash up to 1 of A }")
    #expect(stopped.cleared.contains("A.kept"))
  }

  @Test func copiesDieWithTheCopy() throws {
    let found = try dead(
      """
      agent A { var log: 0..3 = 0
        var copy: 0..3 = 0
        var sum: 0..9 = 0
        step go { choose v in 0..3
          copy = log
          log = v
          sum += v } }
      """)
    #expect(found.sliced == ["A.log", "A.copy"])
  }

  @Test func whatIsLookedAtStays() throws {
    let found = try dead(
      """
      agent A { var log: 0..3 = 0
        step go { choose v in 0..3
          log = v } }
      property small: always A.log <= 2
      """)
    #expect(found.cleared == [])
    #expect(found.sliced == [])
  }
}
