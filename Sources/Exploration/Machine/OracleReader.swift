import TransitionSystem

/// What one machine remembers of the oracle's answers.
///
/// Idea. The set of members changes rarely from state to state, so a table that is indexed by a
/// hash of the set, and forgets what collides, has nearly every answer. Behind it are the answers
/// so far with all that follows from them: monotone, so that a set that is a reason for "yes" says
/// so for all larger ones, and one found "no" for all smaller. Only what none of them decides goes
/// to the oracle, which all machines share.
///
/// Price: one pass over the runs of bits, a multiplication and a comparison for each word of the
/// set, and 32 KiB for each question and word.
///
/// Threads: belongs to one machine.
final class OracleReader {
  enum Answer: UInt64 { case none, no, yes, unknown }

  private let oracle: (any Oracle)?
  private let plan: MemberPlan
  private let wordCount: Int
  private let set: UnsafeMutablePointer<UInt64>
  /// How many answers compiled C has found in it; then, by question and hash, the words of a set
  /// and its answer.
  let answers: UnsafeMutablePointer<UInt64>
  /// By question: reasons for yes, and sets that are no, one after the other.
  private var reasons: [[UInt64]]
  private var refuted: [[UInt64]]
  private var asked = 0
  private var workedOut = 0

  init(_ system: TransitionSystem) {
    oracle = system.oracle
    plan = MemberPlan(system)
    wordCount = plan.wordCount
    set = .allocate(capacity: wordCount)
    let count = plan.firstEntry(of: system.questions.count)
    answers = .allocate(capacity: count)
    answers.initialize(repeating: 0, count: count)
    reasons = Array(repeating: [], count: system.questions.count)
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
    for word in 0..<wordCount { set[word] = 0 }
    for run in plan.runs {
      set[run.target] |= (words[run.word] &>> run.shift & run.mask) &<< run.targetShift
    }
    var hash: UInt64 = 0
    for word in 0..<wordCount { hash = (hash ^ set[word]) &* MemberPlan.factor }
    let place = Int(hash &>> UInt64(64 - MemberPlan.tableBits))
    let entry = answers + plan.firstEntry(of: question) + place * (wordCount + 1)
    var isKnown = entry[wordCount] != 0
    for word in 0..<wordCount where entry[word] != set[word] { isKnown = false }
    if isKnown, let answer = Answer(rawValue: entry[wordCount]) { return answer }
    let answer = workOut(question)
    for word in 0..<wordCount { entry[word] = set[word] }
    entry[wordCount] = answer.rawValue
    return answer
  }

  private func workOut(_ question: Int) -> Answer {
    workedOut += 1
    if find(in: &reasons[question], { $1 & ~$0 == 0 }) { return .yes }
    if find(in: &refuted[question], { $0 & ~$1 == 0 }) { return .no }
    let members = Array(UnsafeBufferPointer(start: set, count: wordCount))
    switch oracle?.answer(QuestionID(question), about: members) ?? .unknown {
    case .yes(let reason):
      reasons[question] += reason
      return .yes
    case .no(let larger):
      refuted[question] += larger
      return .no
    case .unknown: return .unknown
    }
  }

  /// Whether some remembered set is in that relation to the present one, word by word.
  ///
  /// The one that is found moves half the way to the front: what decides one state decides its
  /// neighbours, too (Rivest, On self-organizing sequential search heuristics, CACM 1976).
  private func find(in sets: inout [UInt64], _ holds: (UInt64, UInt64) -> Bool) -> Bool {
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
