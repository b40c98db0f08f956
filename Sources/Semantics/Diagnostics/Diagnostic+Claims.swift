import Diagnostics
import Syntax

// Codes 0924 to 0929: claims that agents commit to.
extension Diagnostic {
  static func nothingToCommitTo(_ word: String, at span: Span) -> Diagnostic {
    Diagnostic(
      924, "There is no prompt for `\(word)`", at: Label(span, "about which decisions?"),
      notes: ["agents commit to claims about the decisions of a `prompt`"],
      help: ["write a `prompt`, here or in a file that is imported"])
  }

  static func notADecision(_ text: String, at span: Span, suggestion: String?) -> Diagnostic {
    Diagnostic(
      925, "`determined` takes a decision", at: Label(span, "`\(text)` is none"),
      notes: ["`determined(d)` says that the prompt and all claims leave one value of d"],
      help: suggestion.map { ["did you mean `\($0)`?"] } ?? [],
      fix: suggestion.map { Fix(span, replacement: $0) })
  }

  static func claimWithoutDecision(at span: Span) -> Diagnostic {
    Diagnostic(
      926, "This claim is about no decision", at: Label(span, "mentions none"),
      notes: ["a claim narrows what the prompt leaves open"],
      help: ["use `assert` for what must be true of the agents' variables"])
  }

  static func notInClaim(_ type: String, at span: Span) -> Diagnostic {
    Diagnostic(
      927, "A claim cannot hold this value", at: Label(span, "a value of type \(type)"),
      notes: [
        "what the protocol puts into a claim is a bool, an integer, a value of an enumeration, "
          + "or a set of these"
      ])
  }

  static func tooManyClaims(_ count: Int, _ total: Int, at span: Span) -> Diagnostic {
    let number = total == .max ? "too many" : "\(total)"
    return Diagnostic(
      928, "There are too many claims to commit to",
      at: Label(span, count == .max ? "countless" : "\(count) of them are possible here"),
      notes: [
        "a claim is possible for each combination of the values that the protocol puts in",
        "all `commit` statements together may have \(committedClaimsMax); here it is \(number)",
      ],
      help: ["narrow the ranges of what stands in the claim"])
  }

  static func decisionIsShadowed(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      929, "`\(name)` is a decision and a variable", at: Label(span, "which one?"),
      help: ["give the variable another name"])
  }
}
