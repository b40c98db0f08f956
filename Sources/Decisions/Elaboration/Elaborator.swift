import Diagnostics
import Syntax

/// The meaning of prompts and claims: names, types, and each clause as a term without quantifiers.
///
/// A clause of decisions is a formula of logic, not code that runs: integers have no bounds but
/// those of a declared range, no evaluation fails, and quantifiers run over finite types, so that
/// they can be written out.
final class Elaborator {
  let sources: SourceSet
  var model = PromptModel()
  var diagnostics: [Diagnostic] = []

  var decisions: [String: Int] = [:]
  var shapes: [Shape] = []
  /// Decisions whose type is wrong: nothing more is said of clauses that mention them.
  var untyped: Set<Int> = []
  /// Where each decision is said to be some agent's.
  var decided: [Int: Span] = [:]
  var definitions: [String: Definition] = [:]
  var records: [(name: String, fields: [(name: String, shape: Shape)])] = []
  /// Names of binders and parameters, innermost last.
  var scope: [(name: String, value: ShapedTerm)] = []
  /// How many definitions are open: they may not go round in circles.
  var depth = 0
  /// How many terms the clause at hand may still become.
  var budget = termCountMax

  /// What a name of the file scope stands for.
  enum Definition {
    case value(Expression, as: TypeSyntax?)
    case type(TypeSyntax)
    case enumeration(Int)
    case record([FieldSyntax])
    case function([FieldSyntax], result: TypeSyntax, Expression)
  }

  init(_ sources: SourceSet) { self.sources = sources }

  func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  func refuse(_ diagnostic: Diagnostic) -> ShapedTerm? {
    report(diagnostic)
    return nil
  }
}

/// Larger clauses than these are a mistake; the solver would not return either.
let termCountMax = 200_000

/// The most values of a set's elements, of a map's keys and of what a quantifier runs over.
let domainCountMax: Int64 = 256

/// The prompt and the claims in files; nil where one of them is wrong.
///
/// Requires: each file once. Other declarations of the files are used where clauses mention them
/// (constants, types, functions), and left alone otherwise.
public func elaborate(
  _ files: [FileSyntax], in sources: SourceSet
) -> (model: PromptModel?, diagnostics: [Diagnostic]) {
  let elaborator = Elaborator(sources)
  elaborator.run(files)
  let isWrong = elaborator.diagnostics.contains { $0.severity == .error }
  return (isWrong ? nil : elaborator.model, elaborator.diagnostics)
}

/// The prompt in files for parameters that may have other values than their defaults, and the
/// meaning of open claims about it; nil where one of them is wrong.
public func elaborate(
  _ files: [FileSyntax], in sources: SourceSet, parameters: [(name: String, value: String)],
  claims: [OpenClaim]
) -> (model: PromptModel?, claims: [ClaimTerm], diagnostics: [Diagnostic]) {
  let elaborator = Elaborator(sources)
  elaborator.run(files, Dictionary(parameters.map { ($0.name, $0.value) }) { $1 })
  let terms = claims.compactMap { elaborator.claimTerm($0) }
  let isWrong = elaborator.diagnostics.contains { $0.severity == .error }
  return (isWrong ? nil : elaborator.model, terms, elaborator.diagnostics)
}

extension Elaborator {
  fileprivate func run(_ files: [FileSyntax], _ parameters: [String: String] = [:]) {
    var prompts: [PromptSyntax] = []
    var claims: [ClaimsSyntax] = []
    for declaration in files.flatMap(\.declarations) {
      switch declaration.kind {
      case .prompt(let prompt): prompts.append(prompt)
      case .claims(let own): claims.append(own)
      default: define(declaration.kind, parameters)
      }
    }
    guard let prompt = prompts.first else { return report(.noPrompt(claims.first?.agent)) }
    for other in prompts.dropFirst() {
      report(.secondPrompt(other.name, earlier: prompt.name))
    }
    model.name = prompt.name.text
    for decision in prompt.decisions { declare(decision) }
    for (index, decision) in prompt.decisions.enumerated() { setDefault(of: decision, index) }
    for requirement in prompt.requirements { addClause(requirement, agent: nil) }
    for own in claims { addOwner(own) }
    for own in claims {
      let agent = agent(own.agent.text)
      for clause in own.clauses { addClause(clause, agent: agent) }
    }
  }

  private func define(_ kind: Declaration.Kind, _ parameters: [String: String]) {
    switch kind {
    case .parameter(let name, let type, let value):
      let given = parameters[name.text].map { Expression(literal($0), value.span) }
      definitions[name.text] = .value(given ?? value, as: type)
    case .constant(let name, let value): definitions[name.text] = .value(value, as: nil)
    case .type(let name, let type): definitions[name.text] = .type(type)
    case .enumeration(let name, let cases):
      definitions[name.text] = .enumeration(enumeration(name.text, cases.map(\.text)))
    case .record(let name, let fields): definitions[name.text] = .record(fields)
    case .function(let name, let fields, let result, let body):
      definitions[name.text] = .function(fields, result: result, body)
    default: break
    }
  }

