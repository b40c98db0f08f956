extension RandomSpec {
  /// Statements of a rule; names bound by them are readable behind them.
  mutating func statements(_ count: Int, _ place: inout Surroundings) {
    for _ in 0..<count {
      if hasPrompt, case .agent = place.region, chance(25) {
        commit(place)
      } else {
        statement(&place)
      }
    }
  }

  mutating func statement(_ place: inout Surroundings) {
    var canSend = !messages.isEmpty
    if case .monitor = place.region { canSend = false }
    let nested = place.depth > 0 ? 1 : 0
    let acts = canSend ? 1 : 0
    switch pick(
      weights: [
        9, 2, 1, 4 * nested, 2 * nested, 2 * nested, nested, 6 * (canSend ? 1 : 0), 4 * acts, 1,
        acts,
      ])
    {
    case 0: assignment(place)
    case 1: bindConstant(&place)
    case 2: bindVariable(&place)
    case 3: branch(place)
    case 4: match(place)
    case 5: walk(place)
    case 6: countedWhile(place)
    case 7: send(place)
    case 8: choice(&place)
    case 9: assertion(place)
    default: if chance(25) { line("stop") } else { assignment(place) }
    }
  }

  mutating func assignment(_ place: Surroundings) {
    if place.writable.isEmpty { return bindNothing(place) }
    var target = pick(place.writable)
    while let part = part(of: target, place) { target = part }
    switch target.type {
    case .range(let lower, let upper) where chance(35):
      if chance(75) {
        block("if \(target.text) < \(upper)") { $0.line("\(target.text) += 1") }
      } else {
        line("\(target.text) \(pick(["+=", "-=", "*=", "%="])) \(number(max(1, lower)...2))")
      }
    case .sequence(let element, _) where chance(20):
      block("if size(\(target.text)) > 0") {
        $0.line("\(target.text)[0] = \($0.expression(element, place).text)")
      }
    default: line("\(target.text) = \(expression(target.type, place).text)")
    }
  }

  /// A part that can be assigned by itself, of a variable or of such a part, at times.
  private mutating func part(of whole: Named, _ place: Surroundings) -> Named? {
    switch whole.type {
    case .map(let key, let value) where chance(60):
      return Named(
        text: "\(whole.text)[\(expression(key, place, depth: 1).text)]", type: value)
    case .record(let index) where chance(60):
      let field = pick(records[index].fields)
      return Named(text: "\(whole.text).\(field.text)", type: field.type)
    case .sequence(let element, let capacity) where chance(6):
      return Named(text: "\(whole.text)[\(number(0...capacity - 1))]", type: element)
    default: return nil
    }
  }

  /// Where nothing can be written, something that has no effect.
  private mutating func bindNothing(_ place: Surroundings) {
    line("let \(name("v")) = \(integer(place, depth: 1).text)")
  }

  private mutating func bindConstant(_ place: inout Surroundings) {
    let local = name("v")
    let type = type(depth: 0)
    line("let \(local) = \(concrete(type, place, depth: 1).text)")
    if !type.isRange { place.readable.append(Named(text: local, type: type)) }
  }

  private mutating func bindVariable(_ place: inout Surroundings) {
    let local = Named(text: name("v"), type: type(depth: chance(30) ? 1 : 0))
    line("var \(local.text): \(text(local.type)) = \(expression(local.type, place, depth: 1).text)")
    place.readable.append(local)
    place.writable.append(local)
  }

  private mutating func branch(_ place: Surroundings) {
    line("if \(condition(place, depth: 1).text) {")
    body(place, 1...2)
    if chance(30) {
      line("} else if \(condition(place, depth: 1).text) {")
      body(place, 1...1)
    }
    if chance(50) {
      line("} else {")
      body(place, 0...2)
    }
    line("}")
  }

  /// The statements of a block, with a scope of their own.
  mutating func body(_ place: Surroundings, _ count: ClosedRange<Int>) {
    var inner = place
    inner.depth -= 1
    indented { $0.statements($0.number(count), &inner) }
  }

  private mutating func match(_ place: Surroundings) {
    let subjects = accesses(place).filter { $0.isSafe && !matched($0.type).isEmpty }
    guard !subjects.isEmpty else { return branch(place) }
    let subject = pick(subjects)
    let values = matched(subject.type).shuffled(using: &random)
    var rest = values.prefix(number(1...values.count))
    let isPartial = rest.count < values.count
    block("match \(subject.text)") { spec in
      while !rest.isEmpty {
        let together = rest.prefix(spec.chance(30) ? 2 : 1)
        rest = rest.dropFirst(together.count)
        spec.line("case \(together.joined(separator: ", ")) {")
        spec.body(place, 0...2)
        spec.line("}")
      }
      if isPartial && spec.chance(50) {
        spec.line("else {")
        spec.body(place, 1...1)
        spec.line("}")
      }
    }
  }

  /// The values of a type that are worth a case each.
  private func matched(_ type: SpecType) -> [String] {
    switch type {
    case .bool: ["false", "true"]
    case .enumeration(let index): enumerations[index].cases
    case .range(let lower, let upper) where upper - lower < 4: (lower...upper).map { "\($0)" }
    case .agent(let index):
      agents[index].count.map { (0..<$0).map { "\(agents[index].name)[\($0)]" } } ?? []
    case .optional(let inner):
      matched(inner).isEmpty ? [] : ["none"] + matched(inner)
    default: []
    }
  }

  private mutating func walk(_ place: Surroundings) {
    let walked = walkedExpression(place, depth: 1)
    let binder = Named(text: name("x"), type: walked.element)
    line("for \(binder.text) in \(walked.domain.text) {")
    var inner = place
    inner.readable.append(binder)
    inner.repeats = true
    body(inner, 1...2)
    line("}")
  }

  private mutating func countedWhile(_ place: Surroundings) {
    let counter = name("v")
    let limit = number(1...2)
    line("var \(counter): 0..\(limit) = 0")
    line("while \(counter) < \(limit) {")
    var inner = place
    inner.readable.append(Named(text: counter, type: .range(0, limit)))
    inner.repeats = true
    body(inner, 1...1)
    indented { $0.line("\(counter) += 1") }
    line("}")
  }

  private mutating func choice(_ place: inout Surroundings) {
    let binder = Named(text: name("c"), type: element(place))
    let set = domainExpression(binder.type, place, depth: 1)
    var inner = place
    inner.readable.append(binder)
    let filter = chance(30) ? " where \(condition(inner, depth: 1).text)" : ""
    line("\(pick(choices)) \(binder.text) in \(set.text)\(filter)")
    place.readable.append(binder)
  }

  private mutating func assertion(_ place: Surroundings) {
    let claim = condition(place, depth: 1)
    line("assert \(chance(70) ? "true or \(claim.at(least: .and))" : claim.text)")
  }
}
