/// The long form of a diagnostic, for `wfcheck explain CODE`.
public struct Explanation: Hashable, Sendable {
  public let code: DiagnosticCode
  /// The mistake in one plain sentence, general where the diagnostic is particular.
  public let title: String
  /// A paragraph or two, separated by an empty line; reflowed by whoever prints it.
  public let text: String
  /// A spec, or the part of one, that makes this mistake.
  public let wrong: String
  /// The same, mended.
  public let mended: String

  public init(_ code: Int, _ title: String, _ text: String, wrong: String, mended: String) {
    self.code = DiagnosticCode(code)
    self.title = title
    self.text = text
    self.wrong = wrong
    self.mended = mended
  }
}

/// Every explanation there is, in the order of the codes; each module's codes are in an own file.
public let allExplanations: [Explanation] =
  lexicalExplanations + syntaxExplanations + semanticExplanations + driverExplanations
  + satisfiabilityExplanations + loweringExplanations + decisionExplanations
  + claimExplanations

/// What `wfcheck explain` prints for a code; nil for a code that does not exist.
public func explanation(of code: DiagnosticCode) -> Explanation? {
  allExplanations.first { $0.code == code }
}

extension Explanation {
  /// The explanation as plain text: title, paragraphs, the wrong example and the mended one.
  public var rendered: String {
    """
    \(code): \(title)

    \(text)

    Wrong:

    \(indented(wrong))

    Mended:

    \(indented(mended))

    """
  }

  private func indented(_ example: String) -> String {
    example.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    " + $0 }
      .joined(separator: "\n")
  }
}
