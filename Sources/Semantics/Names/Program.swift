import Diagnostics
import Syntax

/// A spec on its way from syntax to types: what is declared, what is known about it so far, and
/// what has been reported.
///
/// Types, constants, functions and the layout of the agents depend on each other in any order, so
/// each is worked out when it is first asked for.
final class Program {
  let configuration: Configuration
  let sources: SourceSet
  let mainFile: FileID?
  var spec: TypedSpec
  var declared = Declared()
  var symbols: [String: Symbol] = [:]
  var messages: [String: MessageID] = [:]
  var usage = Usage()
  /// Names whose meaning depends on a parameter, so that what is constant now is not always so.
  var parameterDependent: Set<String> = []
  /// The declarations that send each message, and those with a pattern that takes it.
  var senders: [MessageID: Set<AgentID>] = [:]
  var receivers: [MessageID: Set<AgentID>] = [:]
  /// What may crash or be byzantine under any check.
  var crashing: Set<AgentID> = []
  var byzantine: Set<AgentID> = []
  /// Identities have been given out.
  var layout = Resolution<Bool>.pending
  /// How many calls of functions are inside each other, below the function that is being typed.
  var callHeight = 0
  /// How deep the current walk has gone into expressions and declarations.
  var depth = 0
  private(set) var diagnostics: [Diagnostic] = []

  init(files: [FileSyntax], configuration: Configuration, sources: SourceSet) {
    self.configuration = configuration
    self.sources = sources
    mainFile = files.first?.file
    spec = TypedSpec(
      check: Check(
        name: nil, properties: [], expected: [], allowed: [], forbidden: [], states: nil,
        transitions: nil, span: nil))
  }

  func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  var errorCount: Int { diagnostics.count { $0.severity == .error } }

  /// What is behind the key path, worked out now if nobody has asked before; nil after an error.
  /// What depends on itself is reported at `use`.
  func resolve<Value>(
    _ path: ReferenceWritableKeyPath<Program, Resolution<Value>>, _ name: String, at use: Span,
    by work: () -> Value?
  ) -> Value? {
    switch self[keyPath: path] {
    case .resolved(let value):
      return value
    case .resolving:
      report(.circularDefinition(of: name, at: use))
      return nil
    case .pending:
      self[keyPath: path] = .resolving
      let value = isTooDeep(at: use) ? nil : work()
      self[keyPath: path] = .resolved(value)
      return value
    }
  }

  /// Whether the walk must not go deeper; reports it.
  func isTooDeep(at span: Span) -> Bool {
    guard depth > nestingMax else { return false }
    report(.nestedTooDeep(at: span))
    return true
  }
}

/// How many functions may call each other in a row: whoever expands calls is recursive, too.
let callHeightMax = 50

/// How deep expressions and definitions may nest: the walks over them are recursive.
let nestingMax = 400
