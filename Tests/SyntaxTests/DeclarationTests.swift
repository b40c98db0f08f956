import Diagnostics
import Syntax
import Testing

private func declaration(_ text: String) throws -> Declaration.Kind {
  #expect(diagnostics(of: text).isEmpty, "\(text)")
  return try #require(tree(of: text).declarations.first).kind
}

private func statements(_ text: String) throws -> [Statement] {
  guard case .agent(let agent) = try declaration("agent A { run { \(text) } }") else { return [] }
  return try #require(agent.rules.first).body
}

@Test func failsBelongsToTheLastName() throws {
  guard case .check(_, let items) = try declaration("check c { expect a, b fails }") else {
    Issue.record("no check")
    return
  }
  #expect(items.map { outline($0.kind) }.map { $0.contains("fails: true") } == [false, true])
}

/// Members stand between commas or on lines of their own, also behind a type that is a name.
@Test func membersMayStandOnLines() throws {
  guard case .enumeration(_, let cases) = try declaration("enum Vote {\n  yes\n  no\n}") else {
    Issue.record("no enum")
    return
  }
  #expect(cases.map(\.text) == ["yes", "no"])
  guard case .record(_, let fields) = try declaration("record Bid {\n  a: Round\n  b: Vote\n}")
  else {
    Issue.record("no record")
    return
  }
  #expect(fields.map(\.name.text) == ["a", "b"])
}

@Test func countsAreOneItem() throws {
  let text = "check c { N = 5; network fifo capacity 2; expect p, 288 states, 1145 transitions }"
  guard case .check(_, let items) = try declaration(text),
    case .counts(let states, let transitions) = items.last?.kind
  else {
    Issue.record("no counts")
    return
  }
  #expect(items.count == 4)
  #expect(states == 288 && transitions == 1145)
}

@Test func inputIsAny() throws {
  let text = "agent A { input x: 0..3 where x > 1; var y: T = any where y < x; var z: T = any }"
  guard case .agent(let agent) = try declaration(text) else { return }
  let filters = agent.variables.map { variable -> Bool? in
    if case .any(let filter) = variable.initializer { filter != nil } else { nil }
  }
  #expect(filters == [true, true, false])
  #expect(agent.variables.map(\.storage) == [.input, .var, .var])
}

@Test func documentationIsTheRunOfLinesAbove() throws {
  let file = tree(
    of: "/// The file.\nworkflow W\n/// not me\n\n// x\n/// One.\n///  Two.\nconst N = 1\n")
  #expect(file.documentation == "The file.")
  #expect(file.declarations.first?.documentation == "One.\n Two.")
}

@Test func branchesMayBeginALine() throws {
  let text = "if a { stop }\nelse if b { stop }\nelse { yield }\neither { yield }\nor { stop }"
  let body = try statements(text)
  #expect(body.count == 2)
}

@Test(arguments: [
  "stop = 1", "loop.x = 2", "yield[1] = 3", "timeout += 1", "idle = receive", "checkpoint = send",
])
func statementWordsCanBeVariables(_ text: String) throws {
  guard case .assign = try #require(statements(text).first).kind else {
    Issue.record("no assignment: \(text)")
    return
  }
}

@Test func receiveForms() throws {
  let text = """
    receive M(x, _, yes, 3) from s: Node when x > 1
    idle receive { M { stop } N() from Node[2] { yield } timeout { stop } }
    """
  let body = try statements(text)
  guard case .receive(let one, nil, false, true) = body.first?.kind,
    case .receive(let two, .some, true, false) = body.last?.kind
  else {
    Issue.record("not the two forms")
    return
  }
  #expect(one.first?.pattern.fields?.count == 4)
  #expect(two.map { $0.pattern.fields == nil } == [true, false])
}

@Test func agentForms() throws {
  let text = """
    environment User {
      durable var done: bool
      on start { }
      on recover { }
      on start() from s { }
      unfair step go when done { }
      step rest { }
      run { loop { yield } }
    }
    """
  guard case .agent(let agent) = try declaration(text) else { return }
  #expect(agent.isEnvironment)
  #expect(agent.rules.count == 6)
}

@Test func aPromptHasDecisionsAndRequirements() throws {
  let text = """
    prompt App "an app" {
      decision api: { rest, graphql } default rest
      decision users: int; require users > 3
    }
    """
  guard case .prompt(let prompt) = try declaration(text) else {
    Issue.record("no prompt")
    return
  }
  #expect(prompt.text == "an app")
  #expect(prompt.decisions.map(\.name.text) == ["api", "users"])
  #expect(prompt.decisions.map { $0.defaultValue == nil } == [false, true])
  #expect(prompt.requirements.count == 1)
}

@Test func claimsHaveDecisionsAndClauses() throws {
  guard case .claims(let own) = try declaration("claims of A { decides a, b; a == b }") else {
    Issue.record("no claims")
    return
  }
  #expect(own.agent.text == "A")
  #expect(own.decided.map(\.text) == ["a", "b"])
  #expect(own.clauses.count == 1)
}

@Test(arguments: ["choreography Review(c: Coder) {\n  c -> r : Patch(rev)\n}"])
func laterPartsAreKeptByName(_ text: String) throws {
  guard case .unsupported(let part) = try declaration(text) else {
    Issue.record("not kept: \(text)")
    return
  }
  #expect(text.hasPrefix(part.keyword))
}

@Test(arguments: ["conforms to Review"])
func laterPropertiesAreKeptByName(_ formula: String) throws {
  guard case .unsupportedProperty(let name, let keyword) = try declaration("property p: \(formula)")
  else {
    Issue.record("not kept: \(formula)")
    return
  }
  #expect(name.text == "p" && formula.hasPrefix(keyword))
}

@Test func valenceIsOfADecision() throws {
  guard
    case .valenceProperty(let name, let decision) = try declaration(
      "property open: valence of n.decided")
  else {
    Issue.record("not a valence property")
    return
  }
  #expect(name.text == "open")
  guard case .member(_, let member) = decision.kind else {
    Issue.record("not a member")
    return
  }
  #expect(member.text == "decided")
}

@Test func everyMistakeIsReportedOnce() {
  let text = """
    workflow W
    const = 3
    agent A {
      var x 0..3
      step a when x = 1 { x = ; x := 2; send M() B }
      on { }
      step b { x = 1 }
    }
    message M(
    property p: always x ==
    check c { expect }
    """
  #expect(codes(of: text) == [202, 233, 221, 201, 223, 229, 202, 205, 201, 202])
}

@Test func messagesAreCapped() {
  let text = "workflow W\n" + String(repeating: "const = 1\n", count: 200)
  #expect(codes(of: text).count == diagnosticsMax + 1)
}
