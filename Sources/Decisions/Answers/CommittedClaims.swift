import CZ3

/// Answers questions about sets of claims of one prompt, and remembers what follows from each.
///
/// Sets are bits, claim i in bit i % 64 of word i / 64. A set that cannot be satisfied is shrunk to
/// a minimal one, which refutes all that contain it (what is met while another set grows stays as
/// the solver gives it). One that can be is grown, by the claims that its model satisfies and then
/// by trying, as everything inside is satisfiable, too (as the map of MARCO does; Liffiton,
/// Previti, Malik, Marques-Silva 2016). Claims that share no unknown are looked at apart: n groups
/// of them have the product of their largest sets, which is not enumerated.
///
/// Threads: belongs to one at a time.
public final class CommittedClaims {
  public enum Answer: Sendable {
    /// True of this subset, and so of all sets that contain it.
    case yes(because: [UInt64])
    /// False of this set, which contains the one asked about, and so of all inside it.
    case no(within: [UInt64])
    case unknown
  }

  let model: PromptModel
  let terms: [Term]
  let session: Z3Session
  private let translation: Translation
  let requirements: [Literal]
  let claims: [Literal]
  private let asts: [cz3_ast]
  let place: [Literal: Int]
  let wordCount: Int
  private var groups: [ClaimGroup]
  /// By decision and value: that it has the value, and that it has not.
  private var values: [[LeafValue]: (equal: Literal, different: Literal)] = [:]
  /// Why the solver gave up first, and on which claims.
  public private(set) var firstUnknown: (reason: String, claims: [Int])?
  private var unknowns: Set<Unknown> = []
  /// Claims that the solver gave up on when they were added to a set that grew.
  private var avoided: Set<Int> = []

  private struct Unknown: Hashable {
    /// Nil where the question was whether the claims clash.
    let decision: Int?
    let set: [UInt64]
  }

  /// After so many sets that the solver gave up on, it is not asked any more.
  public static let unknownsMax = 8
  /// Claims that are tried to grow one set.
  private static let triedMax = 128

  public init(
    _ model: PromptModel, claims terms: [Term], _ limits: SolverLimits
  ) throws(SolverUnavailable) {
    self.model = model
    self.terms = terms
    let session = try Z3Session(limits)
    let translation = Translation(session, model)
    self.session = session
    self.translation = translation
    requirements = model.requirements.map { session.literal(for: translation.ast(model[$0].term)) }
    asts = terms.map { translation.ast($0) }
    claims = asts.map { session.literal(for: $0) }
    place = Dictionary(uniqueKeysWithValues: claims.enumerated().map { ($1, $0) })
    wordCount = max(1, (terms.count + 63) / 64)
    groups = ClaimGroup.all(model, terms, wordCount: wordCount)
  }

  /// The places of these claims by what they hang together with: a set clashes where its members of
  /// one of these parts do.
  public static func parts(_ model: PromptModel, claims terms: [Term]) -> [[Int]] {
    ClaimGroup.all(model, terms, wordCount: max(1, (terms.count + 63) / 64)).map(\.claims.members)
      .filter { !$0.isEmpty }
  }

  public var queryCount: Int { session.queryCount }

  /// When questions have to end that are asked from now on; nil: whenever their limits say.
  public var deadline: ContinuousClock.Instant? {
    get { session.deadline }
    set { session.deadline = newValue }
  }

  public var interrupter: SolverInterrupter { SolverInterrupter(shared: session.shared) }

  // MARK: Questions

  /// Whether the prompt and these claims cannot be satisfied together.
  public func clash(_ set: [UInt64]) -> Answer {
    var within = [UInt64](repeating: 0, count: wordCount)
    var isKnown = true
    for group in groups.indices {
      switch clash(set.intersection(groups[group].claims), in: group) {
      case .yes(let reason): return .yes(because: reason)
      case .no(let larger): within = within.union(larger)
      case .unknown: isKnown = false
      }
    }
    return isKnown ? .no(within: within) : .unknown
  }

  /// The same of one group. Requires: the claims are of the group.
  private func clash(_ set: [UInt64], in group: Int) -> Answer {
    if let known = groups[group].known(set) { return known }
    if groups[group].saysNothing(set) { return .no(within: set) }
    guard mayAsk(nil, set) else { return .unknown }
    if let reason = groups[group].tooHard[set] { return gaveUp(nil, set, reason) }
    let own = groups[group].requirements.map { requirements[$0] }
    switch check(set, own) {
    case .unknown(let reason): return gaveUp(nil, set, reason)
    case .unsatisfiable(let core): return .yes(because: learnClash(core, in: group))
    case .satisfiable:
      let members = groups[group].claims
      let grown = grown(satisfied(set, of: members), members, under: [own], in: group)
      groups[group].agreeing.append(grown)
      return .no(within: grown)
    }
  }

