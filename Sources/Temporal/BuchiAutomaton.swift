import TransitionSystem

/// A transition-based generalised Büchi automaton over valuations of at most 64 atoms.
///
/// It accepts a word that has a run from state 0 in which every acceptance bit occurs infinitely
/// often. Several runs of one word may exist.
struct BuchiAutomaton {
  struct Transition: Hashable, BitwiseCopyable {
    /// Atoms that must be true, and those that must be false, by bit.
    let positive: UInt64
    let negative: UInt64
    let target: Int
    /// Acceptance sets it belongs to, by bit.
    let acceptance: UInt64

    @inline(__always)
    func matches(_ valuation: UInt64) -> Bool {
      valuation & positive == positive && valuation & negative == 0
    }
  }

  /// By state.
  private(set) var transitions: [[Transition]] = []
  /// All acceptance sets.
  private(set) var acceptance: UInt64 = 0

  static let statesMax = 2000

  /// The automaton of all words that satisfy a goal; nil where it has more than `statesMax` states
  /// or the goal more than 62 untils.
  ///
  /// Source: Couvreur, On-the-fly verification of linear temporal logic, FM 1999: a state is a set
  /// of goals, a transition one way to meet their present, and promises what it puts off.
  init?(_ goal: Goal) {
    var tableau = Tableau()
    var numbers: [Set<Goal>: Int] = [[goal]: 0]
    var pending: [Set<Goal>] = [[goal]]
    var made: [[(cover: Cover, target: Int)]] = []
    while made.count < pending.count {
      guard let covers = tableau.covers(of: pending[made.count]) else { return nil }
      made.append(
        covers.map { cover in
          if let known = numbers[cover.next] { return (cover, known) }
          numbers[cover.next] = pending.count
          pending.append(cover.next)
          return (cover, pending.count - 1)
        })
      if pending.count > BuchiAutomaton.statesMax { return nil }
    }
    let all: UInt64 = (1 << UInt64(tableau.untils.count)) - 1
    acceptance = all
    transitions = made.map { row in
      row.map {
        Transition(
          positive: $0.cover.positive, negative: $0.cover.negative, target: $0.target,
          acceptance: all & ~$0.cover.promises)
      }
    }
  }

  /// The part of another one that some of its states are, numbered anew in their order.
  init(_ whole: BuchiAutomaton, only states: [Int]) {
    acceptance = whole.acceptance
    var numbers = [Int?](repeating: nil, count: whole.transitions.count)
    for (number, state) in states.enumerated() { numbers[state] = number }
    transitions = states.map { state in
      whole.transitions[state].compactMap { transition in
        numbers[transition.target].map {
          Transition(
            positive: transition.positive, negative: transition.negative, target: $0,
            acceptance: transition.acceptance)
        }
      }
    }
  }
}

/// One way to meet some goals now: literals, what is owed next, and the untils that are put off.
struct Cover: Hashable {
  var positive: UInt64 = 0
  var negative: UInt64 = 0
  var next: Set<Goal> = []
  var promises: UInt64 = 0

  /// Whether whatever meets `other` meets this as well, and owes no more.
  func isImplied(by other: Cover) -> Bool {
    positive & ~other.positive == 0 && negative & ~other.negative == 0
      && promises & ~other.promises == 0 && next.isSubset(of: other.next)
  }
}

/// Splits sets of goals into the ways to meet them.
struct Tableau {
  private(set) var untils: [Goal: Int] = [:]
  /// Goals in the order in which they were owed first. Sets are taken apart in this order: it must
  /// not depend on their hashes, or lassos would.
  private var order: [Goal: Int] = [:]

  private static let coversMax = 4096
  private static let untilsMax = 62

  /// Without those that another one makes superfluous; nil where there are too many.
  mutating func covers(of goals: Set<Goal>) -> [Cover]? {
    let sorted = goals.sorted { order[$0, default: -1] < order[$1, default: -1] }
    var open = [(todo: sorted, done: Set<Goal>(), cover: Cover())]
    var found: [Cover] = []
    while var branch = open.popLast() {
      guard let goal = branch.todo.popLast() else {
        found.append(branch.cover)
        if found.count > Tableau.coversMax { return nil }
        continue
      }
      guard branch.done.insert(goal).inserted else {
        open.append(branch)
        continue
      }
      guard let ways = ways(goal) else { return nil }
      for way in ways {
        var next = branch
        next.todo += way.now
        if way.isPostponed {
          next.cover.next.insert(goal)
          if order[goal] == nil { order[goal] = order.count }
        }
        if let promise = way.promise { next.cover.promises |= 1 << UInt64(promise) }
        if let literal = way.literal {
          let bit: UInt64 = 1 << UInt64(literal.atom)
          if literal.isTrue { next.cover.positive |= bit } else { next.cover.negative |= bit }
          if next.cover.positive & next.cover.negative != 0 { continue }
        }
        open.append(next)
      }
    }
    return withoutSuperfluous(found)
  }

  private struct Way {
    var now: [Goal] = []
    var isPostponed = false
    var promise: Int?
    var literal: (atom: Int, isTrue: Bool)?
  }

  /// A second way carries the negation of the first where that is a state formula: it loses
  /// nothing, because the first owes less, and makes the automaton more deterministic.
  private mutating func ways(_ goal: Goal) -> [Way]? {
    switch goal {
    case .constant(let value): return value ? [Way()] : []
    case .literal(let atom, let isTrue): return [Way(literal: (atom, isTrue))]
    case .and(let a, let b): return [Way(now: [a, b])]
    case .or(let a, let b):
      if let negation = a.stateNegation { return [Way(now: [a]), Way(now: [b, negation])] }
      if let negation = b.stateNegation { return [Way(now: [b]), Way(now: [a, negation])] }
      return [Way(now: [a]), Way(now: [b])]
    case .until(let a, let b):
      guard let promise = number(goal) else { return nil }
      let negation = b.stateNegation.map { [$0] } ?? []
      return [Way(now: [b]), Way(now: [a] + negation, isPostponed: true, promise: promise)]
    case .release(let a, let b):
      let negation = a.stateNegation.map { [$0] } ?? []
      return [Way(now: [a, b]), Way(now: [b] + negation, isPostponed: true)]
    }
  }

  private mutating func number(_ until: Goal) -> Int? {
    if let known = untils[until] { return known }
    guard untils.count < Tableau.untilsMax else { return nil }
    untils[until] = untils.count
    return untils.count - 1
  }

  private func withoutSuperfluous(_ covers: [Cover]) -> [Cover] {
    var kept: [Cover] = []
    for cover in covers where !kept.contains(where: { $0.isImplied(by: cover) }) {
      kept.removeAll { cover.isImplied(by: $0) }
      kept.append(cover)
    }
    return kept
  }
}
