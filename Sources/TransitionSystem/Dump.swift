/// The whole system as compact text, for `wfcheck dump --stage system` and for tests.
public func dump(_ system: TransitionSystem) -> String {
  var dump = Dump(system)
  dump.writeSystem()
  return dump.lines.joined(separator: "\n") + "\n"
}

private struct Dump {
  let system: TransitionSystem
  var lines: [String] = []

  init(_ system: TransitionSystem) { self.system = system }

  mutating func writeSystem() {
    lines.append("system \(system.name): \(system.layout.bitCount) bits")
    for variable in system.variables {
      let width = variable.slots.reduce(0) { $0 + system.layout.slots[$1.index].width }
      let shape = variable.shape.signature
      lines.append("  \(variable.kind) \(variable.name): \(shape), \(width) bits")
    }
    for (index, channel) in system.channels.enumerated() {
      let cells = (0..<channel.cellCount).map { cell in
        system.layout.slots[channel.entries.index + cell].width
      }
      let width = cells.reduce(0, +)
      lines.append(
        "  \(channel.order) \(index) \(channel.name): \(channel.room) × \(width) bits"
          + (channel.grows ? ", grows" : ""))
    }
    lines.append("initial")
    write(system.initial, 1)
    for action in system.actions { write(action) }
    for property in system.properties {
      lines.append("\(property.kind) \(property.name)")
      write(property.predicate)
    }
    lines.append("waiting")
    write(system.waiting)
    lines.append("undelivered")
    write(system.undelivered)
  }

  private mutating func write(_ action: Action) {
    let fairness = action.fairness == .none ? "" : ", \(action.fairness)"
    lines.append("action \(action.id.index) \(action.label) [\(action.kind)\(fairness)]")
    for predicate in action.guards {
      write(predicate.statements, 1)
      lines.append("  guard \(text(predicate.result))")
    }
    if let trigger = action.trigger {
      lines.append(
        "  trigger \(system.channels[trigger.channel.index].name) at r\(trigger.index.index)"
          + (trigger.candidates == .distinct ? ", distinct" : ""))
    }
    write(action.body, 1)
  }

  private mutating func write(_ predicate: Predicate) {
    write(predicate.statements, 1)
    lines.append("  \(text(predicate.result))")
  }

  private mutating func write(_ statements: [ProgramStatement], _ depth: Int) {
    for statement in statements { write(statement, depth) }
  }

  private mutating func write(_ statement: ProgramStatement, _ depth: Int) {
    let indent = String(repeating: "  ", count: depth)
    switch statement {
    case .if(let condition, let yes, else: let no):
      lines.append("\(indent)if \(text(condition)) {")
      write(yes, depth + 1)
      if !no.isEmpty {
        lines.append("\(indent)} else {")
        write(no, depth + 1)
      }
      lines.append("\(indent)}")
    case .switch(let subject, let cases, default: let other):
      lines.append("\(indent)switch \(text(subject)) {")
      for alternative in cases {
        let values = alternative.values.map { String($0) }.joined(separator: ", ")
        lines.append("\(indent)case \(values):")
        write(alternative.body, depth + 1)
      }
      if !other.isEmpty {
        lines.append("\(indent)default:")
        write(other, depth + 1)
      }
      lines.append("\(indent)}")
    case .while(let condition, let body, _):
      writeLoop("\(indent)while \(text(condition)) {", body, depth)
    case .forRange(let register, from: let lower, through: let upper, let body):
      let range = "\(text(lower))...\(text(upper))"
      writeLoop("\(indent)for r\(register.index) in \(range) {", body, depth)
    case .forBits(let register, in: let mask, let body):
      writeLoop("\(indent)for r\(register.index) in bits \(text(mask)) {", body, depth)
    default: lines.append(indent + simpleText(statement))
    }
  }

  private mutating func writeLoop(_ head: String, _ body: [ProgramStatement], _ depth: Int) {
    lines.append(head)
    write(body, depth + 1)
    lines.append(String(repeating: "  ", count: depth) + "}")
  }

