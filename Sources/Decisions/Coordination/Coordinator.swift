import CZ3

/// Whether agents that choose on their own can clash.
///
/// A choice of an agent gives values to decisions of its own, such that the prompt can still be
/// satisfied. Choices clash where it cannot be satisfied with all of them.
final class Coordinator {
  let refiner: Refiner
  let model: PromptModel
  /// What is known to be possible under the prompt.
  let known: Possibilities
  let open: OpenPrompt
  let search: ChoiceSearch
  private let proofs: Z3Session
  private let proofTerms: Translation
  /// By leaf.
  let owners: [Int?]
  /// By leaf, values that are possible, all of them where `isListed`.
  private(set) var samples: [[Scalar]] = []
  private(set) var isListed: [Bool] = []
  /// What follows when a leaf has a value.
  private var consequences: [Assumed: Domains?] = [:]

  private var literals: [Assumed: Literal] = [:]

  private struct Assumed: Hashable {
    let leaf: Int
    let value: Scalar
  }

  /// Nil before it is known what is possible.
  init?(_ refiner: Refiner) throws(SolverUnavailable) {
    guard let known = refiner.known else { return nil }
    self.refiner = refiner
    self.known = known
    model = refiner.model
    owners = model.leaves.map { refiner.model.decisions[$0.decision].owner }
    let time = refiner.options.coordinationTime
    let deadline = ContinuousClock.now + time
    let shared = refiner.session.shared
    proofs = try Z3Session(refiner.options.limits, in: shared)
    proofTerms = Translation(proofs, model)
    search = try ChoiceSearch(model, refiner.options.limits, in: shared) {
      if shared.isInterrupted { return "interrupted" }
      return ContinuousClock.now > deadline ? "no answer within \(time.words)" : nil
    }
    var domains = known.domains
    for (leaf, choice) in refiner.refinement.choices.enumerated() {
      domains.all[leaf] = domains.narrowed(leaf, to: choice.inPrompt)
      let (values, isListed) = choice.inPrompt.samples
      samples.append(values)
      self.isListed.append(isListed)
    }
    open = OpenPrompt(model, domains)
  }

  /// Without the refiner's own.
  var queryCount: Int { search.queryCount + proofs.queryCount }

  func run() -> Coordination {
    let agents = Set(owners.compactMap { $0 }).sorted()
    if agents.count < 2 { return .notNeeded }
    let (found, unknown) = clashes(open, among: agents, within: nil)
    if found.isEmpty { return unknown.map { .unknown($0) } ?? .free }
    var clashes: [FoundClash] = []
    var doubt = unknown
    for (place, agent) in agents.enumerated() {
      for other in agents[(place + 1)...] {
        if let known = found.first(where: { $0.agents == [agent, other] }) {
          clashes.append(known)
          continue
        }
        let (pair, unknown) = self.clashes(open, among: [agent, other], within: 1)
        clashes += pair
        doubt = doubt ?? unknown
      }
    }
    let (larger, reason) = largerClashes(agents, pairs: clashes, found)
    clashes += larger
    doubt = doubt ?? reason
    let pins =
      pinnedProgram.map { Pins(self, agents, $0).answer() } ?? .unknown("no program is known")
    return .clashes(clashes.map(explained), doubt: doubt, pins: pins)
  }

  /// The program that is shown: of the claims where these agree.
  private var pinnedProgram: Assignment? {
    switch (refiner.refinement.joint, refiner.refinement.prompt) {
    case (.satisfiable(let joint, _), _): joint
    case (_, .satisfiable(let sample, _)): sample
    default: nil
    }
  }

  // MARK: Clashes

