extension RandomSpec {
  /// Writes the whole spec.
  mutating func write() {
    line("workflow Random")
    constantDeclarations()
    if hasPrompt { prompt() }
    nameAgents()
    recordDeclarations()
    messageDeclarations()
    network()
    faultDeclaration()
    sharedVariables()
    functionDeclarations()
    for index in agents.indices { agent(index) }
    if chance(40) { for _ in 0..<(chance(25) ? 2 : 1) { monitor() } }
    properties()
  }

  private mutating func constantDeclarations() {
    for _ in 0..<number(1...2) {
      let cases = (0..<number(2...3)).map { _ in name("e") }
      enumerations.append(Enumeration(name: name("E"), cases: cases))
      line("enum \(enumerations[enumerations.count - 1].name) { \(cases.joined(separator: ", ")) }")
    }
    if chance(25) {
      let limit = number(1...3)
      let parameter = Named(text: name("P"), type: .range(0, limit))
      line("param \(parameter.text): 0..\(limit) = \(number(0...limit))")
      constants.append(parameter)
    }
    if chance(15) {
      let value = number(0...2)
      let constant = Named(text: name("C"), type: .range(0, value))
      line("const \(constant.text) = \(value)")
      constants.append(constant)
    }
  }

  private mutating func nameAgents() {
    let count = 1 + pick(weights: [3, 5, 2])
    for index in 0..<count {
      let members = pick(weights: [6, 4, count < 3 ? 1 : 0])
      agents.append(
        Agent(
          name: ["Ann", "Bob", "Cid"][index], count: members == 0 ? nil : members + 1,
          isEnvironment: index > 0 && chance(15)))
    }
  }

  private mutating func recordDeclarations() {
    guard chance(35) else { return }
    for _ in 0..<(chance(30) ? 2 : 1) {
      let fields = (0..<number(1...2)).map { _ in
        Named(text: name("f"), type: type(depth: chance(35) ? 1 : 0))
      }
      let record = Record(name: name("R"), fields: fields)
      let text = fields.map { "\($0.text): \(self.text($0.type))" }.joined(separator: ", ")
      line("record \(record.name) { \(text) }")
      records.append(record)
    }
  }

  private mutating func messageDeclarations() {
    for _ in 0..<pick(weights: [1, 5, 3, 1]) {
      let fields = (0..<pick(weights: [3, 5, 2])).map { _ in
        Named(text: name("f"), type: type(depth: chance(30) ? 1 : 0))
      }.filter { cardinality($0.type) <= 20 }
      let receivers = agents.indices.filter { _ in chance(50) }
      let message = MessageType(
        name: name("M"), fields: fields, isFIFO: chance(15),
        receivers: receivers.isEmpty ? [number(0...agents.count - 1)] : receivers)
      let text = fields.map { "\($0.text): \(self.text($0.type))" }.joined(separator: ", ")
      line("message \(message.name)(\(text))\(message.isFIFO ? " fifo" : "")")
      messages.append(message)
    }
  }

  private mutating func network() {
    hasCapacity = chance(65)
    let capacity = hasCapacity ? " capacity \(chance(65) ? 1 : 2)" : ""
    let isFIFO = chance(50)
    if isFIFO || hasCapacity || chance(30) {
      line("network \(isFIFO ? "fifo" : "unordered")\(capacity)")
    }
  }

  private mutating func sharedVariables() {
    if !hasCapacity { line("shared var fuel: 0..2 = 0") }
    var place = Surroundings(region: .initializer)
    place.readable = constants
    for _ in 0..<pick(weights: [3, 4, 2]) {
      let variable = Named(text: name("g"), type: type())
      line("shared var \(variable.text): \(text(variable.type))\(initializer(variable, place))")
      place.readable.append(variable)
      shared.append(variable)
    }
  }

  private mutating func functionDeclarations() {
    guard chance(30) else { return }
    for _ in 0..<(chance(30) ? 2 : 1) { function() }
  }

  private mutating func function() {
    var place = Surroundings(region: .function)
    place.readable = constants
    let parameters = (0..<number(1...2)).map { _ in
      Named(text: name("p"), type: type(depth: 0))
    }
    place.readable += parameters
    let function = FunctionType(
      name: name("f"), parameters: parameters.map(\.type), result: type(depth: 0))
    let list = parameters.map { "\($0.text): \(text($0.type))" }.joined(separator: ", ")
    let body = expression(function.result, place)
    line("function \(function.name)(\(list)) -> \(text(function.result)) = \(body.text)")
    functions.append(function)
  }

  private mutating func properties() {
    var place = Surroundings(region: .property)
    place.readable = constants + shared + foreignNames(except: nil) + monitored
    for agent in agents {
      let head = agent.count == nil ? agent.name : "\(agent.name)[0]"
      let status = pick(["crashed", "stopped", "byzantine"])
      place.readable.append(Named(text: "\(head).\(status)", type: .bool))
    }
    place.readable.append(Named(text: "quiescent", type: .bool))
    for decision in decisions {
      place.readable.append(Named(text: "determined(\(decision.name))", type: .bool))
      place.readable.append(Named(text: "coherent", type: .bool))
    }
    for message in messages {
      place.readable.append(Named(text: "(\(message.name) in flight)", type: .bool))
    }
    for index in 0..<number(2...4) {
      let claim = condition(place, depth: 3)
      let word = index == 0 || chance(60) ? "always" : "can"
      let text = claim.at(least: .iff)
      line("property p\(index): \(word) \(text.hasPrefix("-") ? "(\(text))" : text)")
    }
    for index in 0..<formulaCount { line("property f\(index): \(formula(place))") }
    if hasPrompt { line("property oneProgram: always coherent") }
  }
}
