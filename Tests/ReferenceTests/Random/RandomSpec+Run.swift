extension RandomSpec {
  /// A `run` body, most often a loop in the end.
  mutating func run(_ place: Surroundings) {
    block("run") { spec in
      var inner = place
      inner.repeats = false
      spec.sequential(spec.number(1...3), &inner)
      if spec.chance(50) { spec.loop(inner) }
    }
  }

  /// Statements of which about half block.
  private mutating func sequential(_ count: Int, _ place: inout Surroundings) {
    for _ in 0..<count {
      if chance(55) {
        blocking(&place)
      } else {
        statement(&place)
      }
    }
  }

  private mutating func sequentialBody(_ place: Surroundings, _ count: ClosedRange<Int>) {
    var inner = place
    inner.depth -= 1
    indented { $0.sequential($0.number(count), &inner) }
  }

  private mutating func loop(_ place: Surroundings) {
    line("loop {")
    var inner = place
    inner.repeats = true
    inner.hasSender = false
    inner.depth -= 1
    indented { spec in
      if spec.chance(30) { spec.statement(&inner) }
      spec.simpleBlocking(&inner)
      spec.sequential(spec.number(0...2), &inner)
    }
    line("}")
  }

  private mutating func blocking(_ place: inout Surroundings) {
    let nested = place.depth > 0 ? 1 : 0
    let kind = pick(
      weights: [
        8, 4 * nested, 3 * nested, 2 * nested, 2 * nested, faults.hasRecovery ? 6 : 1,
      ])
    switch kind {
    case 0: simpleBlocking(&place)
    case 1: receiveBlock(place)
    case 2: either(place)
    case 3: blockingFor(place)
    case 4: blockingWhile(place)
    default: line("checkpoint")
    }
    place.hasSender = place.hasSender && kind == 0
  }

  /// `yield`, `await` or a one-line `receive`.
  private mutating func simpleBlocking(_ place: inout Surroundings) {
    place.hasSender = false
    switch pick(weights: [3, 2, messages.isEmpty ? 0 : 4]) {
    case 0: line("yield")
    case 1: line("await \(condition(place, depth: 1).text)")
    default:
      let idle = chance(25) ? "idle " : ""
      let head = pattern(pick(messages), &place)
      line("\(idle)receive \(head)\(guardText(place, percent: 15))")
    }
  }

  private mutating func receiveBlock(_ place: Surroundings) {
    if messages.isEmpty { return line("yield") }
    block("\(chance(25) ? "idle " : "")receive") { spec in
      for _ in 0..<spec.number(1...2) {
        var inner = place
        inner.hasSender = false
        let head = spec.pattern(spec.pick(spec.messages), &inner)
        spec.line("\(head)\(spec.guardText(inner, percent: 25)) {")
        spec.sequentialBody(inner, 0...2)
        spec.line("}")
      }
      if spec.chance(35) {
        var inner = place
        inner.hasSender = false
        spec.line("timeout {")
        spec.sequentialBody(inner, 0...1)
        spec.line("}")
      }
    }
  }

  private mutating func either(_ place: Surroundings) {
    var inner = place
    inner.hasSender = false
    line("either {")
    sequentialBody(inner, 0...2)
    for _ in 0..<number(1...2) {
      line("} or {")
      sequentialBody(inner, 1...2)
    }
    line("}")
  }

  private mutating func blockingFor(_ place: Surroundings) {
    let walked = walkedExpression(place, depth: 1)
    let binder = Named(text: name("x"), type: walked.element)
    line("for \(binder.text) in \(walked.domain.text) {")
    var inner = place
    inner.hasSender = false
    inner.readable.append(binder)
    sequentialBody(inner, 1...2)
    line("}")
  }

  private mutating func blockingWhile(_ place: Surroundings) {
    var inner = place
    inner.hasSender = false
    inner.repeats = true
    line("while \(condition(inner, depth: 1).text) {")
    inner.depth -= 1
    indented { spec in
      spec.simpleBlocking(&inner)
      spec.sequential(1, &inner)
    }
    line("}")
  }
}
