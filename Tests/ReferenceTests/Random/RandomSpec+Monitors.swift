extension RandomSpec {
  mutating func monitor() {
    let monitor = name("Mon")
    var place = Surroundings(region: .monitor)
    place.readable = constants + shared + foreignNames(except: nil) + monitored
    place.readable.removeAll { $0.text == "fuel" }
    block("monitor \(monitor)") { spec in
      for _ in 0..<spec.number(1...2) {
        let variable = Named(text: spec.name("w"), type: spec.type())
        var before = Surroundings(region: .initializer)
        before.readable = spec.constants
        let initial = spec.initializer(variable, before)
        spec.line("var \(variable.text): \(spec.text(variable.type))\(initial)")
        place.readable.append(variable)
        place.writable.append(variable)
        spec.monitored.append(Named(text: "\(monitor).\(variable.text)", type: variable.type))
      }
      for _ in 0..<spec.number(1...3) { spec.monitorRule(place) }
    }
  }

  private mutating func monitorRule(_ place: Surroundings) {
    var inner = place
    inner.depth = 1
    var event = ""
    if faults.hasCrash && chance(30) || messages.isEmpty {
      event = "crash of \(party(&inner))"
    } else {
      let message = pick(messages)
      let isSent = chance(55)
      let fields = chance(8) ? "" : "(\(fields(message, &inner)))"
      event = "\(isSent ? "sent" : "received") \(message.name)\(fields)"
      if chance(40) { event += " \(isSent ? "from" : "by") \(party(&inner))" }
      if chance(40) { event += " \(isSent ? "to" : "from") \(party(&inner))" }
    }
    block("on \(event)\(guardText(inner, percent: 25))") { spec in
      spec.statements(spec.number(1...2), &inner)
    }
  }

  private mutating func fields(_ message: MessageType, _ place: inout Surroundings) -> String {
    message.fields.map { field in
      if chance(30) { return "_" }
      if chance(15) { return constantPattern(field.type, Surroundings(region: .monitor)) }
      let binder = Named(text: name("m"), type: field.type)
      place.readable.append(binder)
      return binder.text
    }.joined(separator: ", ")
  }

  private mutating func party(_ place: inout Surroundings) -> String {
    let index = number(0...agents.count - 1)
    switch number(0...3) {
    case 0: return agents[index].name
    case 1: return identity(index).text
    case 2:
      let binder = Named(text: name("s"), type: .agent(index))
      place.readable.append(binder)
      return "\(binder.text): \(agents[index].name)"
    default:
      let binder = Named(text: name("s"), type: .anyAgent)
      place.readable.append(binder)
      return binder.text
    }
  }
}
