import Diagnostics
import TransitionSystem

/// Places in SARIF: a URI and a region with columns in code points.
struct SARIFPlace {
  let sources: SourceSet

  func location(_ span: Span, _ message: String? = nil) -> JSONText {
    location(
      file: sources.files[span.file.index].name, region: region(span), message: message)
  }

  func location(
    file: String, region: JSONText? = nil, message: String? = nil
  ) -> JSONText {
    var physical: [(String, JSONText)] = [
      ("artifactLocation", .object([("uri", .string(Self.uri(file)))]))
    ]
    if let region { physical.append(("region", region)) }
    var members: [(String, JSONText)] = [("physicalLocation", .object(physical))]
    if let message { members.append(("message", .object([("text", .string(message))]))) }
    return .object(members)
  }

  private func region(_ span: Span) -> JSONText {
    let start = position(span.start, in: span.file)
    let end = position(max(span.start, span.end), in: span.file)
    return .object([
      ("startLine", .integer(start.line)), ("startColumn", .integer(start.column)),
      ("endLine", .integer(end.line)), ("endColumn", .integer(end.column)),
    ])
  }

  private func position(_ offset: Int, in file: FileID) -> (line: Int, column: Int) {
    let line = sources.line(at: offset, in: file)
    let start = sources.files[file.index].lineStarts[line]
    let before = sources.text(of: Span(file: file, start: start, end: offset))
    return (line + 1, before.unicodeScalars.count + 1)
  }

  /// A path as a URI reference, percent-escaped; absolute ones get a scheme.
  static func uri(_ path: String) -> String {
    var result = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return result
  }
}

/// A counterexample as a SARIF code flow: a location for each step.
struct SARIFFlow {
  let sources: SourceSet

  func text(_ trace: Trace, _ check: CheckReport, _ finding: ReportedFinding) -> JSONText {
    let words = TraceWords(system: check.system)
    var before = trace.initial
    let locations = trace.steps.enumerated().map { index, step -> JSONText in
      defer { before = step.state ?? before }
      return .object([
        (
          "location",
          SARIFPlace(sources: sources).location(
            words.system.actions[step.action.index].span, message(step, before: before, words))
        ),
        ("executionOrder", .integer(index + 1)),
        ("importance", .string(index + 1 == trace.steps.count ? "essential" : "important")),
      ])
    }
    let cycle =
      trace.cycleStart.map {
        $0 < trace.steps.count
          ? "; it goes on for ever from step \($0 + 1)" : "; there the run may stay for ever"
      } ?? ""
    return .object([
      ("message", .object([("text", .string(finding.fact + cycle))])),
      ("threadFlows", .array([.object([("locations", .array(locations))])])),
    ])
  }

  /// Label, sends and changes of one step.
  private func message(_ step: TraceStep, before: [UInt64], _ words: TraceWords) -> String {
    var parts = [words.label(step)] + words.sends(step)
    if let failure = words.failure(step) { parts.append("fails: \(failure.message)") }
    if let after = step.state { parts += words.changes(from: before, to: after).map(\.text) }
    return parts.joined(separator: "; ")
  }
}

extension Conformity {
  /// Whether somebody has to look at it.
  var isWorthATask: Bool {
    switch self {
    case .notAsExpected, .undecided: true
    case .asExpected, .informative: false
    }
  }
}
