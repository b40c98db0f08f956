/// A typed spec as text, compact and the same for equal specs: for `wfcheck dump --stage typed`.
///
/// It reads like the language, with what the analysis found written out: every range, conversion
/// (`e as T`), implied value, and the value of each parameter.
public func dump(_ spec: TypedSpec) -> String {
  var writer = DumpWriter(spec: spec)
  writer.write()
  return writer.text
}

struct DumpWriter {
  let spec: TypedSpec
  var text = ""
  var indentation = 0

  mutating func line(_ content: String) {
    text += String(repeating: "  ", count: indentation) + content + "\n"
  }

  mutating func indented(_ work: (inout DumpWriter) -> Void) {
    indentation += 1
    work(&self)
    indentation -= 1
  }

  mutating func write() {
    line("workflow \(spec.name)")
    for item in spec.parameters { line("param \(item.name) = \(item.value)") }
    for item in spec.enumerations {
      line("enum \(item.name) { \(item.cases.joined(separator: ", ")) }")
    }
    for item in spec.records { line("record \(item.name) { \(fields(item.fields)) }") }
    for item in spec.messages {
      line("message \(item.name)(\(fields(item.fields)))\(item.isFIFO ? " fifo" : "")")
    }
    for item in spec.functions { writeFunction(item) }
    for variable in spec.variables where variable.owner == .shared {
      writeVariable(variable, "shared var")
    }
    for (index, agent) in spec.agents.enumerated() { writeAgent(agent, AgentID(index)) }
    for (index, monitor) in spec.monitors.enumerated() { writeMonitor(monitor, MonitorID(index)) }
    writeNetwork()
    for property in spec.properties { writeProperty(property) }
    writeCheck()
  }

  func fields(_ fields: [Field]) -> String {
    fields.map { "\($0.name): \(spec.text(of: $0.type))" }.joined(separator: ", ")
  }

  private mutating func writeFunction(_ function: Function) {
    let parameters = function.parameters.map { local in
      "\(name(local)): \(spec.text(of: spec.locals[local.index].type))"
    }
    let heading = "function \(function.name)(\(parameters.joined(separator: ", ")))"
    line("\(heading) -> \(spec.text(of: function.body.type)) = \(words(function.body))")
  }

  private mutating func writeVariable(_ variable: Variable, _ word: String) {
    let heading = "\(word) \(variable.name): \(spec.text(of: variable.type))"
    switch variable.initializer {
    case .value(let value): line("\(heading) = \(words(value))")
    case .any(where: let filter):
      line("\(heading) = any" + (filter.map { " where \(words($0))" } ?? ""))
    }
  }

  private func storage(_ variable: Variable) -> String {
    variable.isInput ? "input" : variable.isDurable ? "durable var" : "var"
  }

  private mutating func writeAgent(_ agent: AgentDeclaration, _ id: AgentID) {
    let size = agent.isFamily ? "[\(agent.count)]" : ""
    line(
      "\(agent.isEnvironment ? "environment" : "agent") \(agent.name)\(size) from \(agent.first)")
    indented { writer in
      for variable in writer.spec.variables where variable.owner == .agent(id) {
        writer.writeVariable(variable, writer.storage(variable))
      }
      for rule in agent.rules {
        writer.line(writer.heading(rule.kind))
        writer.writeBody(rule.body)
      }
    }
  }

  private func heading(_ kind: Rule.Kind) -> String {
    switch kind {
    case .start: "on start"
    case .recover: "on recover"
    case .run: "run"
    case .message(let pattern): "on \(words(pattern))"
    case .step(let name, let test, let unfair):
      "\(unfair ? "unfair " : "")step \(name)" + when(test)
    }
  }

  private mutating func writeMonitor(_ monitor: Monitor, _ id: MonitorID) {
    line("monitor \(monitor.name)")
    indented { writer in
      for variable in writer.spec.variables where variable.owner == .monitor(id) {
        writer.writeVariable(variable, "var")
      }
      for rule in monitor.rules {
        writer.line(writer.heading(rule.event) + writer.when(rule.when))
        writer.writeBody(rule.body)
      }
    }
  }

  private func heading(_ event: MonitorRule.Event) -> String {
    switch event {
    case .sent(let message, let fields, let from, let to):
      "on sent \(words(message, fields))\(party("from", from))\(party("to", to))"
    case .received(let message, let fields, let by, let from):
      "on received \(words(message, fields))\(party("by", by))\(party("from", from))"
    case .crash(let filter): "on crash\(party("of", filter))"
    }
  }
}
