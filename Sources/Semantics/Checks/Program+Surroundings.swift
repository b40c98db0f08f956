import Diagnostics
import Syntax

/// The largest budget of a fault, and the largest channel.
let faultBudgetMax: Int64 = 1_000_000
let capacityMax: Int64 = 1024

extension Program {
  /// Network and faults: the check's own, else the file's. All are looked at, to report errors.
  func checkSurroundings() {
    if let network = declared.network { spec.network = typed(network.syntax) ?? spec.network }
    if let faults = declared.faults { spec.faults = faults.syntax.compactMap { typed($0) } }
    for check in declared.checks {
      var blocks: [String: Span] = [:]
      let isInForce = check.name.text == checkInForce?.name.text
      for item in check.items {
        switch item.kind {
        case .network(let syntax):
          noteBlock("network", item.span, &blocks)
          if let network = typed(syntax), isInForce { spec.network = network }
        case .faults(let syntax):
          noteBlock("faults", item.span, &blocks)
          let faults = syntax.compactMap { typed($0) }
          if isInForce { spec.faults = faults }
        default: break
        }
      }
    }
  }

  private func noteBlock(_ word: String, _ span: Span, _ blocks: inout [String: Span]) {
    if let earlier = blocks[word] { report(.secondBlock(word, at: span, earlier)) }
    blocks[word] = span
  }

  private func typed(_ network: NetworkSyntax) -> Network? {
    switch network {
    case .unordered(let capacity):
      self.capacity(capacity).map { Network(isFIFO: false, capacity: $0) }
    case .fifo(let capacity): self.capacity(capacity).map { Network(isFIFO: true, capacity: $0) }
    }
  }

  private func capacity(_ expression: Expression?) -> Int?? {
    guard let expression else { return .some(nil) }
    guard let value = constantInteger(expression) else { return nil }
    guard (1...capacityMax).contains(value) else {
      report(
        .sizeOutOfLimits("The capacity of a channel", value, 1...capacityMax, at: expression.span))
      return nil
    }
    return .some(Int(value))
  }

  private func typed(_ fault: FaultSyntax) -> Fault? {
    switch fault.kind {
    case .crash(let budget, let name, let partialSends, let recovery):
      guard let (limit, identities) = struck(budget, name) else { return nil }
      return Fault(
        .crash(upTo: limit, of: identities, partialSends: partialSends, recovery: recovery),
        fault.span)
    case .byzantine(let budget, let name):
      guard let (limit, identities) = struck(budget, name) else { return nil }
      return Fault(.byzantine(upTo: limit, of: identities), fault.span)
    case .lose(let budget, let names):
      guard let (limit, messages) = struckMessages(budget, names) else { return nil }
      return Fault(.lose(upTo: limit, messages: messages), fault.span)
    case .duplicate(let budget, let names):
      guard let (limit, messages) = struckMessages(budget, names) else { return nil }
      return Fault(.duplicate(upTo: limit, messages: messages), fault.span)
    }
  }

  private func struck(_ budget: Expression, _ name: Name) -> (Int, [Int])? {
    let limit = self.budget(budget)
    let ids = agents(named: name.text)
    if ids.isEmpty, name.text != "Agent" {
      let names = ["Agent"] + declared.agents.map(\.syntax.name.text)
      report(.unknownAgent(name, suggestion: closest(to: name.text, among: names)))
      return nil
    }
    usage.names.insert(name.text)
    let identities = ids.flatMap { id in
      let agent = spec.agents[id.index]
      return agent.first..<agent.first + agent.count
    }
    return limit.map { ($0, identities) }
  }

  private func struckMessages(_ budget: Expression?, _ names: [Name]) -> (Int?, [MessageID])? {
    let limit = budget.map { self.budget($0) }
    var ids = names.compactMap { name in message(name).map(\.id) }
    if ids.count < names.count { return nil }
    if names.isEmpty { ids = declared.messages.indices.map { MessageID($0) } }
    if let limit, limit == nil { return nil }
    return (limit ?? nil, ids)
  }

  private func budget(_ expression: Expression) -> Int? {
    guard let value = constantInteger(expression) else { return nil }
    if (0...faultBudgetMax).contains(value) { return Int(value) }
    report(
      .sizeOutOfLimits("The budget of a fault", value, 0...faultBudgetMax, at: expression.span))
    return nil
  }
}
