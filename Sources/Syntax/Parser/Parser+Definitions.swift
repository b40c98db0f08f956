import Diagnostics

// Declarations of one line.
extension Parser {
  func parseImport() throws -> Declaration.Kind {
    advance()
    guard case .string(let path) = current.kind else { throw fail(.expectedPath(found)) }
    advance()
    return .import(path: path)
  }

  /// `param N: 1..7 = 3`.
  func parseParameter() throws -> Declaration.Kind {
    advance()
    let name = try parseName("a parameter")
    let type = try parseVariableType(of: name)
    guard at(.assign) || at(.colonAssign) || at(.equal) else {
      throw fail(.missingDefault(found, name: name))
    }
    try expectAssign("before the default value")
    return .parameter(name, type: type, default: try parseExpression())
  }

  /// `const Q = N / 2 + 1`.
  func parseConstant() throws -> Declaration.Kind {
    advance()
    let name = try parseName("a constant")
    if at(.colon) {
      let colon = advance()
      _ = try parseType()
      report(.constantWithType(span(from: colon)))
    }
    try expectAssign("between `\(name.text)` and its value")
    return .constant(name, try parseExpression())
  }

  func parseTypeDeclaration() throws -> Declaration.Kind {
    advance()
    let name = try parseName("a type")
    try expectAssign("between `\(name.text)` and what it stands for")
    return .type(name, try parseType())
  }

  func parseEnumeration() throws -> Declaration.Kind {
    advance()
    let name = try parseName("an enum")
    if at(.assign) {
      throw fail(.foreignForm(current.span, "=", meant: "enum \(name.text) { a, b }"))
    }
    return .enumeration(name, try parseLines("in the enum") { try $0.parseName("a value") })
  }

  func parseRecord() throws -> Declaration.Kind {
    advance()
    let name = try parseName("a record")
    return .record(name, try parseLines("in the record") { try $0.parseField() })
  }

  /// `function majority(s: set of Node) -> bool = size(s) * 2 > N`.
  func parseFunction() throws -> Declaration.Kind {
    advance()
    let name = try parseName("a function")
    roles[index] = .postfix
    let fields = try parseFields("after the name of the function")
    guard take(.arrow) else { throw fail(.missingResult(found, name: name)) }
    let result = try parseType()
    guard at(.assign) || at(.colonAssign) || at(.equal) else {
      throw fail(.functionWithoutBody(found, name: name))
    }
    try expectAssign("before the value of the function")
    return .function(name, fields, result: result, try parseExpression())
  }

  /// `message Ping(n: Node) fifo`.
  func parseMessage() throws -> Declaration.Kind {
    advance()
    let name = try parseName("a message")
    guard at(.leftParen), !current.startsLine else {
      throw fail(.missingFields(name, inBraces: at(.leftBrace)))
    }
    roles[index] = .postfix
    let fields = try parseFields("after the name of the message")
    let isFIFO = !current.startsLine && take(.fifo)
    return .message(name, fields, isFIFO: isFIFO)
  }

  func parseShared() throws -> Declaration.Kind {
    let documentation = documentationHere
    let start = advance()
    guard at(.var) else { throw fail(.expectedWord(found, .var, context: "after `shared`")) }
    return .shared(try parseVariable(.var, documentation, from: start))
  }

  /// `property agreement: always …`.
  func parseProperty() throws -> Declaration.Kind {
    let start = index
    advance()
    let name = try parseName("a property")
    do {
      return try parseFormula(of: name)
    } catch {
      // It is declared all the same: the checks that expect it are right.
      skipDeclaration(from: start)
      return .property(name, Expression(.error, name.span))
    }
  }

  private func parseFormula(of name: Name) throws -> Declaration.Kind {
    guard take(.colon) else { throw fail(.missingFormula(found, name: name)) }
    if at(.conforms), peek().word == .to { return try parseUnsupportedProperty(name) }
    if at(.valence), peek().word == .of {
      advance()
      advance()
      return .valenceProperty(name, try parseExpression())
    }
    return .property(name, try parseExpression())
  }

  private func parseUnsupportedProperty(_ name: Name) throws -> Declaration.Kind {
    let keyword = advance()
    advance()
    _ = try parseExpression()
    return .unsupportedProperty(name, keyword: keyword.text)
  }
}
