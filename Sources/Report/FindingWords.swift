import Diagnostics
import TransitionSystem

/// The checks without a formula, by the names they have in specs.
enum BuiltInFinding: String, CaseIterable {
  case deadlock, orphan, assertion, evaluation, unbounded

  /// For readers of a rule list who do not know the word.
  var explanation: String {
    switch self {
    case .deadlock: "Nothing can happen any more, and some agent has not finished its run."
    case .orphan: "Nothing can happen any more, and messages to live agents remain in flight."
    case .assertion: "An assert statement was reached with a false condition."
    case .evaluation: "An expression has no value: out of range, division by zero, or none."
    case .unbounded: "A channel without a declared capacity keeps growing."
    }
  }
}

extension ReportedFinding {
  /// Nil for properties.
  var builtIn: BuiltInFinding? { isBuiltIn ? BuiltInFinding(rawValue: name) : nil }

  /// "approvedOnly is violated after 4 steps, but is expected to hold": a finding in one sentence,
  /// without its period.
  var sentence: String {
    guard conformity != .asExpected, let wanted = expectationWords else { return fact }
    return "\(fact), but \(expectation == .absent ? "" : "is ")\(wanted)"
  }

  /// "approvedOnly is violated after 4 steps".
  var fact: String {
    if case .notProved(let verdict, let why) = verdict {
      return "\(fact(verdict)), not proved (\(why))"
    }
    return fact(verdict)
  }

  private func fact(_ verdict: Verdict) -> String {
    let length = trace.map { " " + $0.lengthWords } ?? ""
    switch verdict {
    case .violated: return isBuiltIn ? "\(name) occurs\(length)" : "\(name) is violated\(length)"
    case .holds: return isBuiltIn ? "\(name) does not occur" : "\(name) holds"
    case .holdsUpTo(let depth):
      return "\(name) \(isBuiltIn ? "does not occur" : "holds") up to depth \(depth)"
    case .reachable: return "\(name) is reachable\(length)"
    case .bivalent, .univalent, .univalentUpTo:
      return "\(name) is \(verdict.words)\(detail.map { " (\($0))" } ?? "")"
    case .unreachable, .unreachableUpTo, .notProved, .unknown: return "\(name) is \(verdict.words)"
    }
  }

  /// "expected to hold", "must not occur"; nil where nothing is demanded of it.
  var expectationWords: String? {
    switch expectation {
    case .holds where verdict.isOfValence: "expected to be bivalent"
    case .fails where verdict.isOfValence: "expected to be univalent"
    case .holds: isReachability ? "expected to be reachable" : "expected to hold"
    case .fails: isReachability ? "expected to be unreachable" : "expected to be violated"
    case .absent: "must not occur"
    case .present: "expected to occur"
    case .allowed, nil: nil
    }
  }

  private var isReachability: Bool { isReachability(verdict) }

  private func isReachability(_ verdict: Verdict) -> Bool {
    switch verdict {
    case .reachable, .unreachable, .unreachableUpTo: true
    case .notProved(let verdict, _): isReachability(verdict)
    case .holds, .holdsUpTo, .violated, .bivalent, .univalent, .univalentUpTo, .unknown: false
    }
  }
}

extension CheckReport {
  /// `MergeGate/broken`; the workflow alone where the file has no checks.
  var title: String { check.map { "\(workflow)/\($0)" } ?? workflow }

  /// Where to point for a finding: its own place, or the last step of its trace.
  func place(of finding: ReportedFinding) -> Span? {
    finding.span ?? finding.trace?.steps.last.map { system.actions[$0.action.index].span }
  }
}

extension CountComparison {
  /// "13 states found, but 14 are expected".
  var sentence: String {
    if let notCompared { return "\(name) not compared: \(notCompared)" }
    let fact = "\(grouped(found)) \(name) found"
    return expected == found ? fact : "\(fact), but \(grouped(expected)) are expected"
  }
}

extension Trace {
  /// "after 4 steps", "in an initial state".
  var lengthWords: String {
    steps.isEmpty ? "in an initial state" : "after \(counted(steps.count, "step"))"
  }
}

extension Diagnostic {
  /// Title, label, notes and help as lines of plain text, for formats that show no source.
  var plainLines: [String] {
    let label = primary.map(\.text).flatMap { $0.isEmpty ? nil : $0 }
    return [title] + (label.map { [$0] } ?? []) + notes.map { "note: \($0)" }
      + help.map { "help: \($0)" }
  }
}
