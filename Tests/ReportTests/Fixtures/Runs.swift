import Diagnostics
import Report

extension RunReport {
  /// A run with one of everything that a format has to carry.
  static func everything() -> RunReport {
    let gate = MergeGate()
    let counts = [
      CountComparison(name: "states", expected: 1_027, found: 1_027, notCompared: nil),
      CountComparison(name: "transitions", expected: 2_000, found: 2_036, notCompared: nil),
    ]
    let remark = Diagnostic(
      780, .warning, "The rule `Reviewer: on Patch(r)` never fires in any reachable state.",
      at: Label(gate.builder.span("on Patch"), "never enabled"),
      notes: ["What it would do was not checked."])
    let failing = gate.check(
      "broken", findings: [gate.approvedOnly(.holds, .notAsExpected), gate.opens],
      counts: counts, remarks: [remark])
    let passing = gate.check("mended", findings: [gate.opens])
    let mixed = gate.check(nil, findings: ReportedFinding.everyVerdict)
    return RunReport(
      version: "0.1.0", sources: gate.builder.sources, checks: [failing, passing, mixed],
      diagnostics: [])
  }

  /// The run of a system with faults, a failing step and a cycle.
  static func election() -> RunReport {
    let election = Election()
    return RunReport(
      version: "0.1.0", sources: election.builder.sources,
      checks: [election.check([election.overflow, election.unsettled, election.deadlock])],
      diagnostics: [])
  }

  /// A spec that does not parse, with characters that every format has to escape.
  static func rejected() -> RunReport {
    var sources = SourceSet()
    let text = "workflow A\nagent <Ü&\u{1}> \"x\", 100 %: ]]> | `code` {\n"
    let file = sources.add(SourceFile(name: "specs/a b,c:d%ü.wf", text: Array(text.utf8)))
    let error = Diagnostic(
      9_999, "An agent's name cannot be `<Ü&\u{1}>`; it is \"x\", 100 %: ]]> | ``` code.",
      at: Label(Span(file: file, start: 17, end: 24), "found\nhere"),
      notes: ["Names are letters & digits."], help: ["agent A { }\r\nagent B { }"])
    return RunReport(version: "0.1.0", sources: sources, checks: [], diagnostics: [error])
  }

  static func named(_ name: String) -> RunReport {
    switch name {
    case "election": .election()
    case "rejected": .rejected()
    default: .everything()
    }
  }
}
