import Diagnostics

extension Parser {
  /// `unordered`, `fifo`, either with `capacity k`; the word `network` is taken.
  func parseNetwork() throws -> NetworkSyntax {
    let kind = current
    guard at(.fifo) || at(.unordered) else { throw fail(.expectedNetwork(found)) }
    advance()
    let capacity = take(.capacity) ? try parseBound() : nil
    return kind.word == .fifo ? .fifo(capacity: capacity) : .unordered(capacity: capacity)
  }

  /// `{ crash up to 1 of Node; … }`; the word `faults` is taken.
  func parseFaults() throws -> [FaultSyntax] {
    var faults: [FaultSyntax] = []
    try parseItems("after `faults`") { faults.append(try $0.parseFault()) }
    return faults
  }

  private func parseFault() throws -> FaultSyntax {
    let start = current
    let kind: FaultSyntax.Kind
    switch current.word {
    case .crash: kind = try parseCrash()
    case .byzantine:
      advance()
      let budget = try parseBudget(after: "byzantine")
      try expect(.of, "between the number and the agents")
      kind = .byzantine(upTo: budget, of: try parseName("an agent"))
    case .lose:
      let (budget, messages) = try parseMessageFault()
      kind = .lose(upTo: budget, messages: messages)
    case .duplicate:
      let (budget, messages) = try parseMessageFault()
      kind = .duplicate(upTo: budget, messages: messages)
    default: throw fail(.expectedFault(foundHere))
    }
    return FaultSyntax(kind, span(from: start))
  }

  private func parseBudget(after word: String) throws -> Expression {
    guard take(.up) else { throw fail(.missingBudget(gap, after: word)) }
    try expect(.to, "after `up`")
    return try parseBound()
  }

  private func parseCrash() throws -> FaultSyntax.Kind {
    advance()
    let budget = try parseBudget(after: "crash")
    try expect(.of, "between the number and the agents")
    let agents = try parseName("an agent")
    var partialSends = false
    var recovery = false
    while !atBoundary {
      let hasComma = take(.comma)
      if at(.partial) {
        advance()
        try expect(.sends, "after `partial`")
        partialSends = true
      } else if at(.with) {
        advance()
        try expect(.recovery, "after `with`")
        recovery = true
      } else if hasComma {
        throw fail(.expectedCrashVariant(found))
      } else {
        break
      }
    }
    return .crash(upTo: budget, of: agents, partialSends: partialSends, recovery: recovery)
  }

  /// `lose messages`, `lose up to k messages of M, M2`, likewise `duplicate`.
  private func parseMessageFault() throws -> (Expression?, [Name]) {
    let word = advance()
    let budget = at(.up) ? try parseBudget(after: word.text) : nil
    try expect(.messages, "in a fault of the network")
    var names: [Name] = []
    if take(.of) {
      repeat { names.append(try parseName("a message")) } while take(.comma) && !atBoundary
    }
    return (budget, names)
  }
}