  /// Whether the prompt and these claims leave at most one value of a decision.
  public func forces(_ decision: Int, _ set: [UInt64]) -> Answer {
    switch clash(set) {
    case .yes(let reason): return .yes(because: reason)
    case .unknown: return .unknown
    case .no: break
    }
    guard mayAsk(decision, set) else { return .unknown }
    // The model behind a remembered answer is gone.
    switch check(set, requirements) {
    case .unknown(let reason): return gaveUp(decision, set, reason)
    case .unsatisfiable(let core): return .yes(because: bits(minimal(core, requirements)))
    case .satisfiable: break
    }
    guard let (equal, different) = value(of: decision) else {
      return gaveUp(decision, set, "a value that cannot be written down")
    }
    switch check(set, requirements + [different]) {
    case .unknown(let reason): return gaveUp(decision, set, reason)
    case .unsatisfiable(let core):
      return .yes(because: bits(minimal(core, requirements + [different])))
    case .satisfiable:
      let contexts = [requirements + [equal], requirements + [different]]
      return .no(within: grown(set, all, under: contexts))
    }
  }

  private var all: [UInt64] {
    groups.reduce([UInt64](repeating: 0, count: wordCount)) { $0.union($1.claims) }
  }

  private func mayAsk(_ decision: Int?, _ set: [UInt64]) -> Bool {
    unknowns.count < Self.unknownsMax && !unknowns.contains(Unknown(decision: decision, set: set))
  }

  private func gaveUp(_ decision: Int?, _ set: [UInt64], _ reason: String) -> Answer {
    unknowns.insert(Unknown(decision: decision, set: set))
    if firstUnknown == nil { firstUnknown = (reason, set.members) }
    return .unknown
  }

  // MARK: Queries

  private func check(_ set: [UInt64], _ others: [Literal]) -> SolverOutcome {
    session.check(others + set.members.map { claims[$0] })
  }

  /// The claims of a core that do not suffice without each other, with all of `fixed`.
  private func minimal(_ core: [Literal], _ fixed: [Literal]) -> [Literal] {
    let needed = session.shrunk(
      fixed + core.filter { place[$0] != nil }, keeping: Set(fixed))
    return needed.filter { place[$0] != nil }
  }

  private func learnClash(_ core: [Literal], in group: Int) -> [UInt64] {
    let reason = bits(minimal(core, groups[group].requirements.map { requirements[$0] }))
    groups[group].clashing.append(reason)
    return reason
  }

  func bits(_ literals: [Literal]) -> [UInt64] {
    var set = [UInt64](repeating: 0, count: wordCount)
    for literal in literals { if let claim = place[literal] { set.insert(claim) } }
    return set
  }

  /// The members that the last model satisfies, with those of the set that it was asked for.
  private func satisfied(_ set: [UInt64], of members: [UInt64]) -> [UInt64] {
    var found = set
    for claim in members.members where !set.has(claim) && session.isTrue(asts[claim]) {
      found.insert(claim)
    }
    return found
  }

  /// Adds members as long as the set is satisfiable under each of the contexts, which in a group
  /// is one, of its requirements.
  private func grown(
    _ seed: [UInt64], _ members: [UInt64], under contexts: [[Literal]], in group: Int? = nil
  ) -> [UInt64] {
    var set = seed
    var tried = 0
    for claim in members.members where !set.has(claim) && !avoided.contains(claim) {
      var wanted = set
      wanted.insert(claim)
      if groups.contains(where: { $0.refutes(wanted) }) { continue }
      if tried == Self.triedMax { break }
      tried += 1
      var common: [UInt64]?
      for context in contexts {
        switch check(wanted, context) {
        case .satisfiable:
          let these = satisfied(wanted, of: members)
          common = common.map { $0.intersection(these) } ?? these
          continue
        case .unsatisfiable(let core):
          if let group { groups[group].clashing.append(bits(core)) }
        case .unknown(let reason):
          avoided.insert(claim)
          if let group { groups[group].tooHard[wanted] = reason }
        }
        common = nil
        break
      }
      if let common { set = common }
    }
    return set
  }

  /// That a decision has the value of the last model, and that it has not.
  private func value(of decision: Int) -> (equal: Literal, different: Literal)? {
    var found: [LeafValue] = [.number(String(decision))]
    var equalities: [cz3_ast?] = []
    for leaf in model.decisions[decision].leaves {
      let constant = translation.leaves[leaf.index]
      guard let value = session.value(of: constant) else { return nil }
      found.append(value)
      let sort = model.leaves[leaf.index].sort
      equalities.append(
        cz3_mk_eq(session.context, constant, translation.constant(value, sort)))
    }
    if let known = values[found] { return known }
    guard let all = cz3_mk_and(session.context, UInt32(equalities.count), equalities),
      let none = cz3_mk_not(session.context, all)
    else { return nil }
    let new = (equal: session.literal(for: all), different: session.literal(for: none))
    values[found] = new
    return new
  }
}

extension [UInt64] {
  func has(_ member: Int) -> Bool { self[member / 64] >> UInt64(member % 64) & 1 == 1 }
  mutating func insert(_ member: Int) { self[member / 64] |= 1 << UInt64(member % 64) }
  /// Requires: as many words.
  func isInside(_ other: [UInt64]) -> Bool { !zip(self, other).contains { $0 & ~$1 != 0 } }
  func union(_ other: [UInt64]) -> [UInt64] { zip(self, other).map { $0 | $1 } }
  func intersection(_ other: [UInt64]) -> [UInt64] { zip(self, other).map { $0 & $1 } }
  var members: [Int] {
    indices.flatMap { word in
      (0..<64).filter { self[word] >> UInt64($0) & 1 == 1 }.map { 64 * word + $0 }
    }
  }
}
