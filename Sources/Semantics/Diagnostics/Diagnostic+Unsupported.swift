import Diagnostics
import Syntax

/// A part of the language that this version reads but does not check.
enum UnsupportedPart {
  case part(String)
  case follows, coalition, mixedCan
  case property(String)

  var code: Int {
    switch self {
    case .part: 801
    case .follows: 805
    case .coalition: 806
    case .property: 807
    case .mixedCan: 811
    }
  }

  /// What it is, in a few words.
  var words: String {
    switch self {
    case .part(let keyword): "a `\(keyword)`"
    case .follows: "`follows`"
    case .coalition: "a `coalition` property"
    case .mixedCan: "`eventually`, `until` or `leads to` behind `can`"
    case .property(let keyword): "a `\(keyword)` property"
    }
  }
}

// Codes 0801 to 0811: what this version does not do yet.
extension Diagnostic {
  static func unsupported(
    _ part: UnsupportedPart, at span: Span, severity: Severity = .error
  ) -> Diagnostic {
    Diagnostic(
      part.code, severity, "This version does not check \(part.words)",
      at: Label(span, "not in this version"),
      notes: ["it is part of the language, and refused by name rather than ignored"],
      help: severity == .error ? ["leave it out for now"] : [])
  }
}
