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

  /// Neighbouring members whose slots are neighbouring bits of one word.
  private struct Run {
    let word: Int
    let shift: UInt64
    let mask: UInt64
    let target: Int
    let targetShift: UInt64
  }

  private static let tableBits: UInt64 = 12
  private let oracle: (any Oracle)?
  private let runs: [Run]
  private let wordCount: Int
  private let set: UnsafeMutablePointer<UInt64>
  /// By question and hash: the words of the set, then the answer.
  private let table: UnsafeMutablePointer<UInt64>
  private let tableCount: Int
  /// By question: reasons for yes, and sets that are no, one after the other.
  private var reasons: [[UInt64]]
  private var refuted: [[UInt64]]
  private(set) var counts = (questions: 0, workedOut: 0)

  init(_ system: TransitionSystem) {
    oracle = system.oracle
    runs = Self.runs(system.members.map(\.slot), system.layout)
    wordCount = max(1, (system.members.count + 63) / 64)
    set = .allocate(capacity: wordCount)
    tableCount = system.questions.count * (wordCount + 1) << Int(Self.tableBits)
    table = .allocate(capacity: tableCount)
    table.initialize(repeating: 0, count: tableCount)
    reasons = Array(repeating: [], count: system.questions.count)
    refuted = reasons
  }

  deinit {
    set.deallocate()
    table.deallocate()
  }

  private static func runs(_ slots: [SlotID], _ layout: StateLayout) -> [Run] {
    var runs: [Run] = []
    var start = 0
    while start < slots.count {
      let first = layout.positions[slots[start].index]
      var end = start + 1
      while end < slots.count, end % 64 != 0 {
        let next = layout.positions[slots[end].index]
        guard next.word == first.word, Int(next.shift) == Int(first.shift) + end - start else {
          break
        }
        end += 1
      }
      runs.append(
        Run(
          word: Int(first.word), shift: UInt64(first.shift),
          mask: .max >> UInt64(64 - (end - start)), target: start / 64,
          targetShift: UInt64(start % 64)))
      start = end
    }
    return runs
  }

  /// Requires: `words` is a state of the system.
  func answer(_ question: Int, on words: UnsafePointer<UInt64>) -> Answer {
    counts.questions += 1
    for word in 0..<wordCount { set[word] = 0 }
    for run in runs {
      set[run.target] |= (words[run.word] &>> run.shift & run.mask) &<< run.targetShift
    }
    var hash: UInt64 = 0
    for word in 0..<wordCount { hash = (hash ^ set[word]) &* 0x9E37_79B9_7F4A_7C15 }
    let place = Int(hash &>> (64 - Self.tableBits)) + question << Int(Self.tableBits)
    let entry = table + place * (wordCount + 1)
    var isKnown = entry[wordCount] != 0
    for word in 0..<wordCount where entry[word] != set[word] { isKnown = false }
    if isKnown, let answer = Answer(rawValue: entry[wordCount]) { return answer }
    let answer = workOut(question)
    for word in 0..<wordCount { entry[word] = set[word] }
    entry[wordCount] = answer.rawValue
    return answer
  }

  private func workOut(_ question: Int) -> Answer {
    counts.workedOut += 1
    if contains(reasons[question], { $1 & ~$0 == 0 }) { return .yes }
    if contains(refuted[question], { $0 & ~$1 == 0 }) { return .no }
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
  private func contains(_ sets: [UInt64], _ holds: (UInt64, UInt64) -> Bool) -> Bool {
    var start = 0
    while start < sets.count {
      var word = 0
      while word < wordCount, holds(set[word], sets[start + word]) { word += 1 }
      if word == wordCount { return true }
      start += wordCount
    }
    return false
  }
}
