import TransitionSystem

/// Where the slots that an oracle is asked about lie in a state, and the answers in a table.
///
/// A question has a plan for each section of the members that is looked up apart from the others.
struct MemberPlan {
  /// Neighbouring members whose slots are neighbouring bits of one word.
  struct Run: BitwiseCopyable {
    let word: Int
    let shift: UInt64
    let mask: UInt64
    let target: Int
    let targetShift: UInt64
  }

  /// A section of more members than this has as many bits of a hash.
  static let tableBits = 12
  /// Members of several parts that are looked up together: the table stays in the fastest cache.
  private static let packedMax = 8
  /// Of the multiplicative hash of a set (Knuth, TAOCP 3, 6.4).
  static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// The places of the section's members, ascending; their bits are numbered in this order.
  let members: [Int]
  private(set) var runs: [Run] = []
  let wordCount: Int
  /// Where its entries begin in the table.
  let firstEntry: Int

  /// Whether each set has an entry of its own.
  var isDirect: Bool { members.count <= Self.tableBits }

  /// Words in the table: for each entry a set and its answer.
  private var size: Int {
    (wordCount + 1) << (isDirect ? members.count : Self.tableBits)
  }

  /// By question, and how many words the table has: behind the count of answers found.
  static func all(_ system: TransitionSystem) -> (plans: [[MemberPlan]], size: Int) {
    var size = 1
    let plans = system.questions.indices.map { question in
      let parts = system.oracle?.parts(of: QuestionID(question)) ?? []
      return sections(parts, of: system.members.count).map { members in
        let plan = MemberPlan(system, members, firstEntry: size)
        size += plan.size
        return plan
      }
    }
    return (plans, size)
  }

  private static func sections(_ parts: [[Int]], of count: Int) -> [[Int]] {
    var sections: [[Int]] = []
    for part in parts {
      if let last = sections.last, last.count + part.count <= packedMax {
        sections[sections.count - 1] += part
      } else {
        sections.append(part)
      }
    }
    return sections.isEmpty ? [Array(0..<count)] : sections.map { $0.sorted() }
  }

  private init(_ system: TransitionSystem, _ members: [Int], firstEntry: Int) {
    self.members = members
    self.firstEntry = firstEntry
    wordCount = max(1, (members.count + 63) / 64)
    let slots = members.map { system.members[$0].slot.index }
    // A reduction may have taken slots out of the layout: these members are never in.
    let hasBit = slots.map { system.layout.slots[$0].width > 0 }
    let places = slots.map { system.layout.positions[$0] }
    var start = 0
    while start < places.count {
      let first = places[start]
      var end = start + 1
      if !hasBit[start] {
        start = end
        continue
      }
      while end < places.count, end % 64 != 0, hasBit[end], places[end].word == first.word,
        Int(places[end].shift) == Int(first.shift) + end - start
      {
        end += 1
      }
      runs.append(
        Run(
          word: Int(first.word), shift: UInt64(first.shift),
          mask: .max >> UInt64(64 - (end - start)), target: start / 64,
          targetShift: UInt64(start % 64)))
      start = end
    }
  }

  // MARK: Sets

  /// The section's own bits of a set of all members.
  func narrowed(_ set: [UInt64]) -> [UInt64] {
    var own = [UInt64](repeating: 0, count: wordCount)
    for (bit, member) in members.enumerated()
    where set[member / 64] >> UInt64(member % 64) & 1 == 1 {
      own[bit / 64] |= 1 << UInt64(bit % 64)
    }
    return own
  }

  /// The set of all members that has these of the section. Requires: as many words.
  func widened(_ own: UnsafePointer<UInt64>, memberCount: Int) -> [UInt64] {
    var set = [UInt64](repeating: 0, count: max(1, (memberCount + 63) / 64))
    for (bit, member) in members.enumerated() where own[bit / 64] >> UInt64(bit % 64) & 1 == 1 {
      set[member / 64] |= 1 << UInt64(member % 64)
    }
    return set
  }
}
