import Diagnostics
import Syntax

/// Which scenario of a file to look at, and with which parameters.
public struct Configuration: Sendable {
  /// The name of a `check`; nil: all properties under the file's own network and faults.
  public var check: String?
  /// Values of parameters, as `--set N=5` gives them; they win over the check's own.
  public var overrides: [(name: String, value: String)]

  public init(check: String? = nil, overrides: [(name: String, value: String)] = []) {
    self.check = check
    self.overrides = overrides
  }
}

/// The checks of the main file, in order; those of imported files are their own affair.
public func checkNames(in files: [FileSyntax]) -> [Name] {
  (files.first?.declarations ?? []).compactMap {
    if case .check(let name, _) = $0.kind { return name }
    return nil
  }
}

/// Resolves names, checks types and rules, and fixes all sizes.
///
/// Requires: `files` holds the main file first, then the imported ones, each once.
/// The spec is nil where there is an error. The diagnostics are sorted by place. Those of a file
/// that has several checks repeat from check to check; equal ones are equal values.
public func analyze(
  _ files: [FileSyntax], configuration: Configuration, in sources: SourceSet
) -> (spec: TypedSpec?, diagnostics: [Diagnostic]) {
  let program = Program(files: files, configuration: configuration, sources: sources)
  program.check(files)
  let diagnostics = program.sortedDiagnostics
  return (program.hasErrors ? nil : program.spec, diagnostics)
}

extension Program {
  fileprivate func check(_ files: [FileSyntax]) {
    guard let main = files.first else { return }
    spec.name = main.workflow?.text ?? ""
    spec.documentation = main.documentation
    if main.workflow == nil { report(.noWorkflow(at: Span(file: main.file, start: 0, end: 0))) }
    declare(files)
    checkConfiguration()
    noteParameterDependence()
    noteCommunication()
    checkDefinitions()
    guard layOutAgents(at: Span(file: main.file, start: 0, end: 0)) else { return }
    checkVariables()
    checkRules()
    checkProperties()
    checkSurroundings()
    checkExpectations()
    if !hasErrors {
      checkStateSize()
      lintUsage()
    }
  }

  /// Works out everything that has not been asked for.
  private func checkDefinitions() {
    for (index, item) in declared.parameters.enumerated() {
      guard let value = parameter(index, at: item.name.span) else { continue }
      let text = valueIfConstant(value).map { spec.text(of: $0, value.type) } ?? ""
      spec.parameters.append((item.name.text, text))
      spec.parameterTypes.append(type(item.type) ?? value.type)
    }
    for (index, item) in declared.constants.enumerated() {
      _ = constant(index, at: item.name.span)
    }
    for (index, item) in declared.aliases.enumerated() {
      if let symbol = symbols[item.name.text], case .alias(index) = symbol.kind {
        _ = type(of: symbol, at: item.name.span)
      }
    }
    for (index, item) in declared.records.enumerated() {
      _ = resolveRecord(RecordID(index), at: item.name.span)
    }
    for index in declared.messages.indices { _ = messageType(MessageID(index)) }
    for (index, item) in declared.functions.enumerated() {
      _ = function(FunctionID(index), at: item.name.span)
    }
  }

  private func checkStateSize() {
    var total = 0
    for variable in spec.variables {
      var copies = 1
      if case .agent(let id) = variable.owner { copies = spec.agents[id.index].count }
      total = saturating(total, plus: saturating(spec.bits(of: variable.type), times: copies))
      if total > stateBitsMax {
        report(.stateTooLarge(variable.name, total, at: variable.span))
        return
      }
    }
  }

  /// Each diagnostic once, by file and place; those without a place first. Lints wait until there
  /// is no error, which might be their cause.
  fileprivate var sortedDiagnostics: [Diagnostic] {
    var seen: Set<Diagnostic> = []
    let isWrong = hasErrors
    let unique = diagnostics.filter { !(isWrong && $0.isLint) && seen.insert($0).inserted }
    return unique.enumerated().sorted { a, b in
      let (left, right) = (a.element.primary?.span, b.element.primary?.span)
      let leftKey = [left?.file.index ?? -1, left?.start ?? 0, a.offset]
      let rightKey = [right?.file.index ?? -1, right?.start ?? 0, b.offset]
      return leftKey.lexicographicallyPrecedes(rightKey)
    }.map(\.element)
  }
}

extension Diagnostic {
  fileprivate var isLint: Bool { (700..<800).contains(code.number) }
}
