extension RandomSpec {
  mutating func agent(_ index: Int) {
    let agent = agents[index]
    let count = agent.count.map { "[\($0)]" } ?? ""
    block("\(agent.isEnvironment ? "environment" : "agent") \(agent.name)\(count)") { spec in
      var place = Surroundings(region: .initializer)
      place.readable = spec.constants + spec.shared
      for _ in 0..<spec.pick(weights: [1, 4, 3]) {
        let variable = spec.variable(owner: index, place)
        place.readable.append(variable)
        spec.agents[index].variables.append(variable)
      }
      spec.rules(index)
    }
  }

  private mutating func variable(owner: Int, _ place: Surroundings) -> Named {
    let variable = Named(text: name("a"), type: type())
    let isSmall = cardinality(variable.type) <= 3
    if isSmall && chance(7) {
      var inner = Surroundings(region: .initializer)
      inner.readable = constants + [variable]
      let filter = chance(30) ? " where \(condition(inner, depth: 1).text)" : ""
      line("input \(variable.text): \(text(variable.type))\(filter)")
      inputs.insert(variable.text)
      return variable
    }
    let word = faults.hasRecovery && chance(35) ? "durable var" : "var"
    line("\(word) \(variable.text): \(text(variable.type))\(initializer(variable, place))")
    return variable
  }

  /// ` = e`, ` = any where p`, or nothing where there is a default.
  mutating func initializer(_ variable: Named, _ place: Surroundings) -> String {
    if hasDefault(variable.type) && chance(35) { return "" }
    let values = cardinality(variable.type)
    if values <= 4 && chance(10) { return " = any" }
    if values <= 9 && chance(7) {
      var inner = place
      inner.readable.append(variable)
      return " = any where \(condition(inner, depth: 1).text)"
    }
    if chance(6) { return " = \(expression(variable.type, place, depth: 1).text)" }
    return " = \(literal(variable.type).text)"
  }

  private mutating func rules(_ index: Int) {
    var place = Surroundings(region: .agent(index))
    place.readable = constants + shared + agents[index].variables
    place.writable = (shared + agents[index].variables).filter { !inputs.contains($0.text) }
    if readsEverything(place) { place.readable += foreignNames(except: index) }
    place.readable.removeAll { $0.text == "fuel" }
    place.writable.removeAll { $0.text == "fuel" }
    if chance(55) {
      var inner = place
      inner.repeats = false
      rule("on start", inner, 1...2, sends: 70)
    }
    if faults.hasRecovery && chance(40) { rule("on recover", place, 0...2, sends: 20) }
    for message in messages where message.receivers.contains(index) {
      for _ in 0..<(chance(80) ? 1 : 2) { handler(message, place) }
    }
    for _ in 0..<pick(weights: [1, 4, 2]) {
      let heading = "\(chance(10) ? "unfair " : "")step \(name("go"))"
      rule("\(heading)\(guardText(place, percent: 75))", place, 1...2, sends: 30)
    }
    if chance(55) { run(place) }
  }

  private mutating func handler(_ message: MessageType, _ place: Surroundings) {
    var inner = place
    inner.repeats = faults.hasByzantine || chance(60)
    let head = pattern(message, &inner)
    rule("on \(head)\(guardText(inner, percent: 30))", inner, 0...2, sends: 30)
  }

  private mutating func rule(
    _ heading: String, _ place: Surroundings, _ count: ClosedRange<Int>, sends: Int
  ) {
    block(heading) { spec in
      var inner = place
      spec.statements(spec.number(count), &inner)
      if !spec.messages.isEmpty && spec.chance(sends) { spec.send(inner) }
    }
  }

  /// The variables of the single agents and first members of families, by name.
  func foreignNames(except own: Int?) -> [Named] {
    agents.enumerated().filter { $0.offset != own }.flatMap { _, agent in
      let head = agent.count == nil ? agent.name : "\(agent.name)[0]"
      return agent.variables.map { Named(text: "\(head).\($0.text)", type: $0.type) }
    }
  }
}
