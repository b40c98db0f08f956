import CZ3

/// The fewest decisions that, pinned to their values in a program, leave no clash.
///
/// Idea. A clash needs a member of the prompt for each choice in it. It stays possible unless a
/// decision is pinned in which one of these members differs from the program: so the pins hit all
/// such sets. A smallest set that hits those found so far either leaves no clash, or shows others
/// (implicit hitting sets; Reiter 1987; Chandrasekaran, Karp, Moreno-Centeno, Vempala 2011). Where
/// a clash takes a pinned decision that nobody owns, giving up that pin is another way out.
struct Pins {
  private let coordinator: Coordinator
  private let agents: [Int]
  private let shown: Assignment
  private let program: [Scalar]
  private var model: PromptModel { coordinator.model }

  /// A way out of a clash.
  private struct Exit: Hashable {
    let pinned: Set<Int>
    let unpinned: Set<Int>
  }

  init(_ coordinator: Coordinator, _ agents: [Int], _ shown: Assignment) {
    self.coordinator = coordinator
    self.agents = agents
    self.shown = shown
    program = shown.scalars ?? []
  }

  func answer() -> PinAnswer {
    if program.isEmpty { return .unknown("the program has numbers beyond 64 bits") }
    do throws(GaveUp) {
      return .fewest(try fewest(), shown)
    } catch {
      return .unknown(coordinator.search.isOver() ?? "the solver gave up")
    }
  }

  private func fewest() throws(GaveUp) -> [Int] {
    let refiner = coordinator.refiner
    guard let map = try? Z3Session(refiner.options.limits, in: refiner.session.shared) else {
      throw GaveUp()
    }
    defer { refiner.refinement.queryCount += map.queryCount }
    let isPinned = model.decisions.map { _ in map.freshBool() }
    var seen: Set<Exit> = []
    var hard: [cz3_ast] = []
    while coordinator.search.isOver() == nil {
      guard case .satisfiable = map.minimize(isPinned.map { ($0, 1) }, hard: hard) else { break }
      let pins = isPinned.indices.filter { map.isTrue(isPinned[$0]) }
      let found = try exits(from: pins)
      if found.isEmpty { return pins }
      for exit in found where seen.insert(exit).inserted {
        let parts =
          exit.pinned.sorted().map { isPinned[$0] }
          + exit.unpinned.sorted().map { cz3_mk_not(map.context, isPinned[$0]) as cz3_ast }
        hard.append(map.anyOf(parts, negated: false))
      }
    }
    throw GaveUp()
  }

  /// A way out of each clash that is left with these pins.
  private func exits(from pins: [Int]) throws(GaveUp) -> [Exit] {
    var fixed: [LeafID: Scalar] = [:]
    var domains = coordinator.open.domains
    for leaf in pins.flatMap({ model.decisions[$0].leaves }) {
      fixed[leaf] = program[leaf.index]
      domains[leaf] = domains[leaf].only(program[leaf.index])
    }
    let leaves = fixed.keys.map(\.index)
    domains = coordinator.known.propagator.propagated(domains, after: leaves) ?? domains
    let prompt = OpenPrompt(model, domains, fixed: fixed)
    let (clashes, unknown) = coordinator.clashes(prompt, among: agents, within: nil)
    if unknown != nil { throw GaveUp() }
    var exits: [Exit] = []
    for clash in clashes { exits.append(try exit(from: clash.choices, fixed, domains, pins)) }
    return exits
  }

  private func exit(
    from clash: Choices, _ fixed: [LeafID: Scalar], _ domains: Domains, _ pins: [Int]
  ) throws(GaveUp) -> Exit {
    var differing: Set<Int> = []
    for (_, choice) in clash.sorted(by: { $0.key < $1.key }) {
      let member = try member(choosing: choice, fixed, domains)
      for leaf in member.indices where member[leaf] != program[leaf] {
        differing.insert(model.leaves[leaf].decision)
      }
    }
    let ownerless = Set(pins.filter { model.decisions[$0].owner == nil })
    let isFree = ownerless.isEmpty || isClash(clash)
    return Exit(pinned: differing, unpinned: isFree ? [] : ownerless)
  }

  /// Whether the choices exclude each other also without pins.
  private func isClash(_ clash: Choices) -> Bool {
    let chosen = clash.values.flatMap { coordinator.equalities($0) }
    let refiner = coordinator.refiner
    if case .unsatisfiable = refiner.session.check(refiner.promptLiterals + chosen) { return true }
    return false
  }

  /// A member of the prompt with the choice and the pins, near the program if possible.
  private func member(
    choosing choice: [LeafID: Scalar], _ fixed: [LeafID: Scalar], _ domains: Domains
  ) throws(GaveUp) -> [Scalar] {
    var narrowed = domains
    for (leaf, value) in choice { narrowed[leaf] = narrowed[leaf].only(value) }
    let propagator = coordinator.known.propagator
    if let left = propagator.propagated(narrowed, after: choice.keys.map(\.index)),
      let member = propagator.member(in: left, near: program),
      choice.allSatisfy({ member.values[$0.key.index] == $0.value })
    {
      return member.values
    }
    let refiner = coordinator.refiner
    let wanted = coordinator.equalities(fixed) + coordinator.equalities(choice)
    guard case .satisfiable = refiner.session.check(refiner.promptLiterals + wanted),
      let member = refiner.assignment()?.scalars
    else { throw GaveUp() }
    return member
  }
}
