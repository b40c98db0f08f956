import Syntax

extension Program {
  /// Notes who sends and who takes each message, and what may crash or be byzantine under any
  /// check, so that types do not depend on the check.
  func noteCommunication() {
    for (index, agent) in declared.agents.enumerated() {
      let id = AgentID(index)
      for rule in agent.syntax.rules {
        if case .message(let pattern) = rule.kind { noteReceipt(pattern, by: id) }
        note(rule.body, by: id)
      }
    }
    note(declared.faults?.syntax ?? [])
    for item in declared.checks.flatMap(\.items) {
      if case .faults(let faults) = item.kind { note(faults) }
    }
  }

  private func noteReceipt(_ pattern: MessagePattern, by agent: AgentID) {
    if let id = messages[pattern.message.text] { receivers[id, default: []].insert(agent) }
  }

  private func note(_ body: [Statement], by agent: AgentID) {
    for statement in body {
      switch statement.kind {
      case .send(let name, _, _):
        if let id = messages[name.text] { senders[id, default: []].insert(agent) }
      case .receive(let cases, _, _, _): for item in cases { noteReceipt(item.pattern, by: agent) }
      default: break
      }
      for inner in statement.bodies { note(inner, by: agent) }
    }
  }

  private func note(_ faults: [FaultSyntax]) {
    for fault in faults {
      switch fault.kind {
      case .crash(_, let name, _, _): crashing.formUnion(agents(named: name.text))
      case .byzantine(_, let name): byzantine.formUnion(agents(named: name.text))
      case .lose, .duplicate: break
      }
    }
  }

  /// The declarations that a name in `faults` stands for.
  func agents(named name: String) -> [AgentID] {
    if name == "Agent" {
      return declared.agents.indices.filter { !declared.agents[$0].syntax.isEnvironment }
        .map { AgentID($0) }
    }
    guard case .agent(let id)? = symbols[name]?.kind else { return [] }
    return [id]
  }
}

extension Statement {
  /// The bodies inside a statement.
  var bodies: [[Statement]] {
    switch kind {
    case .if(_, let then, let otherwise): [then, otherwise ?? []]
    case .match(_, let cases, let otherwise): cases.map(\.body) + [otherwise ?? []]
    case .for(_, _, let body), .while(_, let body), .loop(let body): [body]
    case .receive(let cases, let timeout, _, _): cases.map(\.body) + [timeout ?? []]
    case .either(let branches): branches
    default: []
    }
  }
}