  private func simpleText(_ statement: ProgramStatement) -> String {
    switch statement {
    case .set(let register, let value): return "r\(register.index) = \(text(value))"
    case .setAt(let first, let count, let index, let value):
      return "r\(first.index)[\(text(index)) of \(count)] = \(text(value))"
    case .store(let slot, let value): return "\(name(slot)) = \(text(value))"
    case .storeAt(let first, let stride, let count, let index, let value):
      return "\(name(first))[\(text(index)) of \(count) by \(stride)] = \(text(value))"
    case .clear(let first, let count): return "clear \(name(first)), \(count)"
    case .restore(let first, let count): return "restore \(name(first)), \(count)"
    case .require(let condition): return "require \(text(condition))"
    case .check(let condition, let failure):
      return "check \(text(condition)) // \(system.failures[failure.index].message)"
    case .fail(let failure): return "fail // \(system.failures[failure.index].message)"
    case .break: return "break"
    case .finish: return "finish"
    case .choose(let register, let domain, let choice):
      let info = system.choices[choice.index]
      return "r\(register.index) = \(info.kind) \(info.name) in \(text(domain))"
    case .send(let channel, let cells):
      return "send \(cells.map(text).joined(separator: ", ")) to \(name(channel))"
    case .sendOrDrop(let channel, let cells):
      return "send or drop \(cells.map(text).joined(separator: ", ")) to \(name(channel))"
    case .remove(let channel, at: let index):
      return "remove \(text(index)) from \(name(channel))"
    case .copy(let channel, at: let index): return "copy \(text(index)) in \(name(channel))"
    case .empty(let channel): return "empty \(name(channel))"
    default: return ""
    }
  }

  private func name(_ slot: SlotID) -> String { "`\(system.layout.slots[slot.index].name)`" }
  private func name(_ channel: ChannelID) -> String { "<\(system.channels[channel.index].name)>" }

  private func text(_ domain: ChoiceDomain) -> String {
    switch domain {
    case .range(let lower, let upper): return "\(text(lower))...\(text(upper))"
    case .bits(let mask, let base): return "bits \(text(mask))" + (base == 0 ? "" : " + \(base)")
    }
  }

  private func text(_ expression: ProgramExpression) -> String {
    switch expression {
    case .constant(let value): return String(value)
    case .register(let register): return "r\(register.index)"
    case .registerAt(let first, let count, let index):
      return "r\(first.index)[\(text(index)) of \(count)]"
    case .slot(let slot): return name(slot)
    case .slotAt(let first, let stride, let count, let index):
      return "\(name(first))[\(text(index)) of \(count) by \(stride)]"
    case .unary(let operation, let operand):
      let symbol =
        switch operation {
        case .not: "!"
        case .bitNot: "~"
        case .populationCount: "count "
        case .trailingZeros: "lowest "
        }
      return symbol + operandText(operand)
    case .binary(let operation, let left, let right):
      return "\(operandText(left)) \(symbol(operation)) \(operandText(right))"
    case .checked(.negate, _, let operand, _): return "-?\(operandText(operand))"
    case .checked(let operation, let left, let right, _):
      return "\(operandText(left)) \(symbol(operation)) \(operandText(right))"
    case .conditional(let condition, let yes, let no):
      return "\(operandText(condition)) ? \(operandText(yes)) : \(operandText(no))"
    case .quiescent: return "quiescent"
    case .ask(let question, let first, let count):
      let what =
        switch system.questions[question.index].kind {
        case .clash: "clash"
        case .forces(let number): "forces \(number)"
        }
      return "ask \(what) of \(count) from \(first.index)"
    }
  }

  private func operandText(_ expression: ProgramExpression) -> String {
    switch expression {
    case .binary, .checked, .conditional: "(\(text(expression)))"
    default: text(expression)
    }
  }

  private func symbol(_ operation: ProgramChecked) -> String {
    switch operation {
    case .add: "+?"
    case .subtract: "-?"
    case .multiply: "*?"
    case .divide: "/?"
    case .remainder: "%?"
    case .negate: "-?"
    }
  }

  private func symbol(_ operation: ProgramBinary) -> String {
    switch operation {
    case .addWrapping: "+"
    case .subtractWrapping: "-"
    case .multiplyWrapping: "*"
    case .divideUnchecked: "/"
    case .remainderUnchecked: "%"
    case .equal: "=="
    case .notEqual: "!="
    case .less: "<"
    case .lessEqual: "<="
    case .bitAnd: "&"
    case .bitOr: "|"
    case .bitXor: "^"
    case .bitAndNot: "&~"
    case .shiftLeft: "<<"
    case .shiftRight: ">>"
    case .and: "and"
    case .or: "or"
    }
  }
}
