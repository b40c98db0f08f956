import Diagnostics
import Syntax

extension Program {
  /// Enters all declarations of the files into the tables, and reports names that are taken.
  func declare(_ files: [FileSyntax]) {
    for file in files {
      for declaration in file.declarations { declare(declaration, isMain: file.file == mainFile) }
    }
    declareVariables(files)
  }

  private func declare(_ declaration: Declaration, isMain: Bool) {
    let documentation = declaration.documentation
    let span = declaration.span
    switch declaration.kind {
    case .import, .shared: break
    case .prompt(let prompt): declare(prompt)
    case .claims(let claims):
      for clause in claims.clauses { usage.names.formUnion(clause.identifiers) }
    case .parameter(let name, let type, let value):
      declared.parameters.append(.init(name: name, type: type, defaultValue: value))
      enter(name, .parameter(declared.parameters.count - 1))
    case .constant(let name, let expression):
      declared.constants.append(.init(name: name, expression: expression))
      enter(name, .constant(declared.constants.count - 1))
    case .type(let name, let syntax):
      declared.aliases.append(.init(name: name, syntax: syntax))
      enter(name, .alias(declared.aliases.count - 1))
    case .enumeration(let name, let cases): declareEnumeration(name, cases)
    case .record(let name, let fields):
      declared.records.append(.init(name: name, fields: fields))
      spec.records.append(RecordType(name: name.text, fields: []))
      enter(name, .record(RecordID(declared.records.count - 1)))
    case .function(let name, let parameters, let result, let body):
      declareFunction(name, parameters, result, body)
    case .message(let name, let fields, let isFIFO): declareMessage(name, fields, isFIFO)
    case .agent(let agent):
      declared.agents.append(.init(syntax: agent, documentation: documentation))
      enter(agent.name, .agent(AgentID(declared.agents.count - 1)))
    case .monitor(let name, _, let rules):
      declared.monitors.append(.init(name: name, syntax: rules, span: span))
      enter(name, .monitor(MonitorID(declared.monitors.count - 1)))
    case .network(let network): declareNetwork(network, span)
    case .faults(let faults): declareFaults(faults, span)
    case .property(let name, let formula):
      declareProperty(name, .formula(formula), documentation, span)
    case .valenceProperty(let name, let decision):
      declareProperty(name, .valence(decision), documentation, span)
    case .unsupportedProperty(let name, let keyword):
      declareProperty(name, .unsupported(keyword), documentation, span)
    case .check(let name, let items): if isMain { declareCheck(name, items, span) }
    case .unsupported(let part): report(.unsupported(.part(part.keyword), at: part.span))
    }
  }

  /// Gives a name of the file scope its meaning.
  private func enter(_ name: Name, _ kind: Symbol.Kind) {
    if reservedNames.contains(name.text) { report(.reservedName(name)) }
    if let earlier = symbols[name.text] {
      report(.duplicateName(name, earlier: earlier))
      return
    }
    symbols[name.text] = Symbol(kind: kind, name: name)
  }

  private func declareEnumeration(_ name: Name, _ cases: [Name]) {
    let id = EnumerationID(spec.enumerations.count)
    spec.enumerations.append(EnumerationType(name: name.text, cases: cases.map(\.text)))
    declared.enumerations.append(name)
    enter(name, .enumeration(id))
    var seen: [String: Span] = [:]
    for (index, item) in cases.enumerated() {
      if let earlier = seen[item.text] {
        report(.duplicateInList("case", item, earlier: earlier))
        continue
      }
      seen[item.text] = item.span
      let own = EnumerationCase(enumeration: id, index: index)
      if case .cases(let others)? = symbols[item.text]?.kind {
        symbols[item.text] = Symbol(kind: .cases(others + [own]), name: item)
      } else {
        enter(item, .cases([own]))
      }
    }
  }

  private func declareFunction(
    _ name: Name, _ parameters: [FieldSyntax], _ result: TypeSyntax, _ body: Expression
  ) {
    if builtinFunctions.contains(name.text) { report(.reservedName(name)) }
    declared.functions.append(
      .init(name: name, parameters: parameters, result: result, body: body))
    spec.functions.append(
      Function(
        name: name.text, parameters: [], body: TypedExpression(.boolean(false), .bool, name.span)))
    enter(name, .function(FunctionID(declared.functions.count - 1)))
  }

  /// Messages have names of their own: they occur only after `send`, `on` and the like.
  private func declareMessage(_ name: Name, _ fields: [FieldSyntax], _ isFIFO: Bool) {
    let id = MessageID(declared.messages.count)
    declared.messages.append(.init(name: name, fields: fields, isFIFO: isFIFO))
    spec.messages.append(
      MessageType(name: name.text, fields: [], isFIFO: isFIFO, span: name.span))
    if let earlier = messages[name.text] {
      report(.duplicate("message", name, earlier: declared.messages[earlier.index].name.span))
    } else {
      messages[name.text] = id
    }
  }

  private func declareProperty(
    _ name: Name, _ kind: Declared.Property.Kind, _ documentation: String?, _ span: Span
  ) {
    if BuiltinCheck(rawValue: name.text) != nil { report(.reservedName(name)) }
    if let earlier = declared.properties.first(where: { $0.name.text == name.text }) {
      report(.duplicate("property", name, earlier: earlier.name.span))
    }
    declared.properties.append(
      .init(name: name, kind: kind, documentation: documentation, span: span))
  }

  private func declareCheck(_ name: Name, _ items: [CheckItemSyntax], _ span: Span) {
    if let earlier = declared.checks.first(where: { $0.name.text == name.text }) {
      report(.duplicate("check", name, earlier: earlier.name.span))
    }
    declared.checks.append(.init(name: name, items: items, span: span))
  }

  private func declareNetwork(_ network: NetworkSyntax, _ span: Span) {
    if let earlier = declared.network { report(.secondBlock("network", at: span, earlier.span)) }
    declared.network = (network, span)
  }

  private func declareFaults(_ faults: [FaultSyntax], _ span: Span) {
    if let earlier = declared.faults { report(.secondBlock("faults", at: span, earlier.span)) }
    declared.faults = (faults, span)
  }
}
