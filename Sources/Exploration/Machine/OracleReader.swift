import TransitionSystem

/// What one machine remembers of the oracle's answers.
///
/// Idea. The set of members changes rarely from state to state, so a table that is indexed by a
/// hash of the set, and forgets what collides, has nearly every answer. Where the question is the
/// disjunction of questions about parts, each section of parts has a table of its own: n sections
/// have the product of their sets, of which a search may never see one twice. Behind the tables
/// are the answers so far with all that follows from them: monotone, so that a set that is a reason
/// for "yes" says so for all larger ones, and one found "no" for all smaller. Only what none of
/// them decides goes to the oracle, which all machines share.
///
/// Price: for each section one pass over the runs of bits, a multiplication and a comparison for
/// each word of the set, and at most 32 KiB for each word and one more.
///
/// Threads: belongs to one machine.
final class OracleReader {
  enum Answer: UInt64 { case none, no, yes, unknown }

  /// What the hot path needs of a plan.
  private struct Section: BitwiseCopyable {
    let firstRun: Int
    let endRun: Int
    let wordCount: Int
    let firstEntry: Int
    let isDirect: Bool
  }

  private let oracle: (any Oracle)?
  private let memberCount: Int
  private let plans: [MemberPlan]
  private let sections: [Section]
  private let runs: [MemberPlan.Run]
  /// By question, and then its sections.
  private let sectionsOf: [Range<Int>]
  private let set: UnsafeMutablePointer<UInt64>
  /// How many answers compiled C has found in it; then, by section and set or hash, the words of a
  /// set and its answer.
  let answers: UnsafeMutablePointer<UInt64>
  /// By section: reasons for yes, and sets that are no, one after the other.
  private var reasons: [[UInt64]]
  private var refuted: [[UInt64]]
  private var asked = 0
  private var workedOut = 0

  init(_ system: TransitionSystem) {
    oracle = system.oracle
    memberCount = system.members.count
    let (plansOf, size) = MemberPlan.all(system)
    var sections: [Section] = []
    var runs: [MemberPlan.Run] = []
    sectionsOf = plansOf.map { plans in
      let first = sections.count
      for plan in plans {
        sections.append(
          Section(
            firstRun: runs.count, endRun: runs.count + plan.runs.count, wordCount: plan.wordCount,
            firstEntry: plan.firstEntry, isDirect: plan.isDirect))
        runs += plan.runs
      }
      return first..<sections.count
    }
    plans = plansOf.flatMap { $0 }
    (self.sections, self.runs) = (sections, runs)
    set = .allocate(capacity: sections.map(\.wordCount).max() ?? 1)
    answers = .allocate(capacity: size)
    answers.initialize(repeating: 0, count: size)
    reasons = Array(repeating: [], count: sections.count)
    refuted = reasons
  }

  deinit {
    set.deallocate()
    answers.deallocate()
  }

  var counts: (questions: Int, workedOut: Int) { (asked + Int(answers[0]), workedOut) }

  /// Requires: `words` is a state of the system.
  func answer(_ question: Int, on words: UnsafePointer<UInt64>) -> Answer {
    asked += 1
    var isKnown = true
    for section in sectionsOf[question] {
      switch answer(inSection: section, on: words) {
      case .yes: return .yes
      case .no: continue
      case .none, .unknown: isKnown = false
      }
    }
    return isKnown ? .no : .unknown
  }

  private func answer(inSection number: Int, on words: UnsafePointer<UInt64>) -> Answer {
    let section = sections[number]
    let wordCount = section.wordCount
    for word in 0..<wordCount { set[word] = 0 }
    for place in section.firstRun..<section.endRun {
      let run = runs[place]
      set[run.target] |= (words[run.word] &>> run.shift & run.mask) &<< run.targetShift
    }
    let entry = answers + section.firstEntry + place(in: section) * (wordCount + 1)
    var isKnown = entry[wordCount] != 0
    for word in 0..<wordCount where entry[word] != set[word] { isKnown = false }
    if isKnown, let answer = Answer(rawValue: entry[wordCount]) { return answer }
    let answer = workOut(number)
    for word in 0..<wordCount { entry[word] = set[word] }
    entry[wordCount] = answer.rawValue
    return answer
  }

  private func place(in section: Section) -> Int {
    if section.isDirect { return Int(set[0]) }
    var hash: UInt64 = 0
    for word in 0..<section.wordCount { hash = (hash ^ set[word]) &* MemberPlan.factor }
    return Int(hash &>> UInt64(64 - MemberPlan.tableBits))
  }

  private func workOut(_ section: Int) -> Answer {
    workedOut += 1
    let plan = plans[section]
    if find(in: &reasons[section], plan.wordCount, { $1 & ~$0 == 0 }) { return .yes }
    if find(in: &refuted[section], plan.wordCount, { $0 & ~$1 == 0 }) { return .no }
    guard let oracle, let question = sectionsOf.firstIndex(where: { $0.contains(section) }) else {
      return .unknown
    }
    let members = plan.widened(set, memberCount: memberCount)
    switch oracle.answer(QuestionID(question), about: members) {
    case .yes(let reason):
      reasons[section] += plan.narrowed(reason)
      return .yes
    case .no(let larger):
      refuted[section] += plan.narrowed(larger)
      return .no
    case .unknown: return .unknown
    }
  }

  /// Whether some remembered set is in that relation to the present one, word by word.
  ///
  /// The one that is found moves half the way to the front: what decides one state decides its
  /// neighbours, too (Rivest, On self-organizing sequential search heuristics, CACM 1976).
  private func find(
    in sets: inout [UInt64], _ wordCount: Int, _ holds: (UInt64, UInt64) -> Bool
  ) -> Bool {
    let count = sets.count / wordCount
    for place in 0..<count {
      var word = 0
      while word < wordCount, holds(set[word], sets[place * wordCount + word]) { word += 1 }
      if word < wordCount { continue }
      let front = place / 2
      if front < place {
        for word in 0..<wordCount {
          sets.swapAt(front * wordCount + word, place * wordCount + word)
        }
      }
      return true
    }
    return false
  }
}
