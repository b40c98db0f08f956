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
    let words = TraceWords(system: report.system)
    return .object([
      ("workflow", .string(report.workflow)),
      ("file", .string(report.file)),
      ("check", report.check.map(JSONText.string) ?? .null),
      ("parameters", .object(report.parameters.map { ($0.name, .string($0.value)) })),
      ("result", .string(report.conformity.rawValue)),
      ("findings", .array(report.findings.map { finding($0, words) })),
      ("counts", .array(report.counts.map(count))),
      ("remarks", .array(report.remarks.map(diagnostic))),
      ("statistics", statistics(report.statistics)),
    ])
  }

  func finding(_ finding: ReportedFinding, _ words: TraceWords) -> JSONText {
    .object([
      ("name", .string(finding.name)),
      ("builtIn", .bool(finding.isBuiltIn)),
      ("verdict", .string(finding.verdict.words)),
      ("expected", finding.expectation.map { .string($0.rawValue) } ?? .null),
      ("result", .string(finding.conformity.rawValue)),
      ("detail", finding.detail.map(JSONText.string) ?? .null),
      ("at", finding.span.map(place) ?? .null),
      ("trace", finding.trace.map { trace($0, words) } ?? .null),
    ])
  }

  func trace(_ trace: Trace, _ words: TraceWords) -> JSONText {
    .object([
      ("initial", state(trace.initial, words)),
      ("steps", .array(trace.steps.map { step($0, words) })),
      ("cycleStart", trace.cycleStart.map(JSONText.integer) ?? .null),
    ])
  }

  func step(_ step: TraceStep, _ words: TraceWords) -> JSONText {
    let action = words.system.actions[step.action.index]
    let sent = step.sent.map { message -> JSONText in
      .object([
        ("message", .string(words.message(message.entry, in: message.channel))),
        ("to", .string(words.agent(words.system.channels[message.channel.index].receiver))),
      ])
    }
    let failure = step.failure.map { words.system.failures[$0.index].message }
    return .object([
      ("label", .string(words.label(step))),
      ("agent", action.agent.map { .string(words.agent($0)) } ?? .null),
      ("fault", .bool(action.isFault)),
      ("at", place(action.span)),
      ("sent", .array(sent)),
      ("failure", failure.map(JSONText.string) ?? .null),
      ("state", step.state.map { state($0, words) } ?? .null),
    ])
  }

  func state(_ state: [UInt64], _ words: TraceWords) -> JSONText {
    .object([
      (
        "variables",
        .object(
          words.system.variables.map { ($0.name, .string(words.system.text(of: $0, in: state))) })
      ),
      ("inFlight", .array(words.inFlight(state).map(JSONText.string))),
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
      ("depth", .integer(s.depth)), ("exhaustive", .bool(s.isExhaustive)),
      ("end", .string(s.end)), ("outDegreeMean", .number(s.outDegreeMean)),
      ("outDegreeMax", .integer(s.outDegreeMax)), ("wallSeconds", .number(s.wallSeconds)),
      ("cpuSeconds", .number(s.processorSeconds)), ("memoryPeakBytes", .integer(s.memoryPeak)),
      ("bytesPerState", .number(s.bytesPerState)), ("bitsPerState", .integer(s.bitsPerState)),
      ("store", .string(s.store)),
      ("omissionProbability", s.omissionProbability.map(JSONText.number) ?? .null),
      ("omittedStates", s.omittedStates.map(JSONText.number) ?? .null),
      ("search", .string(s.search)),
      ("reductions", .string(s.reductions)), ("workers", .integer(s.workers)),
      ("seed", s.seed.map { .string(String($0)) } ?? .null), ("walks", .integer(s.walks)),
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
