/// Values for some leaves that satisfy every requirement that speaks of one of them, whatever the
/// other leaves are within their domains: every member of the prompt stays one when these leaves
/// get such values.
///
/// Source: Monien, Speckenmeyer 1985.
struct Autarky {
  enum Allowed: Equatable {
    case only(Scalar)
    /// Of an integer or a case.
    case within(Domain)
  }

  /// By leaf, what it may be; any combination will do.
  private(set) var allowed: [Int: Allowed] = [:]
  private let prompt: OpenPrompt
  /// Values for what is held.
  private var member: [Scalar]
  private let isPinned: Set<Int>
  private let core: [Int]
  private var others: [Int] = []
  /// Those of the prompt, with what is allowed for the leaves in it.
  private var domains: Domains

  /// A small one that holds some leaves at their values in a member of the prompt, and allows the
  /// pinned ones theirs.
  ///
  /// Complexity: that of looking at the terms of each leaf that it comes to hold, a few times.
  init(
    _ prompt: OpenPrompt, holding core: [Int], in member: [Scalar], pinned isPinned: Set<Int>
  ) {
    self.isPinned = isPinned
    self.prompt = prompt
    self.member = member
    domains = prompt.domains
    self.core = core
    for leaf in core { hold(leaf) }
    others = grow()
    for leaf in others where canDrop(leaf) { release(leaf) }
    others.removeAll { allowed[$0] == nil }
  }

  private mutating func hold(_ leaf: Int) {
    allowed[leaf] = .only(member[leaf])
    domains.all[leaf] = prompt.domains.all[leaf].only(member[leaf])
  }

  private mutating func release(_ leaf: Int) {
    allowed[leaf] = nil
    domains.all[leaf] = prompt.domains.all[leaf]
  }

  /// Whether a term can be false for some values of what is not held.
  private func canFail(_ term: Int) -> Bool {
    if !isOpen(term) { return false }
    // The bounds of domains are rounded, and know nothing of strings; the member satisfies it.
    return !prompt.leaves[term].allSatisfy { leaf in
      if case .only? = allowed[leaf] { true } else { false }
    }
  }

  private func isOpen(_ term: Int) -> Bool { domains.extent(prompt.terms[term]).canFail }

  /// Whether no term can fail where the leaf has one of these values.
  private func isSettled(_ leaf: Int, _ domain: Domain) -> Bool {
    let wider = domains.with(domain, for: leaf)
    return prompt.termsOf[leaf].allSatisfy { !wider.extent(prompt.terms[$0]).canFail }
  }

  // MARK: Growing

  /// Holds further leaves until no term of a held one can fail; these, the first one first.
  private mutating func grow() -> [Int] {
    var queue = core.flatMap { prompt.termsOf[$0] }
    var others: [Int] = []
    while let term = queue.popLast() {
      while canFail(term), let leaf = cheapest(in: term) {
        hold(leaf)
        others.append(leaf)
        queue += prompt.termsOf[leaf]
      }
    }
    return others
  }

  /// A leaf that settles the term with the fewest other terms to settle then; with another value
  /// than the member's where that leaves none.
  private mutating func cheapest(in term: Int) -> Int? {
    var best: (leaf: Int, value: Scalar, cost: Int)?
    for leaf in prompt.leaves[term] where allowed[leaf] == nil {
      let own = member[leaf]
      defer { member[leaf] = own }
      for value in [own] + otherValues(leaf) {
        member[leaf] = value
        hold(leaf)
        let open = prompt.termsOf[leaf].filter { value == own ? canFail($0) : isOpen($0) }
        release(leaf)
        if value != own, !open.isEmpty { continue }
        let cost =
          2 * open.count + (value == own ? 1 : 0)
          + (open.contains(term) ? 2 * prompt.terms.count : 0)
        if best.map({ cost < $0.cost }) ?? true { best = (leaf, value, cost) }
      }
    }
    guard let best else { return nil }
    member[best.leaf] = best.value
    return best.leaf
  }

  /// Values that leave others the most room: where a domain ends, or far out where it does not.
  private func otherValues(_ leaf: Int) -> [Scalar] {
    if isPinned.contains(leaf) { return [] }
    let domain = prompt.domains.all[leaf]
    switch (prompt.model.leaves[leaf].sort, member[leaf]) {
    case (.bool, .bool(let value)): return [.bool(!value)]
    case (.enumeration, .number): return (domain.members ?? []).prefix(4).map { Scalar($0) }
    case (.integer, .number(let number)):
      guard let value = number.whole, value.magnitude < 1 << 40 else { return [] }
      return [domain.lower ?? value - 1 << 30, domain.upper ?? value + 1 << 30].map { Scalar($0) }
    default: return []
    }
  }

  private mutating func canDrop(_ leaf: Int) -> Bool {
    let held = allowed[leaf]
    release(leaf)
    defer {
      allowed[leaf] = held
      domains.all[leaf] = prompt.domains.all[leaf].only(member[leaf])
    }
    return prompt.termsOf[leaf].allSatisfy { term in
      !prompt.leaves[term].contains { allowed[$0] != nil } || !canFail(term)
    }
  }

  // MARK: Widening

  /// Allows more values for the leaves at hand, for those of the core only what is refuted, too.
  mutating func widen(in refutation: inout Refutation) {
    for leaf in core + others {
      let isCore = core.contains(leaf)
      let wider = prompt.widest(leaf, around: member[leaf]) { domain in
        isSettled(leaf, domain) && (!isCore || refutation.holds(for: leaf, in: domain))
      }
      guard let wider else { continue }
      allowed[leaf] = .within(wider)
      domains.all[leaf] = wider
      if isCore { refutation.widen(leaf, .within(wider)) }
    }
  }
}
