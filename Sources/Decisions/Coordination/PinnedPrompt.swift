/// A prompt some of whose decisions are pinned to their values in a program.
struct PinnedPrompt {
  private let coordinator: Coordinator
  private let program: [Scalar]
  private var fixed: [LeafID: Scalar] = [:]
  private let domains: Domains
  let open: OpenPrompt

  /// Requires: the program is a member of the prompt.
  init(_ coordinator: Coordinator, _ pins: [Int], _ program: [Scalar]) {
    self.coordinator = coordinator
    self.program = program
    var domains = coordinator.open.domains
    for leaf in pins.flatMap({ coordinator.model.decisions[$0].leaves }) {
      fixed[leaf] = program[leaf.index]
      domains[leaf] = domains[leaf].only(program[leaf.index])
    }
    let leaves = fixed.keys.map(\.index)
    self.domains = coordinator.known.propagator.propagated(domains, after: leaves) ?? domains
    open = OpenPrompt(coordinator.model, self.domains, fixed: fixed)
  }

  /// What a clash takes. Requires: the choices exclude each other here.
  func witness(of clash: Choices) throws(GaveUp) -> ClashWitness {
    var choices = clash
    var free: [LeafID: Scalar] = [:]
    for (leaf, value) in try pins(takenBy: clash) {
      // To its owner a pin is a choice like others.
      if let owner = coordinator.owners[leaf.index] {
        choices[owner, default: [:]][leaf] = value
      } else {
        free[leaf] = value
      }
    }
    var refutation = Refutation(coordinator, choices.values.flatMap { Array($0) } + Array(free))
    var taken: [Int: Autarky.Allowed] = [:]
    for (leaf, value) in free.map({ ($0.index, $1) }) {
      let wider = coordinator.open.widest(leaf, around: value) {
        refutation.holds(for: leaf, in: $0)
      }
      taken[leaf] = wider.map { Autarky.Allowed.within($0) } ?? .only(value)
      refutation.widen(leaf, taken[leaf])
    }
    let isPinned = Set(fixed.keys.map(\.index))
    var boxes: [[Int: Autarky.Allowed]] = []
    for (agent, choice) in choices.sorted(by: { $0.key < $1.key }) {
      let member = clash[agent] == nil ? program : try member(choosing: choice)
      let core = choice.keys.map(\.index).sorted()
      var box = Autarky(coordinator.open, holding: core, in: member, pinned: isPinned)
      box.widen(in: &refutation)
      boxes.append(box.allowed)
    }
    return ClashWitness(boxes: boxes, taken: taken)
  }

  /// The pins without which the choices may agree.
  private func pins(takenBy clash: Choices) throws(GaveUp) -> [LeafID: Scalar] {
    let all = clash.values.reduce(into: [:]) { $0.merge($1) { $1 } }
    if fixed.isEmpty || coordinator.isRefuted(all) { return [:] }
    let refiner = coordinator.refiner
    let kept = refiner.promptLiterals + coordinator.equalities(all)
    let isFixed = coordinator.equalities(fixed)
    let leaves = fixed.keys.sorted { $0.index < $1.index }
    let leafOf = Dictionary(uniqueKeysWithValues: zip(isFixed, leaves))
    guard case .unsatisfiable(let core) = refiner.session.check(kept + isFixed) else {
      throw GaveUp()
    }
    let candidates = kept + core.filter { leafOf[$0] != nil }
    let needed = refiner.session.shrunk(candidates, keeping: Set(kept)).compactMap { leafOf[$0] }
    return fixed.filter { needed.contains($0.key) }
  }

  /// A member of the prompt with the choice and the pins, near the program if possible.
  private func member(choosing choice: [LeafID: Scalar]) throws(GaveUp) -> [Scalar] {
    var narrowed = domains
    for (leaf, value) in choice { narrowed[leaf] = narrowed[leaf].only(value) }
    let propagator = coordinator.known.propagator
    if let left = propagator.propagated(narrowed, after: choice.keys.map(\.index)),
      let member = propagator.member(in: left, near: program),
      choice.allSatisfy({ member.values[$0.key.index] == $0.value }),
      fixed.allSatisfy({ member.values[$0.key.index] == $0.value })
    {
      return member.values
    }
    let refiner = coordinator.refiner
    let wanted = coordinator.equalities(fixed.merging(choice) { $1 })
    guard case .satisfiable = refiner.session.check(refiner.promptLiterals + wanted),
      let member = refiner.assignment()?.scalars
    else { throw GaveUp() }
    return member
  }
}