  /// The value of a parameter, which is a number, a bool or a case.
  private func literal(_ text: String) -> Expression.Kind {
    if let number = Int64(text) { return .integer(number) }
    return Bool(text).map { .boolean($0) } ?? .name(text)
  }

  /// The index of an enumeration; those without a name are one where their cases are the same.
  func enumeration(_ name: String?, _ cases: [String]) -> Int {
    let wanted = Enumeration(name: name, cases: cases)
    if let known = model.enumerations.firstIndex(of: wanted) { return known }
    model.enumerations.append(wanted)
    return model.enumerations.count - 1
  }

  private func agent(_ name: String) -> Int {
    if let known = model.agents.firstIndex(of: name) { return known }
    model.agents.append(name)
    return model.agents.count - 1
  }

  // MARK: Decisions

  private func declare(_ syntax: DecisionSyntax) {
    if let earlier = decisions[syntax.name.text] {
      report(.secondDecision(syntax.name, earlier: model.decisions[earlier].span))
      return
    }
    let index = model.decisions.count
    decisions[syntax.name.text] = index
    let known = shape(syntax.type)
    if known == nil { untyped.insert(index) }
    let shape = known ?? .bool
    shapes.append(shape)
    let first = model.leaves.count
    addLeaves(syntax.name.text, shape, of: index)
    model.decisions.append(
      Decision(
        name: syntax.name.text, span: syntax.name.span,
        leaves: (first..<model.leaves.count).map(LeafID.init), isDefault: nil))
  }

  private func addLeaves(_ name: String, _ shape: Shape, of decision: Int) {
    switch shape {
    case .scalar(let sort): model.leaves.append(Leaf(name: name, sort: sort, decision: decision))
    case .set(let sort):
      for element in elements(sort) {
        let text = text(of: element, sort)
        model.leaves.append(Leaf(name: "\(name) has \(text)", sort: .bool, decision: decision))
      }
    case .record(let index):
      for field in records[index].fields {
        addLeaves("\(name).\(field.name)", field.shape, of: decision)
      }
    case .map(let key, let value):
      for element in elements(key) {
        addLeaves("\(name)[\(text(of: element, key))]", value, of: decision)
      }
    }
  }

  private func text(of element: Term, _ sort: ScalarSort) -> String {
    switch element {
    case .bool(let value): model.text(of: .bool(value), sort)
    case .integer(let value): model.text(of: .number(String(value)), sort)
    default: ""
    }
  }

  /// All values of a sort in order; none if it has no bounds.
  func elements(_ sort: ScalarSort) -> [Term] {
    if case .bool = sort { return [.bool(false), .bool(true)] }
    return model.bounds(sort).map { $0.map { Term.integer($0) } } ?? []
  }

  func decisionValue(_ index: Int) -> ShapedTerm {
    ShapedTerm(shapes[index], model.decisions[index].leaves.map { .leaf($0) })
  }

  private func setDefault(of syntax: DecisionSyntax, _ index: Int) {
    guard let expression = syntax.defaultValue, decisions[syntax.name.text] == index,
      !untyped.contains(index)
    else { return }
    budget = termCountMax
    guard let value = check(expression, as: shapes[index], "the default") else { return }
    guard value.terms.allSatisfy({ $0.leaves.isEmpty }) else {
      return report(.defaultNotConstant(at: expression.span))
    }
    let decision = model.decisions[index]
    let isOutside = zip(decision.leaves, value.terms).contains { leaf, term in
      guard let number = term.integerValue, let bounds = model.bounds(model.leaves[leaf.index].sort)
      else { return false }
      return !bounds.contains(number)
    }
    if isOutside {
      return report(.defaultOutside(text(of: shapes[index]), at: expression.span))
    }
    let equalities = zip(decision.leaves, value.terms).map { Term.equality(.leaf($0), $1) }
    model.decisions[index] = Decision(
      name: decision.name, span: decision.span, leaves: decision.leaves,
      isDefault: .conjunction(equalities))
  }

  // MARK: Clauses

  private func addOwner(_ claims: ClaimsSyntax) {
    let agent = agent(claims.agent.text)
    for name in claims.decided {
      guard let index = decisions[name.text] else {
        report(.unknownDecision(name, suggestion: closest(to: name.text, among: decisions.keys)))
        continue
      }
      if let owner = model.decisions[index].owner, owner != agent {
        report(.secondOwner(name, owner: model.agents[owner], decided[index] ?? name.span))
      }
      model.decisions[index].owner = agent
      decided[index] = name.span
    }
  }

  private func addClause(_ expression: Expression, agent: Int?) {
    budget = termCountMax
    let role = agent == nil ? "what a prompt requires" : "a claim"
    guard let value = check(expression, as: .bool, role) else { return }
    let words = sources.text(of: expression.span).split(whereSeparator: \.isWhitespace)
    model.clauses.append(
      Clause(
        agent: agent, term: value.terms[0], text: words.joined(separator: " "),
        span: expression.span))
  }
}
