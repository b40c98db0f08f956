/// Choices that exclude each other, with all that pins have to do with them.
///
/// Invariant: the choices stay possible, and exclude each other, under pins to values of a member
/// as long as every pinned leaf in `boxes` has an allowed value, and those in `taken` are pinned to
/// allowed ones.
struct ClashWitness {
  /// For each agent, where its choice is part of a member.
  let boxes: [[Int: Autarky.Allowed]]
  /// Pinned leaves that nobody owns without which the choices may agree.
  let taken: [Int: Autarky.Allowed]

  /// The ways out of the clash for pins to the values of one program. Requires: those that were
  /// taken when it was found are pinned to values of this one.
  func exits(in program: [Scalar], _ model: PromptModel) -> PinExits {
    var pinned: Set<Int> = []
    for (leaf, allowed) in boxes.joined() where !allowed.contains(program[leaf]) {
      pinned.insert(model.leaves[leaf].decision)
    }
    return PinExits(pinned: pinned, unpinned: decisions(in: taken, model))
  }

  /// The same for pins to any values of the domains.
  func exits(within domains: Domains, _ model: PromptModel) -> PinExits {
    var pinned: Set<Int> = []
    for (leaf, allowed) in boxes.joined() where !allowed.covers(domains.all[leaf]) {
      pinned.insert(model.leaves[leaf].decision)
    }
    // A pin that is taken may go, or be one to another value.
    let unpinned = decisions(in: taken, model)
    return PinExits(pinned: pinned.union(unpinned), unpinned: unpinned)
  }

  private func decisions(in leaves: [Int: Autarky.Allowed], _ model: PromptModel) -> Set<Int> {
    Set(leaves.keys.map { model.leaves[$0].decision })
  }
}

/// Decisions one of which must be pinned, or not be pinned.
struct PinExits: Hashable {
  let pinned: Set<Int>
  let unpinned: Set<Int>

  /// Whether every set of pins has one.
  var isTrivial: Bool { !pinned.isDisjoint(with: unpinned) }
}

extension Autarky.Allowed {
  func contains(_ value: Scalar) -> Bool {
    switch (self, value) {
    case (.only(let one), _): one == value
    case (.within(let domain), .number(let number)):
      number.whole.map { domain.contains($0) } ?? false
    default: false
    }
  }

  /// Whether a leaf of that domain cannot but have an allowed value.
  func covers(_ domain: Domain) -> Bool {
    if case .within(let allowed) = self { allowed == domain } else { false }
  }
}
