import Diagnostics
import TransitionSystem

/// The whole run as one JSON document. `schema` changes when a reader would have to.
public func jsonReport(_ run: RunReport) -> String {
  JSONReport(sources: run.sources).document(run).text() + "\n"
}

private struct JSONReport {
  let sources: SourceSet

  func document(_ run: RunReport) -> JSONText {
    .object([
      ("schema", .integer(1)),
      ("wfcheck", .string(run.version)),
      ("checks", .array(run.checks.map(check))),
      ("diagnostics", .array(run.diagnostics.map(diagnostic))),
    ])
  }

  func check(_ report: CheckReport) -> JSONText {
    .object([
      ("workflow", .string(report.workflow)),
      ("file", .string(report.file)),
      ("check", report.check.map(JSONText.string) ?? .null),
      ("parameters", .object(report.parameters.map { ($0.name, .string($0.value)) })),
      ("result", .string(report.conformity.rawValue)),
      ("findings", .array(report.findings.map { finding($0, report.system) })),
      ("counts", .array(report.counts.map(count))),
      ("remarks", .array(report.remarks.map(diagnostic))),
      ("statistics", statistics(report.statistics)),
    ])
  }

  func finding(_ finding: ReportedFinding, _ system: TransitionSystem) -> JSONText {
    .object([
      ("name", .string(finding.name)),
      ("builtIn", .bool(finding.isBuiltIn)),
      ("verdict", .string(finding.verdict.words)),
      ("expected", finding.expectation.map { .string($0.rawValue) } ?? .null),
      ("result", .string(finding.conformity.rawValue)),
      ("detail", finding.detail.map(JSONText.string) ?? .null),
      ("conflict", .array(finding.conflict.map(conflictPart))),
      ("at", finding.span.map(place) ?? .null),
      ("fairness", .array(finding.fairness.map(JSONText.string))),
      ("perhapsNotShortest", .bool(finding.mayBeShorter)),
      ("trace", finding.trace.map { trace($0, system) } ?? .null),
    ])
  }

  func conflictPart(_ part: ConflictPart) -> JSONText {
    .object([
      ("text", .string(part.text)), ("agent", part.agent.map(JSONText.string) ?? .null),
      ("at", place(part.span)),
    ])
  }

  func trace(_ trace: Trace, _ system: TransitionSystem) -> JSONText {
    .object([
      ("initial", StateRecord(trace.initial, in: system).json),
      ("steps", .array(trace.steps.map { step($0, system) })),
      ("cycleStart", trace.cycleStart.map(JSONText.integer) ?? .null),
    ])
  }

  func step(_ step: TraceStep, _ system: TransitionSystem) -> JSONText {
    let action = system.actions[step.action.index]
    return StepRecord(step, in: system).json([
      ("agent", action.agent.map { .string(system.agents[$0].name) } ?? .null),
      ("fault", .bool(action.isFault)), ("at", place(action.span)),
    ])
  }

  func count(_ count: CountComparison) -> JSONText {
    .object([
      ("name", .string(count.name)),
      ("expected", .integer(count.expected)),
      ("found", .integer(count.found)),
      ("notCompared", count.notCompared.map(JSONText.string) ?? .null),
    ])
  }

  func statistics(_ s: ReportedStatistics) -> JSONText {
    .object([
      ("states", .integer(s.states)), ("transitions", .integer(s.transitions)),
      ("depth", s.depth.map(JSONText.integer) ?? .null), ("exhaustive", .bool(s.isExhaustive)),
      ("end", .string(s.end)), ("outDegreeMean", .number(s.outDegreeMean)),
      ("outDegreeMax", .integer(s.outDegreeMax)), ("wallSeconds", .number(s.wallSeconds)),
      ("cpuSeconds", .number(s.processorSeconds)),
      ("executionStates", s.executionStates.map(JSONText.integer) ?? .null),
      (
        "executionSeconds",
        .object(s.executionSeconds.map { ($0.phase, .number($0.seconds)) })
      ), ("memoryPeakBytes", .integer(s.memoryPeak)),
      ("bytesPerState", .number(s.bytesPerState)),
      ("fixedBytes", .integer(s.fixedBytes)), ("bitsPerState", .integer(s.bitsPerState)),
      ("store", .string(s.store)),
      ("omissionProbability", s.omissionProbability.map(JSONText.number) ?? .null),
      ("omittedStates", s.omittedStates.map(JSONText.number) ?? .null),
      ("search", .string(s.search)),
      ("reductions", .string(s.reductions)), ("workers", .integer(s.workers)),
      ("workersObstacle", s.workersObstacle.map(JSONText.string) ?? .null),
      ("seed", s.seed.map { .string(String($0)) } ?? .null), ("walks", .integer(s.walks)),
      ("claimQuestions", .integer(s.solver?.questions ?? 0)),
      ("claimAnswersWorkedOut", .integer(s.solver?.workedOut ?? 0)),
      ("solverCalls", .integer(s.solver?.queries ?? 0)),
    ])
  }

  func diagnostic(_ diagnostic: Diagnostic) -> JSONText {
    .object([
      ("code", .string(diagnostic.code.description)),
      ("severity", .string(diagnostic.severity.rawValue)),
      ("title", .string(diagnostic.title)),
      ("at", diagnostic.primary.map { place($0.span) } ?? .null),
      ("label", diagnostic.primary.map { .string($0.text) } ?? .null),
      ("notes", .array(diagnostic.notes.map(JSONText.string))),
      ("help", .array(diagnostic.help.map(JSONText.string))),
    ])
  }

  func place(_ span: Span) -> JSONText {
    let location = sources.location(of: span)
    return .object([
      ("file", .string(location.file)), ("line", .integer(location.line)),
      ("column", .integer(location.column)),
    ])
  }
}
