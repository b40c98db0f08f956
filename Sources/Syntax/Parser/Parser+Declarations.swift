import Diagnostics

extension Parser {
  /// The whole file.
  func parseFile() -> FileSyntax {
    var workflow: Name?
    var documentation: String?
    var declarations: [Declaration] = []
    if atEnd, diagnostics.isEmpty { report(.emptyFile(current.span)) }
    while !atEnd {
      let start = index
      do {
        if take(.semicolon) { continue }
        itemStarts.insert(start)
        if at(.workflow), peek().kind == .name {
          let above = documentationHere
          let name = try parseWorkflow(isFirst: workflow == nil && declarations.isEmpty)
          documentation = documentation ?? above
          workflow = workflow ?? name
        } else {
          declarations.append(try parseDeclaration())
        }
        try endDeclaration()
      } catch {
        skipDeclaration(from: start)
      }
    }
    return FileSyntax(
      file: file, workflow: workflow, documentation: documentation, declarations: declarations)
  }

  private func endDeclaration() throws {
    if atEnd || current.startsLine || take(.semicolon) { return }
    if previous?.kind == .symbol(.rightBrace), !at(.rightBrace) { return }
    if at(.rightBrace) { throw fail(.strayCloser(current.span)) }
    throw fail(.expectedEndOfStatement(current, after: previous))
  }

  private func parseWorkflow(isFirst: Bool) throws -> Name {
    let start = advance()
    let name = try parseName("a workflow")
    if !isFirst { report(.workflowNotFirst(span(from: start))) }
    return name
  }

  private func parseDeclaration() throws -> Declaration {
    let documentation = documentationHere
    let start = current
    let kind = try parseDeclarationKind()
    var end = span(from: start)
    switch kind {
    case .agent(let agent): end = agent.span
    case .monitor(let name, _, _), .check(let name, _): end = start.span.union(name.span)
    case .faults, .enumeration, .record: end = heading(of: kind, start: start)
    case .prompt(let prompt): end = start.span.union(prompt.name.span)
    case .claims(let claims): end = start.span.union(claims.agent.span)
    case .unsupported(let part): end = part.span
    default: break
    }
    return Declaration(kind, documentation: documentation, span: end)
  }

  private func heading(of kind: Declaration.Kind, start: Token) -> Span {
    switch kind {
    case .enumeration(let name, _), .record(let name, _): start.span.union(name.span)
    default: start.span
    }
  }

  private func parseDeclarationKind() throws -> Declaration.Kind {
    switch current.word {
    case .import: return try parseImport()
    case .param: return try parseParameter()
    case .const: return try parseConstant()
    case .type: return try parseTypeDeclaration()
    case .enum: return try parseEnumeration()
    case .record: return try parseRecord()
    case .function: return try parseFunction()
    case .message: return try parseMessage()
    case .agent, .environment: return .agent(try parseAgent())
    case .monitor: return try parseMonitor()
    case .shared: return try parseShared()
    case .network:
      advance()
      return .network(try parseNetwork())
    case .faults:
      advance()
      return .faults(try parseFaults())
    case .property: return try parseProperty()
    case .check: return try parseCheck()
    case .prompt: return try parsePrompt()
    case .claims: return try parseClaims()
    case .choreography: return try parseUnsupported()
    default: throw unexpectedAtTopLevel()
    }
  }

  private func unexpectedAtTopLevel() -> SyntaxFailure {
    if at(.rightBrace) { return fail(.strayCloser(current.span)) }
    if let meant = foreignDeclarations[current.text] {
      return fail(.foreignKeyword(current.span, current.text, meant: meant))
    }
    return fail(.expectedDeclaration(foundHere, current))
  }

  /// A part that this version does not know: its balanced braces are skipped.
  private func parseUnsupported() throws -> Declaration.Kind {
    let start = current
    advance()
    while !atEnd, !at(.leftBrace), !current.startsLine { advance() }
    let heading = span(from: start)
    guard at(.leftBrace) else {
      throw fail(.expectedSymbol(found, .leftBrace, context: "of `\(start.text)`", opening: nil))
    }
    let opening = current
    let first = index
    if !skipBraces() { throw fail(.unclosedBlock(opening.span, blockEnd)) }
    for skipped in first..<index { roles[skipped] = .skipped }
    return .unsupported(UnsupportedSyntax(keyword: start.text, span: heading))
  }
}

/// Declarations of other languages, and what stands for them here.
private let foreignDeclarations: [String: String] = [
  "func": "function", "fn": "function", "def": "function", "fun": "function", "struct": "record",
  "class": "agent", "actor": "agent", "process": "agent", "machine": "agent", "proctype": "agent",
  "module": "workflow", "protocol": "workflow", "spec": "workflow", "let": "const",
  "var":
    "shared var", "event": "message", "constant": "const", "constants": "const", "typedef": "type",
  "invariant": "property", "assert": "property", "ltl": "property", "include": "import",
  "parameter": "param", "global": "shared var", "test": "check", "init": "agent", "chan": "message",
]
