import Exploration
import Glibc
import Report
import TransitionSystem

/// `wfcheck replay REPORT`: whether the traces of a JSON report can still happen, and still end as
/// they did.
public struct Replay {
  let report: String
  /// Instead of the files that the report names.
  let spec: String?

  public init(_ report: String, spec: String?) {
    self.report = report
    self.spec = spec
  }

  public func run() -> ExitCode {
    guard let recorded = load() else { return .badInput }
    var lines: [String] = []
    var (count, lost) = (0, 0)
    for check in recorded.checks where !check.findings.isEmpty {
      let file = spec ?? check.file
      guard
        let prepared = PreparedCheck(file, check: check.check, overrides: check.parameters)
      else { return .badInput }
      lines.append(check.check.map { "\(file)  check \($0)" } ?? file)
      for finding in check.findings {
        guard let ending = prepared.growing({ Follower.follow(finding, in: $0) }) else {
          return .badInput
        }
        count += 1
        if !ending.isReplayed { lost += 1 }
        let mark = ending.isReplayed ? "replayed" : "lost"
        lines.append("  \(mark.padded(to: 11)) \(finding.name): \(ending.words)")
      }
    }
    lines.append(summary(count: count, lost: lost))
    let code = printResult(lines.joined(separator: "\n") + "\n")
    return lost > 0 ? max(code, .notAsExpected) : code
  }

  private func summary(count: Int, lost: Int) -> String {
    if count == 0 { return "the report has no traces" }
    let traces = count == 1 ? "1 trace" : "\(count) traces"
    return lost == 0 ? "\(traces) replayed" : "\(traces), \(lost) of them lost"
  }

  private func load() -> RecordedRun? {
    switch readFile(report) {
    case .failure(let error): complain("cannot read `\(report)`: \(error.words)")
    case .success(let text):
      do throws(JSONValue.Malformed) {
        if let run = RecordedRun(try JSONValue(text)) { return run }
        complain("`\(report)` is not a report that wfcheck wrote with --json")
      } catch {
        complain("`\(report)` is not JSON: line \(error.line): \(error.words)")
      }
    }
    return nil
  }

