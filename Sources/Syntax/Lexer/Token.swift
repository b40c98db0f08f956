import Diagnostics

/// A word, number, string or piece of punctuation of a spec.
///
/// A class, so that the frames of the recursive parser hold a pointer and not a hundred bytes.
final class Token: Sendable {
  enum Kind: Hashable, Sendable {
    case name
    /// Magnitude of an integer literal; 2^63 is only meant after a minus.
    case integer(UInt64)
    case real
    /// The text with its escapes resolved.
    case string(String)
    case symbol(Symbol)
    /// What the lexer has already complained about.
    case invalid
    case end
  }

  let kind: Kind
  /// The token as written; empty at the end of the file.
  let text: String
  let word: Word?
  let span: Span
  /// Whether it is the first token of its line.
  let startsLine: Bool
  /// Whether it follows the token before it without a gap.
  let isGlued: Bool
  /// How many comments of the file come before it.
  let commentsBefore: Int

  init(
    kind: Kind, text: String, word: Word?, span: Span, startsLine: Bool, isGlued: Bool,
    commentsBefore: Int
  ) {
    self.kind = kind
    self.text = text
    self.word = word
    self.span = span
    self.startsLine = startsLine
    self.isGlued = isGlued
    self.commentsBefore = commentsBefore
  }

  /// Whether the token can be a name that the spec declares or uses.
  var isName: Bool { kind == .name && word?.isReserved != true }

  /// The token as a message names it.
  var described: String { kind == .end ? "the end of the file" : "`\(text)`" }
}

/// A comment, which the parser does not see.
struct Comment: Sendable {
  let span: Span
  /// Whether it begins with three slashes.
  let isDocumentation: Bool
  /// Whether nothing but blanks stands before it on its line.
  let startsLine: Bool
}

/// Everything the lexer makes of a file.
struct LexedFile: Sendable {
  /// Ends with exactly one `.end`.
  let tokens: [Token]
  let comments: [Comment]
  let diagnostics: [Diagnostic]
}
