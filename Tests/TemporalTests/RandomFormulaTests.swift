import Columns
import Testing
import TransitionSystem

@testable import Temporal

/// Components and automata against lassos one by one.
@Suite struct RandomFormulaTests {
  static let problems: [RandomProblem] = (1...4000).map { RandomProblem(seed: UInt64($0)) }
  static let lengthMax = 6

  @Test func agreesWithEveryShortLasso() {
    var violated = 0
    var beyond = 0
    for (number, problem) in Self.problems.enumerated() {
      let naive = NaiveCheck(graph: problem.graph, lengthMax: Self.lengthMax)
      switch check(problem.formula, on: problem.graph) {
      case .holds:
        #expect(!naive.isViolated(problem.formula), "problem \(number + 1) is violated")
      case .violated(let lasso):
        // The checker has judged it by the definitions; here once more by the naive ones.
        violated += 1
        let length = lasso.stem.count + lasso.cycle.count
        if length > Self.lengthMax {
          beyond += 1
        } else {
          #expect(naive.isViolated(problem.formula), "problem \(number + 1) is not violated")
        }
      case .unknown(let why), .fault(let why): Issue.record("problem \(number + 1): \(why)")
      }
    }
    #expect((1000...3000).contains(violated), "\(violated) are violated")
    #expect(beyond < 400, "\(beyond) lassos are too long for the naive check")
  }

  /// A checker that forgets a rule disagrees with the naive one on some of the same problems.
  /// (Nothing is drawn in them: see the random specs.)
  @Test(arguments: FairnessRule.allCases.filter { $0 != .draws })
  func noticesForgottenRule(_ rule: FairnessRule) {
    let differs = Self.problems.prefix(2000).contains { problem in
      let mutant = check(problem.formula, on: problem.graph, omitting: [rule])
      let naive = NaiveCheck(graph: problem.graph, lengthMax: Self.lengthMax)
      let isViolated = if case .violated = mutant { true } else { false }
      return isViolated != naive.isViolated(problem.formula)
    }
    #expect(differs)
  }

  /// The first guess about a component goes by 64 weak constraints; the others are not forgotten.
  @Test(arguments: [40, 62, 63, 64, 200] as [Int32])
  func theNumbersOfConstraintsDoNotMatter(_ first: Int32) {
    for (number, problem) in Self.problems.enumerated() {
      var graph = problem.graph
      for kind in graph.labels.indices where graph.labels[kind].weak >= 0 {
        graph.labels[kind].weak += first
      }
      let moved = check(problem.formula, on: graph)
      #expect("\(check(problem.formula, on: problem.graph))" == "\(moved)", "problem \(number + 1)")
    }
  }

  /// Several workers look for components in another way, and say the same.
  @Test(arguments: 2...4) func doesNotDependOnWorkers(_ count: Int) {
    let team = Workforce.threads(count, regionMin: 2)
    for (number, problem) in Self.problems.enumerated() {
      let alone = check(problem.formula, on: problem.graph)
      let together = check(problem.formula, on: problem.graph, team)
      #expect("\(alone)" == "\(together)", "problem \(number + 1)")
    }
  }

  /// Layers by any function of the states leave everything as it is.
  @Test(arguments: 1...3) func doesNotDependOnAbstraction(_ workers: Int) {
    for (number, problem) in Self.problems.enumerated() {
      var graph = problem.graph
      graph.abstraction = Column(
        (0..<graph.stateCount).map { UInt16(truncatingIfNeeded: ($0 &* (number | 1)) >> 2 & 3) })
      let alone = check(problem.formula, on: problem.graph)
      let layered = check(problem.formula, on: graph, .threads(workers, regionMin: 2))
      #expect("\(alone)" == "\(layered)", "problem \(number + 1)")
    }
  }

  /// States and strong constraints with other numbers: the same lasso, by the places of its
  /// transitions among those of their states.
  @Test func doesNotDependOnNumbers() {
    for (number, problem) in Self.problems.enumerated() {
      let other = problem.renumbered()
      #expect(
        places(check(problem.formula, on: problem.graph), problem.graph)
          == places(check(problem.formula, on: other), other), "problem \(number + 1)")
    }
  }

  private func places(_ verdict: LinearVerdict, _ graph: FairGraph) -> String {
    guard case .violated(let lasso) = verdict else { return "\(verdict)" }
    let places = zip(lasso.states(in: graph), lasso.stem + lasso.cycle).map {
      $1 < 0 ? -1 : $1 - graph.edges(of: $0).lowerBound
    }
    return "\(lasso.initial): \(places), cycle of \(lasso.cycle.count)"
  }
}
