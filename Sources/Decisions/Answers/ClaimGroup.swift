/// Requirements and claims that hang together by what they speak of, and what is known of them.
///
/// Groups share no leaf, so that values for each of them are values for all: a set of claims can be
/// satisfied where the members of each group can, with the requirements of the group.
struct ClaimGroup {
  /// As bits.
  let claims: [UInt64]
  /// Places among the model's requirements.
  let requirements: [Int]
  /// Sets of claims that clash, and sets that do not.
  var clashing: [[UInt64]] = []
  var agreeing: [[UInt64]] = []
  /// Sets that the solver gave up on while another one grew, and why.
  var tooHard: [[UInt64]: String] = [:]

  func known(_ set: [UInt64]) -> CommittedClaims.Answer? {
    if let reason = clashing.first(where: { $0.isInside(set) }) { return .yes(because: reason) }
    return agreeing.first { set.isInside($0) }.map { .no(within: $0) }
  }

  /// Whether there is nothing to satisfy.
  func saysNothing(_ set: [UInt64]) -> Bool { requirements.isEmpty && set.members.isEmpty }

  func refutes(_ set: [UInt64]) -> Bool { clashing.contains { $0.isInside(set) } }

  /// The groups of all requirements and claims; requirements beside all claims are one group.
  static func all(_ model: PromptModel, _ claims: [Term], wordCount: Int) -> [ClaimGroup] {
    let terms = model.requirements.map { model[$0].term } + claims
    var roots = terms.indices.map { $0 }
    func root(_ term: Int) -> Int {
      var term = term
      while roots[term] != term { term = roots[term] }
      return term
    }
    var termOfLeaf: [LeafID: Int] = [:]
    for (place, term) in terms.enumerated() {
      for leaf in term.leaves {
        if let other = termOfLeaf[leaf] { roots[root(place)] = root(other) }
        termOfLeaf[leaf] = place
      }
    }
    let members = Dictionary(grouping: terms.indices, by: { root($0) }).sorted { $0.key < $1.key }
    let first = model.requirements.count
    let groups = members.map { _, places in
      var set = [UInt64](repeating: 0, count: wordCount)
      for place in places where place >= first { set.insert(place - first) }
      return ClaimGroup(claims: set, requirements: places.filter { $0 < first })
    }
    let isAlone = { (group: ClaimGroup) in group.claims.members.isEmpty }
    let rest = groups.filter(isAlone).flatMap(\.requirements)
    let none = [UInt64](repeating: 0, count: wordCount)
    return groups.filter { !isAlone($0) } + [ClaimGroup(claims: none, requirements: rest)]
  }
}
