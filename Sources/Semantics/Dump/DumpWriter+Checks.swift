extension DumpWriter {
  mutating func writeNetwork() {
    let capacity = spec.network.capacity.map { " capacity \($0)" } ?? ""
    line("network \(spec.network.isFIFO ? "fifo" : "unordered")\(capacity)")
    for fault in spec.faults { line("fault \(words(fault.kind))") }
  }

  private func words(_ fault: Fault.Kind) -> String {
    switch fault {
    case .crash(let limit, let identities, let partialSends, let recovery):
      "crash up to \(limit) of \(names(identities))\(partialSends ? ", partial sends" : "")"
        + (recovery ? " with recovery" : "")
    case .byzantine(let limit, let identities): "byzantine up to \(limit) of \(names(identities))"
    case .lose(let limit, let messages): "lose\(budget(limit)) of \(names(messages))"
    case .duplicate(let limit, let messages): "duplicate\(budget(limit)) of \(names(messages))"
    }
  }

  private func budget(_ limit: Int?) -> String { limit.map { " up to \($0)" } ?? "" }

  private func names(_ identities: [Int]) -> String {
    identities.map { spec.name(ofAgent: $0) }.joined(separator: ", ")
  }

  private func names(_ messages: [MessageID]) -> String {
    messages.map { spec.messages[$0.index].name }.joined(separator: ", ")
  }

  mutating func writeProperty(_ property: Property) {
    switch property.kind {
    case .invariant(let predicate): line("property \(property.name): always \(words(predicate))")
    case .reachability(let predicate): line("property \(property.name): can \(words(predicate))")
    case .resettability(let predicate):
      line("property \(property.name): always can \(words(predicate))")
    case .linear(let formula): line("property \(property.name): linear \(words(formula))")
    case .valence(let decision):
      line("property \(property.name): valence of \(decision.text)")
      indented { writer in
        for value in decision.values {
          writer.line("\(value.text) when \(writer.words(value.isDecided))")
        }
      }
    case .branching(let formula): line("property \(property.name): \(words(formula))")
    case .unsupported(let text): line("property \(property.name): unsupported, \(text)")
    }
  }

  private func words(_ formula: Formula) -> String {
    switch formula {
    case .state(let predicate): words(predicate)
    case .not(let inner): "not \(words(inner))"
    case .connective(let connective, let a, let b): "(\(words(a)) \(connective) \(words(b)))"
    case .always(let inner): "always (\(words(inner)))"
    case .eventually(let inner): "eventually (\(words(inner)))"
    case .can(let inner): "can (\(words(inner)))"
    case .until(let a, let b): "(\(words(a)) until \(words(b)))"
    case .leadsTo(let a, let b): "(\(words(a)) leads to \(words(b)))"
    }
  }

  mutating func writeCheck() {
    line("check \(spec.check.name ?? "by default")")
    let check = spec.check
    indented { writer in
      for item in check.properties {
        writer.line("expect \(item.property)\(item.outcome == .fails ? " fails" : "")")
      }
      for item in check.expected { writer.line("expect \(item.builtin.rawValue)") }
      for item in check.allowed.map(\.rawValue).sorted() { writer.line("allow \(item)") }
      for item in check.forbidden.map(\.rawValue).sorted() { writer.line("forbid \(item)") }
      if let states = check.states { writer.line("expect \(states) states") }
      if let transitions = check.transitions {
        writer.line("expect \(transitions) transitions")
      }
    }
  }
}