  /// A clash for each cluster that has one, up to a number, and why there may be more.
  func clashes(
    _ prompt: OpenPrompt, among agents: [Int], within countMax: Int?
  ) -> (found: [FoundClash], unknown: String?) {
    if let reason = search.isOver() { return ([], reason) }
    let isProtected = owners.map { owner in owner.map(agents.contains) ?? false }
    var found: [FoundClash] = []
    var unknown: String?
    var hard: [(cluster: [Int], chosen: [Int: [Int]])] = []
    for cluster in prompt.clusters(protecting: isProtected) {
      let leaves = Set(cluster.flatMap { prompt.leaves[$0] }).filter { isProtected[$0] }
      let chosen = Dictionary(grouping: leaves.sorted()) { owners[$0] ?? -1 }
      if chosen.count < 2 { continue }
      switch easyVerdict(prompt, cluster, chosen) {
      case .clash(let choices):
        found.append(FoundClash(choices, cluster.map { prompt.clauses[$0] }))
      case .free: break
      case .unknown: hard.append((cluster, chosen))
      }
      if let countMax, found.count >= countMax { return (found, nil) }
    }
    for (cluster, chosen) in hard {
      switch search.search(prompt, cluster, chosen) {
      case .clash(let choices):
        found.append(FoundClash(choices, cluster.map { prompt.clauses[$0] }))
      case .free: break
      case .unknown(let reason): unknown = unknown ?? reason
      }
      if let countMax, found.count >= countMax { return (found, nil) }
    }
    return (found, unknown)
  }

  /// What is known without a query; unknown otherwise.
  private func easyVerdict(
    _ prompt: OpenPrompt, _ cluster: [Int], _ chosen: [Int: [Int]]
  ) -> ChoiceSearch.Verdict {
    guard refiner.options.propagates, prompt.fixed.isEmpty else { return .unknown("") }
    if cluster.count == 1, chosen.values.allSatisfy({ $0.count == 1 }) {
      let leaves = chosen.values.joined().sorted()
      if leaves == prompt.leaves[cluster[0]] {
        let verdict = falsified(prompt.terms[cluster[0]], leaves)
        if case .unknown = verdict {} else { return verdict }
      }
    }
    return excluded(chosen)
  }

  /// A term that speaks of one leaf of each agent: each of them can choose what is possible.
  private func falsified(_ term: Term, _ leaves: [Int]) -> ChoiceSearch.Verdict {
    let count = leaves.reduce(1) { min(100_000, $0 * samples[$1].count) }
    if count > 10_000 { return .unknown("") }
    var values = known.members.first ?? []
    if values.isEmpty { return .unknown("") }
    for number in 0..<count {
      var rest = number
      for leaf in leaves {
        values[leaf] = samples[leaf][rest % samples[leaf].count]
        rest /= samples[leaf].count
      }
      if term.isTrue(values) == false {
        return .clash(
          Dictionary(
            uniqueKeysWithValues: leaves.map { (owners[$0] ?? -1, [LeafID($0): values[$0]]) }))
      }
    }
    return leaves.allSatisfy { isListed[$0] } ? .free : .unknown("")
  }

  /// A possible value of one agent's leaf that rules out a possible value of another's.
  private func excluded(_ chosen: [Int: [Int]]) -> ChoiceSearch.Verdict {
    let agents = chosen.keys.sorted()
    for agent in agents {
      for leaf in chosen[agent] ?? [] {
        for value in samples[leaf] {
          guard let left = consequence(leaf, value) else { continue }
          for other in agents where other != agent {
            for second in chosen[other] ?? [] {
              let lost = samples[second].first { left.nearest(to: $0, second) != $0 }
              guard let lost else { continue }
              return .clash([agent: [LeafID(leaf): value], other: [LeafID(second): lost]])
            }
          }
        }
      }
    }
    return .unknown("")
  }

  private func consequence(_ leaf: Int, _ value: Scalar) -> Domains? {
    let key = Assumed(leaf: leaf, value: value)
    if let known = consequences[key] { return known }
    let domain = open.domains.all[leaf].only(value)
    let left = known.propagator.propagated(open.domains.with(domain, for: leaf), after: [leaf])
    consequences[key] = left
    return left
  }

  /// Whether propagation shows that no member of the prompt has these values.
  func isRefuted(_ values: [LeafID: Scalar]) -> Bool {
    if !refiner.options.propagates { return false }
    var domains = open.domains
    for (leaf, value) in values { domains[leaf] = domains[leaf].only(value) }
    return known.propagator.propagated(domains, after: values.keys.map(\.index)) == nil
  }

  // MARK: Explanations

