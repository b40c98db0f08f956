import Diagnostics
import Syntax

extension Program {
  /// Resolves what the checks expect; the one in force becomes the spec's.
  func checkExpectations() {
    for check in declared.checks {
      let typed = typed(check)
      if check.name.text == configuration.check { spec.check = typed }
    }
    if configuration.check == nil {
      spec.check = Check(
        name: nil,
        properties: declared.properties.map { ($0.name.text, Check.Outcome.holds, $0.name.span) },
        expected: [], allowed: [], forbidden: [], states: nil, transitions: nil, span: nil)
    }
  }

  private func typed(_ check: Declared.Check) -> Check {
    var list = ExpectationList()
    for item in check.items { add(item, to: &list) }
    return Check(
      name: check.name.text, properties: list.properties, expected: list.expected,
      allowed: list.allowed, forbidden: list.forbidden, states: list.states,
      transitions: list.transitions, span: check.name.span)
  }

  private func add(_ item: CheckItemSyntax, to list: inout ExpectationList) {
    switch item.kind {
    case .set, .faults, .network: break
    case .expect(let name, let fails): addExpectation(name, fails, item.span, &list)
    case .counts(let states, let transitions):
      if let earlier = list.countSpan { report(.secondBlock("count", at: item.span, earlier)) }
      list.countSpan = item.span
      list.states = states
      list.transitions = transitions
    case .allow(let name):
      guard let builtin = builtin(name) else { return }
      if note("allow", name, &list) { list.allowed.insert(builtin) }
    case .forbid(let name):
      guard let builtin = builtin(name) else { return }
      if note("forbid", name, &list) { list.forbidden.insert(builtin) }
    }
  }

  private func addExpectation(
    _ name: Name, _ fails: Bool, _ span: Span, _ list: inout ExpectationList
  ) {
    if let builtin = BuiltinCheck(rawValue: name.text) {
      if fails {
        report(.builtinFails(name, at: span))
      } else if note("expect", name, &list) {
        list.expected.append((builtin, span))
      }
      return
    }
    guard declared.properties.contains(where: { $0.name.text == name.text }) else {
      let names = declared.properties.map(\.name.text) + BuiltinCheck.allCases.map(\.rawValue)
      report(.unknownProperty(name, suggestion: closest(to: name.text, among: names)))
      return
    }
    if note(fails ? "expect fails" : "expect", name, &list) {
      list.properties.append((name.text, fails ? .fails : .holds, span))
    }
  }

  private func builtin(_ name: Name) -> BuiltinCheck? {
    if let builtin = BuiltinCheck(rawValue: name.text) { return builtin }
    let isProperty = declared.properties.contains { $0.name.text == name.text }
    let names = BuiltinCheck.allCases.map(\.rawValue)
    report(
      .notABuiltin(name, isProperty: isProperty, suggestion: closest(to: name.text, among: names)))
    return nil
  }

  /// Whether something is said for the first time about a name; reports what is said twice or
  /// contradicts what was said before.
  private func note(_ word: String, _ name: Name, _ list: inout ExpectationList) -> Bool {
    guard let earlier = list.said[name.text] else {
      list.said[name.text] = (word, name.span)
      return true
    }
    report(
      earlier.word == word
        ? .repeatedExpectation(name, earlier: earlier.span)
        : .contradictoryExpectation(name, earlier: earlier.span))
    return false
  }
}

/// What a check says, while its lines are read.
private struct ExpectationList {
  var properties: [(property: String, outcome: Check.Outcome, span: Span)] = []
  var expected: [(builtin: BuiltinCheck, span: Span)] = []
  var allowed: Set<BuiltinCheck> = []
  var forbidden: Set<BuiltinCheck> = []
  var states: Int?
  var transitions: Int?
  var countSpan: Span?
  var said: [String: (word: String, span: Span)] = [:]
}
