/// How much a diagnostic matters.
public enum Severity: String, Sendable, Comparable {
  /// Worth knowing, and often as it is meant to be.
  case note
  case warning, error

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }

  public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }
}

/// A stable code such as `WF0203`; `wfcheck explain WF0203` prints its long form.
public struct DiagnosticCode: Hashable, Sendable, CustomStringConvertible {
  /// Four digits: 01xx lexical, 02xx syntax, 03xx names, 04xx types, 05xx rules of the language,
  /// 06xx files and parameters, 07xx lints, 08xx what this version does not do yet, 09xx prompts
  /// and claims.
  public let number: Int
  public init(_ number: Int) { self.number = number }
  public var description: String {
    let digits = String(number)
    return "WF" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

/// A span with a remark about what was found there.
public struct Label: Hashable, Sendable {
  public let span: Span
  public let text: String
  public init(_ span: Span, _ text: String) {
    self.span = span
    self.text = text
  }
}

/// An edit that mends the mistake: replace the span by the text.
public struct Fix: Hashable, Sendable {
  public let span: Span
  public let replacement: String
  public init(_ span: Span, replacement: String) {
    self.span = span
    self.replacement = replacement
  }
}

/// One message about a spec, as a value; rendering is elsewhere.
public struct Diagnostic: Hashable, Sendable {
  public let code: DiagnosticCode
  public let severity: Severity
  /// One plain sentence without blame.
  public let title: String
  /// What was found, and where; nil for a message about a whole file or a flag.
  public let primary: Label?
  public var secondary: [Label]
  /// The rule, or the earlier place.
  public var notes: [String]
  /// The edit to make, as code where possible.
  public var help: [String]
  public var fix: Fix?

  public init(
    _ code: Int, _ severity: Severity = .error, _ title: String, at primary: Label? = nil,
    secondary: [Label] = [], notes: [String] = [], help: [String] = [], fix: Fix? = nil
  ) {
    self.code = DiagnosticCode(code)
    self.severity = severity
    self.title = title
    self.primary = primary
    self.secondary = secondary
    self.notes = notes
    self.help = help
    self.fix = fix
  }
}
