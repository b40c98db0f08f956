import CZ3

/// The fewest decisions that, pinned to their values in some program, leave no clash.
///
/// Idea. A clash takes a member of the prompt for each choice in it. It stays possible unless a
/// decision is pinned to a value that such a member cannot have: so the pins hit the ways out of
/// all clashes. A smallest set that hits those found so far either leaves no clash, or shows others
/// (implicit hitting sets; Reiter 1987; Chandrasekaran, Karp, Moreno-Centeno, Vempala 2011). First
/// the values are those of the program that is shown, for an answer that is good enough. Then they
/// are open, and a solver looks for a smallest set with a program that it is pinned to. No set that
/// is left out would do, so that the sizes of these are lower bounds.
///
/// How a clash depends on pins is in `ClashWitness`; the more values its boxes have, the fewer
/// rounds it takes.
final class Pins {
  private let coordinator: Coordinator
  private let agents: [Int]
  private let shown: Assignment
  private let program: [Scalar]
  private var witnesses: [ClashWitness] = []
  private var model: PromptModel { coordinator.model }
  private var refiner: Refiner { coordinator.refiner }

  init(_ coordinator: Coordinator, _ agents: [Int], _ shown: Assignment) {
    self.coordinator = coordinator
    self.agents = agents
    self.shown = shown
    program = shown.scalars ?? []
  }

  func answer() -> PinAnswer {
    if program.isEmpty { return .unknown("the program has numbers beyond 64 bits") }
    let pins: [Int]
    do throws(GaveUp) {
      pins = try fewestAsShown()
    } catch {
      return .unknown(coordinator.search.isOver() ?? "the solver gave up")
    }
    var search = OpenSearch(atLeast: 1, found: nil)
    // Whoever gives up leaves what is known so far.
    try? fewest(below: pins.count, &search)
    if let (fewer, program) = search.found { return .fewest(fewer, program) }
    return search.atLeast >= pins.count
      ? .fewest(pins, shown) : .enough(pins, shown, atLeast: search.atLeast)
  }

  private func fewestAsShown() throws(GaveUp) -> [Int] {
    let map = try PinMap(model, refiner.options.limits, in: refiner.session.shared)
    defer { refiner.refinement.queryCount += map.queryCount }
    while coordinator.search.isOver() == nil, let pins = map.fewest() {
      let found = try clashes(leftBy: pins, in: program)
      if found.isEmpty { return pins }
      for witness in found { map.require(witness.exits(in: program, model)) }
      witnesses += found
    }
    throw GaveUp()
  }

  // MARK: Values that are open

  private struct OpenSearch {
    /// So many pins are needed.
    var atLeast: Int
    var found: (pins: [Int], program: Assignment)?
  }

  /// Looks for pins that are fewer than a number.
  private func fewest(below limit: Int, _ search: inout OpenSearch) throws(GaveUp) {
    try bound(&search)
    if search.atLeast >= limit { return }
    let (limits, shared) = (refiner.options.limits, refiner.session.shared)
    let values = try PinValues(
      coordinator.open, atLeast: search.atLeast, near: program, limits, in: shared)
    defer {
      search.atLeast = values.atLeast
      refiner.refinement.queryCount += values.queryCount
    }
    for witness in witnesses { values.require(witness) }
    for _ in 0..<roundsMax where coordinator.search.isOver() == nil {
      guard let pins = values.fewest(below: limit) else { return }
      guard let program = values.program(pinning: pins) else { throw GaveUp() }
      let found = try clashes(leftBy: pins, in: program)
      if found.isEmpty {
        search.found = (pins, Assignment(values: program.map(\.leafValue)))
        return
      }
      for witness in found { values.require(witness) }
    }
  }

  /// How many pins it takes at least, whatever their values are.
  private func bound(_ search: inout OpenSearch) throws(GaveUp) {
    let map = try PinMap(model, refiner.options.limits, in: refiner.session.shared)
    defer { refiner.refinement.queryCount += map.queryCount }
    for witness in witnesses { map.require(witness.exits(within: coordinator.open.domains, model)) }
    guard let pins = map.fewest() else { throw GaveUp() }
    search.atLeast = max(search.atLeast, pins.count)
  }

  private var roundsMax: Int {
    let open = coordinator.open
    return Pins.roundsMax(size: open.terms.count + Set(open.leaves.joined()).count)
  }

  /// The larger a prompt is, the more a round takes, and the less is hoped for: none where what is
  /// open has more than some hundred terms and as many leaves. Numbers without time, so that
  /// answers do not depend on the machine.
  static func roundsMax(size: Int) -> Int {
    let square = min(size, 1 << 12) * min(size, 1 << 12)
    return min(2_000, 3_000_000_000 / max(1, square * square))
  }

  // MARK: Clashes

  /// A clash for each part of the prompt that has one with these decisions pinned to their values
  /// in a program. Requires: that is a member.
  private func clashes(
    leftBy pins: [Int], in program: [Scalar]
  ) throws(GaveUp) -> [ClashWitness] {
    let pinned = PinnedPrompt(coordinator, pins, program)
    let (clashes, unknown) = coordinator.clashes(pinned.open, among: agents, within: nil)
    if unknown != nil, clashes.isEmpty { throw GaveUp() }
    var found: [ClashWitness] = []
    for clash in clashes { found.append(try pinned.witness(of: clash.choices)) }
    return found
  }
}