  private func complain(_ words: String) {
    writeAll(STDERR_FILENO, "wfcheck: \(words)\n")
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

/// How a replay ended.
private struct ReplayEnding {
  let isReplayed: Bool
  let words: String
}

/// Takes the steps of a record one by one, in all states that look like the recorded ones: a report
/// does not show every part of a state.
private struct Follower: ~Copyable {
  private let system: TransitionSystem
  private let finding: RecordedRun.Finding
  private var stepper: Stepper
  /// The states that the record may be in.
  private var states: [[UInt64]] = []
  private var full: ChannelID?
  /// A state has more steps than are recorded.
  private var isTooMany = false

  private init(_ finding: RecordedRun.Finding, _ system: TransitionSystem) {
    self.system = system
    self.finding = finding
    stepper = Stepper(system)
  }

  static func follow(
    _ finding: RecordedRun.Finding, in system: TransitionSystem
  ) -> (result: ReplayEnding, full: ChannelID?) {
    var follower = Follower(finding, system)
    let ending = follower.ending()
    return (ending, follower.full)
  }

  private mutating func ending() -> ReplayEnding {
    let initial = stepper.initialSteps()
    full = initial.fullChannel
    isTooMany = initial.isTooMany
    states = distinct(initial.steps.compactMap(\.state)) {
      StateRecord($0, in: system) == finding.trace.initial
    }
    if states.isEmpty {
      return lost("no initial state is the recorded one" + (isTooMany ? alternatives([]) : ""))
    }
    var cycle: [[UInt64]] = states
    for (index, step) in finding.trace.steps.enumerated() {
      if index == finding.trace.cycleStart { cycle = states }
      let (taken, others) = take(step)
      if let full, finding.name == "unbounded",
        system.channels[full.index].room
          >= system.channels[full.index].roomMax(unbounded: channelLimitDefault)
      {
        return replayed("a channel is full at its limit", steps: index)
      }
      if !taken {
        return lost("step \(index + 1) cannot be taken: \(step.label)" + alternatives(others))
      }
    }
    if let start = finding.trace.cycleStart, start < finding.trace.steps.count,
      !states.contains(where: cycle.contains)
    {
      return lost("its steps can be taken, but they do not return to where they began")
    }
    return judge()
  }

  /// Takes the step wherever it can be taken; what can happen otherwise where it cannot.
  private mutating func take(_ recorded: StepRecord) -> (taken: Bool, others: [String]) {
    var (next, others, fails) = ([[UInt64]](), [String](), false)
    for state in states {
      let found = stepper.steps(from: state)
      if let channel = found.fullChannel { full = channel }
      if found.isTooMany { isTooMany = true }
      for step in found.steps {
        let record = StepRecord(step, in: system)
        if record == recorded {
          if let state = step.state { next.append(state) } else { fails = true }
        } else {
          others.append(
            record.label == recorded.label ? "\(record.label) (another outcome)" : record.label)
        }
      }
    }
    if fails { return (true, []) }
    states = distinct(next) { _ in true }
    return (!states.isEmpty, others)
  }

  private func distinct(
    _ states: [[UInt64]], where isWanted: ([UInt64]) -> Bool
  ) -> [[UInt64]] {
    var seen: Set<[UInt64]> = []
    return states.filter { isWanted($0) && seen.insert($0).inserted }
  }

  private func alternatives(_ labels: [String]) -> String {
    if isTooMany {
      return "\n    a state has more than \(Stepper.stepsMax) steps, which are not followed"
    }
    var seen: Set<String> = []
    let distinct = labels.filter { seen.insert($0).inserted }
    if distinct.isEmpty { return "\n    nothing can happen there" }
    let shown = distinct.prefix(8).map { "\n      \($0)" }.joined()
    let rest = distinct.count > 8 ? "\n      and \(distinct.count - 8) more" : ""
    return "\n    what can happen there:" + shown + rest
  }

  // MARK: The end

  private mutating func judge() -> ReplayEnding {
    let name = finding.name
    if finding.trace.steps.last?.failure != nil { return replayed("fails again") }
    if finding.isBuiltIn {
      guard name == "deadlock" || name == "orphan" else { return replayed("\(name) again") }
      let check: BuiltIn = name == "deadlock" ? .deadlock : .orphan
      return occurs(check) ? replayed("\(name) again") : lost("its steps lead to no \(name)")
    }
    guard let index = system.properties.firstIndex(where: { $0.name == name }) else {
      return replayed("its steps can be taken; \(name) itself was not judged again")
    }
    let isReachability = system.properties[index].kind == .reachability
    if isTrue(index, isReachability) {
      return replayed(isReachability ? "reached again" : "violated again")
    }
    return lost("its steps can be taken, but \(name) is \(!isReachability) at their end")
  }

  private mutating func occurs(_ check: BuiltIn) -> Bool {
    for state in states where stepper.steps(from: state).isQuiescent {
      if stepper.occurs(check, inQuiescent: state) { return true }
    }
    return false
  }

  private mutating func isTrue(_ property: Int, _ value: Bool) -> Bool {
    for state in states {
      let isQuiescent = stepper.steps(from: state).isQuiescent
      if stepper.isTrue(property: property, in: state, isQuiescent: isQuiescent) == value {
        return true
      }
    }
    return false
  }

  private func replayed(_ words: String, steps: Int? = nil) -> ReplayEnding {
    let count = steps ?? finding.trace.steps.count
    return ReplayEnding(
      isReplayed: true, words: "\(words), \(count == 1 ? "1 step" : "\(count) steps")")
  }

  private func lost(_ words: String) -> ReplayEnding {
    ReplayEnding(isReplayed: false, words: words)
  }
}