  /// The clash with the requirements that it takes, mostly some of its cluster.
  private func explained(_ clash: FoundClash) -> Clash {
    var requirements: [ClauseID] = []
    for candidates in [clash.clauses, model.requirements] where requirements.isEmpty {
      requirements = broken(by: clash, among: candidates)
    }
    return Clash(
      agents: clash.agents,
      choices: clash.agents.map { (clash.choices[$0] ?? [:]).mapValues(\.leafValue) },
      requirements: requirements.sorted())
  }

  /// Requirements that the choices break, none of which could be left out; none where they do not.
  ///
  /// In a session of its own, which knows nothing else, as most take few requirements.
  private func broken(by clash: FoundClash, among candidates: [ClauseID]) -> [ClauseID] {
    proofs.scoped {
      func literal(_ term: Term) -> Literal { proofs.literal(for: proofTerms.ast(term)) }
      var clauseOf: [Literal: ClauseID] = [:]
      for clause in candidates { clauseOf[literal(model[clause].term)] = clause }
      for (leaf, value) in clash.choices.values.joined() {
        proofs.assert(proofTerms.ast(.equality(.leaf(leaf), Term(value, model, leaf))))
      }
      let all = clauseOf.sorted { $0.value < $1.value }.map(\.key)
      guard case .unsatisfiable(let core) = proofs.check(all) else { return [] }
      return proofs.shrunk(core).compactMap { clauseOf[$0] }
    }
  }

  /// That leaves have these values, in the refiner's session.
  func equalities(_ choice: [LeafID: Scalar]) -> [Literal] {
    choice.sorted { $0.key.index < $1.key.index }.map { leaf, value in
      let key = Assumed(leaf: leaf.index, value: value)
      if let known = literals[key] { return known }
      let isSo = refiner.translation.ast(open.equality(leaf.index, value))
      let new = refiner.session.literal(for: isSo)
      literals[key] = new
      return new
    }
  }
}

/// Choices that exclude each other, and the requirements of the part of the prompt that shows it.
struct FoundClash {
  let choices: Choices
  let clauses: [ClauseID]
  let agents: [Int]

  init(_ choices: Choices, _ clauses: [ClauseID]) {
    self.choices = choices
    self.clauses = clauses
    agents = choices.keys.sorted()
  }
}

extension Possible {
  /// Values that are possible for sure, and whether these are all.
  fileprivate var samples: (values: [Scalar], areAll: Bool) {
    switch self {
    case .forced(let value): ([value].compactMap(Scalar.init), true)
    case .values(let values): (values.compactMap(Scalar.init), true)
    case .range(let lower, let upper):
      (
        [lower, upper].compactMap { $0 }.filter(\.isAttained).compactMap {
          Rational($0.value).map { .number($0) }
        }, false
      )
    case .texts(let values): (values.compactMap(Scalar.init), false)
    case .unknown: ([], false)
    }
  }
}

extension Domains {
  /// The domain of a leaf with what is known to be possible.
  fileprivate func narrowed(_ leaf: Int, to possible: Possible) -> Domain {
    let domain = all[leaf]
    switch possible {
    case .forced(let value): return Scalar(value).map { domain.only($0) } ?? domain
    case .values(let values):
      guard case .values(let base, _) = domain else { return domain }
      let single = values.compactMap(Scalar.init).map { domain.only($0) }
      let members = single.reduce(UInt64(0)) { all, one in
        if case .values(_, let member) = one { all | member } else { all }
      }
      return .values(base: base, members)
    case .range(let lower, let upper):
      let (least, most) = (lower?.rounded(up: false), upper?.rounded(up: true))
      return domain.within(least, most)
    case .texts, .unknown: return domain
    }
  }
}

extension Domain {
  /// That value alone, rounded outwards.
  func only(_ value: Scalar) -> Domain {
    switch value {
    case .bool(let holds): within(holds ? 1 : 0, holds ? 1 : 0)
    case .number(let number): within(number.rounded(up: false), number.rounded(up: true))
    case .string: self
    }
  }
}

extension Bound {
  fileprivate func rounded(up: Bool) -> Int64? { Rational(value)?.rounded(up: up) }
}
