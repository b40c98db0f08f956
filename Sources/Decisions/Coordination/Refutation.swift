/// That a prompt cannot be satisfied with values of some leaves, as far as propagation shows it.
struct Refutation {
  private let propagator: Propagator
  private let prompt: OpenPrompt
  /// Those of the prompt, but for these leaves.
  private var domains: Domains
  private let leaves: [Int]
  /// Whether it holds for the values alone; otherwise something else has shown that.
  private let isShown: Bool
  /// A term that is false whatever the others are, where there is one.
  private let term: Term?

  init(_ coordinator: Coordinator, _ values: [(key: LeafID, value: Scalar)]) {
    propagator = coordinator.known.propagator
    prompt = coordinator.open
    var domains = coordinator.open.domains
    for (leaf, value) in values { domains[leaf] = domains[leaf].only(value) }
    leaves = values.map(\.key.index).sorted()
    term = leaves.lazy.flatMap { [prompt] in prompt.termsOf[$0] }
      .map { [prompt] in prompt.terms[$0] }.first { !domains.extent($0).canHold }
    isShown =
      coordinator.refiner.options.propagates
      && (term != nil || propagator.propagated(domains, after: leaves) == nil)
    self.domains = domains
  }

  /// Whether it holds for all these values, too.
  func holds(for leaf: Int, in domain: Domain) -> Bool {
    if !isShown { return false }
    let wider = domains.with(domain, for: leaf)
    if let term { return !wider.extent(term).canHold }
    return propagator.propagated(wider, after: leaves) == nil
  }

  /// From now on for these values. Requires: it does so.
  mutating func widen(_ leaf: Int, _ allowed: Autarky.Allowed?) {
    if case .within(let domain)? = allowed { domains.all[leaf] = domain }
  }
}
