/// The words that the grammar knows.
///
/// Only the reserved ones can never be names; the others mean something in their place only, so
/// that a spec may call a variable `head`, `step` or `timeout`.
enum Word: String, CaseIterable, Sendable {
  // Literals and operators.
  case `true`, `false`
  case noValue = "none"
  case and, or, not, implies, iff, `in`, union, minus, intersect
  case always, eventually, until, can, leads, coalition, ensure, flight
  case all, some, count, sum, map, `self`, sender, then
  // Statements.
  case `if`, `else`, `let`, `var`, `for`, `while`, match, `case`, `where`, when
  case send, choose, ask, flip, assert, commit, stop
  case receive, timeout, idle, await, either, yield, loop, checkpoint
  // Declarations.
  case workflow, `import`, param, const, type, `enum`, record, function, message, agent
  case environment, monitor, shared, network, faults, choreography, prompt, claims, property, check
  // Rules and variables.
  case on, start, recover, step, unfair, run, durable, input, any, follows
  case from, to, by, of, sent, received, crash
  // Prompts and claims.
  case decision, require, decides, `default`
  // Types.
  case set, seq, up
  // Networks, faults, properties and checks.
  case fifo, unordered, capacity, with, recovery, partial, sends, byzantine, lose, duplicate
  case messages, conforms, valence, expect, allow, forbid, fails, states, transitions

  /// The word that a text is, found faster than by the raw value.
  init?(spelling: String) {
    guard let word = Self.bySpelling[spelling] else { return nil }
    self = word
  }

  private static let bySpelling = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

  /// Whether the word can never be the name of anything.
  var isReserved: Bool { Self.reserved.contains(self) }

  /// The words with which declarations begin.
  static let declarations: [Word] = [
    .workflow, .import, .param, .const, .type, .enum, .record, .function, .message, .agent,
    .environment, .monitor, .shared, .network, .faults, .property, .check, .choreography, .prompt,
    .claims,
  ]

  private static let reserved: Set<Word> = [
    .true, .false, .noValue, .and, .or, .not, .implies, .iff, .in, .union, .minus, .intersect,
    .always, .eventually, .until, .self, .sender, .then,
    .if, .else, .let, .var, .for, .while, .match, .case, .where, .when,
  ]
}
