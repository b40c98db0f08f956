import DeadData
import Driver
import Exploration
import Reduction
import Report
import Semantics
import Temporal
import TransitionSystem

@testable import Driver

/// One spec with properties of executions, judged by the whole program and by the reference.
struct LivenessTrial {
  struct Comparison {
    var pairs = 0
    var violated = 0
    /// Pairs in which something is drawn, and those that the program does not decide then.
    var drawn = 0
    var undecided = 0
    /// Lassos judged state by state.
    var lassos = 0
    /// Pairs decided, and of these lassos judged, on a graph with fewer states than there are.
    var reduced = 0
    var lifted = 0
    /// "f2: reference holds, product violated".
    var differences: [String] = []
  }

  /// Left out of the definition of a fair execution, to see that somebody notices.
  var omitted: Set<FairnessRule> = []
  /// Of dead data, and of the way back.
  var omittedDeadData: Set<DeadDataCondition> = []
  var omittedLifting: Set<LiftingRule> = []
  /// Of what partial-order reduction keeps.
  var omittedExecutionConditions: Set<ExecutionCondition> = []
  /// Whether stubborn sets are verified.
  var checksSets = false
  var workers = 1
  var reductions = ReductionRequest.automatic
  var statesMax = 120

  /// Nil where the spec is ill-formed or too large.
  func run(_ text: String) -> Comparison? {
    let text = SpecText(text)
    guard case .success(let analyzed) = text.analyzed() else { return nil }
    let spec = analyzed.spec
    if spec.prompt != nil, Claims(spec) == nil { return nil }
    let interpreter = Interpreter(spec)
    guard
      let graph = ReferenceGraph(
        interpreter, statesMax: statesMax, messagesMax: 10, executionsMax: 20_000)
    else { return nil }
    var request = RunRequest()
    request.workers = workers
    request.reductions = reductions
    request.checksStubbornSets = checksSets
    request.memoryMax = 256 << 20
    var run = CheckRun(
      request: request, file: "random.wf", spec: spec, prompt: analyzed.prompt,
      sources: text.sources)
    run.omittedFairness = omitted
    run.omittedLifting = omittedLifting
    run.omittedExecutionConditions = omittedExecutionConditions
    run.adjustOptions = { [omittedDeadData] in $0.omittedDeadDataConditions = omittedDeadData }
    guard case .report(let report, let faults, _) = run.run() else { return nil }
    var comparison = Comparison()
    comparison.differences = faults.map { "fault: \($0)" }
    let hasFewer = report.statistics.executionStates.map { $0 < graph.states.count } ?? false
    for property in spec.properties {
      guard let formula = formula(property.kind),
        let finding = report.findings.first(where: { $0.name == property.name })
      else { continue }
      let reference = Reference(graph, interpreter, formula)
      let (pairs, lassos) = (comparison.pairs, comparison.lassos)
      compare(reference, finding, report.system, spec, &comparison)
      if hasFewer {
        comparison.reduced += comparison.pairs - pairs
        comparison.lifted += comparison.lassos - lassos
      }
    }
    return comparison
  }

  private func formula(_ kind: Property.Kind) -> Formula? {
    switch kind {
    case .linear(let formula), .branching(let formula): formula
    case .resettability(let predicate): .always(.can(.state(predicate)))
    case .invariant, .reachability, .valence, .unsupported: nil
    }
  }

  private func compare(
    _ reference: Reference, _ finding: ReportedFinding, _ system: TransitionSystem,
    _ spec: TypedSpec, _ comparison: inout Comparison
  ) {
    guard let verdict = reference.verdict else { return }
    let found: Reference.Verdict
    switch finding.verdict {
    case .holds, .reachable: found = .holds
    case .violated, .unreachable: found = .violated
    case .unknown(let why) where why.contains("cannot be evaluated"): found = .failed
    case .unknown(let why) where why.contains("flip"):
      comparison.undecided += 1
      return
    default:
      comparison.differences.append("\(finding.name): \(finding.verdict.words)")
      return
    }
    comparison.pairs += 1
    if reference.graph.hasDraws { comparison.drawn += 1 }
    if verdict == .violated { comparison.violated += 1 }
    if verdict != found {
      comparison.differences.append("\(finding.name): reference \(verdict), product \(found)")
    } else if let trace = finding.trace {
      let judge = LassoJudge(reference: reference, spec: spec, system: system)
      if trace.cycleStart != nil, judge.tellsStatesApart { comparison.lassos += 1 }
      if let fault = judge.fault(of: trace) {
        comparison.differences.append("\(finding.name): trace: \(fault)")
      }
    }
  }
}

/// A formula on the graph of the reference.
struct Reference {
  enum Verdict { case holds, violated, failed }
  let graph: ReferenceGraph
  let interpreter: Interpreter
  let untils: NaiveUntils
  let formula: NaiveFormula
  /// `can` by itself asks for one state, wherever executions begin.
  private let isPossibility: Bool
  private let source: Formula

  init(_ graph: ReferenceGraph, _ interpreter: Interpreter, _ formula: Formula) {
    self.graph = graph
    self.interpreter = interpreter
    source = formula
    var untils = NaiveUntils(graph, interpreter)
    self.formula = untils.formula(formula)
    self.untils = untils
    isPossibility = if case .can = formula { true } else { false }
  }

  /// Nil where the formula is too large, or of a shape that monitors do not know where something
  /// is drawn.
  var verdict: Verdict? {
    if untils.hasFailed { return .failed }
    if isPossibility, case .atom(let values) = self.formula {
      return values.contains(true) ? .holds : .violated
    }
    if graph.hasDraws {
      return NaiveMonitors(graph, untils, source).map { $0.isViolated() ? .violated : .holds }
    }
    guard let search = NaiveLiveness(graph, untils, formula) else { return nil }
    return search.isViolated() ? .violated : .holds
  }
}
