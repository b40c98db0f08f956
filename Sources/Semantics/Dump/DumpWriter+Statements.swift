import Syntax

extension DumpWriter {
  mutating func writeBody(_ body: [TypedStatement]) {
    indented { writer in
      for statement in body { writer.write(statement) }
    }
  }

  private mutating func write(_ statement: TypedStatement) {
    switch statement.kind {
    case .if(let condition, let then, let otherwise):
      line("if \(words(condition))")
      writeBody(then)
      writeElse(otherwise)
    case .match(let subject, let cases, let otherwise):
      line("match \(words(subject))")
      for item in cases {
        line("case \(item.values.map { words($0) }.joined(separator: ", "))")
        writeBody(item.body)
      }
      writeElse(otherwise)
    case .for(let local, let domain, let body):
      line("for \(name(local)) in \(words(domain))")
      writeBody(body)
    case .while(let condition, let body):
      line("while \(words(condition))")
      writeBody(body)
    case .loop(let body):
      line("loop")
      writeBody(body)
    case .receive(let cases, let timeout, let idle, let oneLine):
      line("\(idle ? "idle " : "")receive\(oneLine ? " one" : "")")
      writeCases(cases, timeout)
    case .either(let branches):
      for (index, branch) in branches.enumerated() {
        line(index == 0 ? "either" : "or")
        writeBody(branch)
      }
    default: line(words(statement))
    }
  }

  private mutating func writeElse(_ body: [TypedStatement]) {
    if body.isEmpty { return }
    line("else")
    writeBody(body)
  }

  private mutating func writeCases(_ cases: [TypedReceiveCase], _ timeout: [TypedStatement]?) {
    indented { writer in
      for item in cases {
        writer.line(writer.words(item.pattern))
        writer.writeBody(item.body)
      }
      if let timeout {
        writer.line("timeout")
        writer.writeBody(timeout)
      }
    }
  }

  /// A statement without bodies.
  private func words(_ statement: TypedStatement) -> String {
    switch statement.kind {
    case .assign(let place, let value): "\(words(place)) = \(words(value))"
    case .bind(let local, let value):
      "let \(name(local)): \(spec.text(of: spec.locals[local.index].type)) = \(words(value))"
    case .send(let message, let values, let target):
      "send \(spec.messages[message.index].name)(\(list(values))) to \(words(target))"
    case .choice(let kind, let local, let domain, let filter):
      "\(kind.rawValue) \(name(local)) in \(words(domain))"
        + (filter.map { " where \(words($0))" } ?? "")
    case .assert(let claim): "assert \(words(claim))"
    case .commit(let id, let parts):
      "commit \(spec.commitments[id.index].text(parts.map { words($0) }))"
    case .await(let test): "await \(words(test))"
    case .stop: "stop"
    case .yield: "yield"
    case .checkpoint: "checkpoint"
    default: ""
    }
  }

  private func words(_ place: Place) -> String {
    var text: String
    switch place.root {
    case .local(let local): text = name(local)
    case .variable(let id): text = spec.variables[id.index].name
    }
    for step in place.path {
      switch step {
      case .field(let index): text += ".\(index)"
      case .key(let key): text += "[\(words(key))]"
      case .element(let index): text += "[\(words(index))]"
      }
    }
    return text
  }

  func when(_ test: TypedExpression?) -> String { test.map { " when \(words($0))" } ?? "" }

  func words(_ pattern: TypedMessagePattern) -> String {
    "\(words(pattern.message, pattern.fields))\(party("from", pattern.sender))"
      + when(pattern.guardExpression)
  }

  func words(_ message: MessageID, _ fields: [FieldPattern]) -> String {
    let texts = fields.map { field in
      switch field {
      case .any: "_"
      case .bind(let local): name(local)
      case .equal(let value): "== \(words(value))"
      }
    }
    return "\(spec.messages[message.index].name)(\(texts.joined(separator: ", ")))"
  }

  func party(_ word: String, _ filter: PartyFilter?) -> String {
    guard let filter else { return "" }
    if let equal = filter.equal { return " \(word) \(words(equal))" }
    let type = spec.text(of: filter.type)
    return " \(word) " + (filter.binder.map { "\(name($0)): \(type)" } ?? type)
  }
}
