extension TextReport {
  /// The last lines of a check.
  func statistics(_ s: ReportedStatistics) -> String {
    var lines = [extent(s), price(s), method(s)]
    if options.verbose { lines.append(details(s)) }
    return lines.map { "  " + style($0, .dim) }.joined(separator: "\n")
  }

  /// How much was looked at.
  private func extent(_ s: ReportedStatistics) -> String {
    let transitions = counted(s.transitions, s.walks > 0 ? "step" : "transition")
    if s.walks > 0 { return "\(counted(s.walks, "random walk")), \(transitions) – \(s.end)" }
    let depth = s.depth.map { ", depth \($0)" } ?? ""
    return "\(counted(s.states, "state")), \(transitions)\(depth) – \(s.end)"
  }

  /// What it took; rates only where the clock can tell.
  private func price(_ s: ReportedStatistics) -> String {
    var parts = [duration(s.wallSeconds)]
    if s.wallSeconds > 0.05 {
      let rates = [(s.states, "states/s"), (s.transitions, "transitions/s")]
      parts += rates.filter { $0.0 > 0 }.map { count, unit in
        "\(grouped(Int(Double(count) / s.wallSeconds))) \(unit)"
      }
    }
    if s.bytesPerState > 0 { parts.append("\(fixed(s.bytesPerState, digits: 1)) bytes/state") }
    if s.fixedBytes > 0 { parts.append("table \(bytes(s.fixedBytes))") }
    return (parts + [bytes(s.memoryPeak)]).joined(separator: ", ")
  }

  private func method(_ s: ReportedStatistics) -> String {
    var parts = [s.search]
    if !s.store.isEmpty { parts.append("store \(s.store)") }
    let obstacle = s.workersObstacle.map { " (\($0))" } ?? ""
    parts += ["reductions \(s.reductions)", counted(s.workers, "worker") + obstacle]
    if let seed = s.seed { parts.append("seed \(seed)") }
    return parts.joined(separator: ", ")
  }

  private func details(_ s: ReportedStatistics) -> String {
    let mean = fixed(s.outDegreeMean, digits: 2)
    return "\(counted(s.bitsPerState, "bit")) a state, out-degree \(mean) "
      + "(at most \(s.outDegreeMax)), CPU \(duration(s.processorSeconds))"
      + (s.executionSeconds.isEmpty ? "" : "\n  executions: \(executions(s))")
      + (s.engine.isEmpty ? "" : "\n  engine: \(s.engine)")
      + (s.solver.map { "\n  claims: \(words($0))" } ?? "")
  }

  private func executions(_ s: ReportedStatistics) -> String {
    (s.executionStates.map { "\(counted($0, "state")), " } ?? "") + words(s.executionSeconds)
  }

  private func words(_ phases: [(phase: String, seconds: Double)]) -> String {
    phases.map { "\($0.phase) \(duration($0.seconds))" }.joined(separator: ", ")
  }

  private func words(_ solver: SolverStatistics) -> String {
    "\(counted(solver.questions, "question")), \(grouped(solver.workedOut)) not in a table, "
      + counted(solver.queries, "solver call")
  }
}
