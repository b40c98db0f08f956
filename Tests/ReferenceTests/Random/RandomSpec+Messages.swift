extension RandomSpec {
  /// A `send` that cannot fill the network without end, most of the time.
  mutating func send(_ place: Surroundings) {
    let message = pick(messages)
    let arguments = message.fields.map { expression($0.type, place, depth: 1).text }
    let text =
      "send \(message.name)(\(arguments.joined(separator: ", "))) to "
      + target(message, place)
    let isLimited = hasCapacity || !place.repeats && chance(90) || chance(4)
    if isLimited { return line(text) }
    block("if fuel < 2") {
      $0.line("fuel += 1")
      $0.line(text)
    }
  }

  private mutating func target(_ message: MessageType, _ place: Surroundings) -> String {
    let receiver = pick(message.receivers)
    let known = accesses(place).filter {
      $0.isSafe && (place.hasSender && $0.type == .anyAgent || $0.type == .agent(receiver))
    }
    if !known.isEmpty && chance(35) { return pick(known).text }
    switch pick(weights: [7, 2, 1, 1]) {
    case 1 where agents[receiver].count != nil: return agents[receiver].name
    case 2:
      return "{\(identity(receiver).text), \(identity(number(0...agents.count - 1)).text)}"
    case 3 where agents[receiver].count != nil:
      return "\(agents[receiver].name) minus {\(leaf(.agent(receiver), place).text)}"
    default: return identity(receiver).text
    }
  }

  /// `M(x, _, 1) from s`, with the names it binds; the guard is to follow.
  mutating func pattern(
    _ message: MessageType, _ place: inout Surroundings, isOwnMessage: Bool = true
  ) -> String {
    let outer = place
    place.hasSender = true
    if chance(6) { return "\(message.name)\(origin(&place))" }
    var fields: [String] = []
    for field in message.fields {
      switch pick(weights: [6, 2, 2]) {
      case 0:
        let binder = Named(text: name("m"), type: field.type)
        place.readable.append(binder)
        fields.append(binder.text)
      case 1: fields.append("_")
      default: fields.append(constantPattern(field.type, outer))
      }
    }
    return "\(message.name)(\(fields.joined(separator: ", ")))\(origin(&place))"
  }

  /// A value that the field must have: a literal, or an expression that is no name.
  mutating func constantPattern(_ type: SpecType, _ place: Surroundings) -> String {
    if chance(20) {
      let term = concrete(type, place, depth: 1)
      if term.level >= .sum, term.text.contains(where: " (".contains) { return term.text }
    }
    return switch type {
    case .bool, .range, .enumeration, .agent: literal(type).text
    case .optional: "none"
    default: "_"
    }
  }

  private mutating func origin(_ place: inout Surroundings) -> String {
    switch pick(weights: [6, 3, 2, 1]) {
    case 1:
      let binder = Named(text: name("s"), type: .anyAgent)
      place.readable.append(binder)
      return " from \(binder.text)"
    case 2:
      let index = number(0...agents.count - 1)
      let binder = Named(text: name("s"), type: .agent(index))
      place.readable.append(binder)
      return " from \(binder.text): \(agents[index].name)"
    case 3: return " from \(identity(number(0...agents.count - 1)).text)"
    default: return ""
    }
  }

  /// ` when g`, at times.
  mutating func guardText(_ place: Surroundings, percent: Int) -> String {
    chance(percent) ? " when \(condition(place, depth: 1).text)" : ""
  }
}
