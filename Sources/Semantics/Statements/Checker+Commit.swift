import Diagnostics
import Syntax

/// What an expression inside a claim speaks of.
private struct Subjects: OptionSet {
  let rawValue: Int
  /// Variables, locals, `self`, `sender`.
  static let state = Subjects(rawValue: 1)
  /// Decisions and their values, and names that the claim itself binds around it.
  static let prompt = Subjects(rawValue: 2)
}

/// What the protocol puts into a claim, and where, in the order of the text.
private struct ClaimParts {
  var parts: [Commitment.Part] = []
  var values: [TypedExpression] = []
  var places: [(part: Int, span: Span)] = []
}

extension Checker {
  /// `commit claim`: types the parts that read the state, and leaves the rest, which is about the
  /// prompt, as it was written.
  mutating func commit(_ claim: Expression, _ span: Span) -> TypedStatement.Kind? {
    guard case .agent(let agent, _) = region else {
      report(.actsInMonitor("commit", at: span))
      return nil
    }
    guard program.spec.prompt != nil else {
      report(.nothingToCommitTo("commit", at: span))
      return nil
    }
    program.usage.names.formUnion(claim.identifiers)
    guard subjects(claim).contains(.prompt) else {
      report(.claimWithoutDecision(at: claim.span))
      return nil
    }
    let errors = program.errorCount
    var parts = ClaimParts()
    let split = split(claim, bound: [], &parts)
    guard program.errorCount == errors else { return nil }
    let id = CommitmentID(program.spec.commitments.count)
    program.spec.commitments.append(
      Commitment(
        agent: agent, claim: split, parts: parts.parts, texts: texts(claim, parts.places),
        places: parts.places.map(\.part), span: claim.span))
    checkClaimCount(id)
    return .commit(id, parts.values)
  }

  private func checkClaimCount(_ id: CommitmentID) {
    let commitments = program.spec.commitments
    let counts = commitments.map { commitment in
      commitment.parts.reduce(1) { saturating($0, times: spec.cardinality(of: $1.type)) }
    }
    let total = counts.reduce(0) { saturating($0, plus: $1) }
    guard total > committedClaimsMax, total - counts[id.index] <= committedClaimsMax else { return }
    report(.tooManyClaims(counts[id.index], total, at: commitments[id.index].span))
  }

  // MARK: Parts

  private mutating func split(
    _ expression: Expression, bound: Set<String>,
    _ parts: inout ClaimParts
  ) -> Expression {
    let found = subjects(expression, bound: bound)
    guard found.contains(.state) else { return expression }
    if found == .state, !expression.isPlainArithmetic {
      return part(expression, &parts).map { Expression(.name($0), expression.span) } ?? expression
    }
    var inner: [(Expression, Set<String>)] = []
    _ = expression.rebuilt { part, binders in
      inner.append((part, bound.union(binders)))
      return part
    }
    var rebuilt: [Expression] = []
    for (part, bound) in inner { rebuilt.append(split(part, bound: bound, &parts)) }
    var place = 0
    return expression.rebuilt { _, _ in
      defer { place += 1 }
      return rebuilt[place]
    }
  }

  /// The name that stands for a part; equal ones stand for one.
  private mutating func part(_ expression: Expression, _ parts: inout ClaimParts) -> String? {
    let text = words(expression.span)
    if let known = parts.parts.firstIndex(where: { words($0.span) == text }) {
      parts.places.append((known, expression.span))
      return parts.parts[known].name
    }
    guard let value = infer(expression) else { return nil }
    guard value.type.isScalarOfDecisions || value.type.element?.isScalarOfDecisions ?? false,
      value.type.isSetOrScalar
    else {
      report(.notInClaim(spec.text(of: value.type), at: expression.span))
      return nil
    }
    let part = Commitment.Part(
      name: "#\(parts.parts.count)", type: value.type, span: expression.span)
    parts.places.append((parts.parts.count, expression.span))
    parts.parts.append(part)
    parts.values.append(value)
    return part.name
  }

  private func words(_ span: Span) -> String {
    program.sources.text(of: span).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The claim as it was written, cut where its parts stand.
  private func texts(_ claim: Expression, _ places: [(part: Int, span: Span)]) -> [String] {
    var texts: [String] = []
    var start = claim.span.start
    for place in places {
      let piece = Span(file: claim.span.file, start: start, end: place.span.start)
      texts.append(oneLine(piece))
      start = place.span.end
    }
    texts.append(oneLine(Span(file: claim.span.file, start: start, end: claim.span.end)))
    return texts
  }

  /// The text with each run of white space as one blank.
  private func oneLine(_ span: Span) -> String {
    var result = ""
    for character in program.sources.text(of: span) {
      if !character.isWhitespace {
        result.append(character)
      } else if result.last != " " {
        result.append(" ")
      }
    }
    return result
  }

  // MARK: Names

  /// What the names in an expression stand for; `bound` are those of binders around it, `own` of
  /// binders in it.
  private func subjects(
    _ expression: Expression, bound: Set<String> = [], own: Set<String> = []
  ) -> Subjects {
    if case .name(let name) = expression.kind {
      return subjects(name, bound, own, expression.span)
    }
    var found: Subjects = []
    _ = expression.rebuilt { part, binders in
      found.formUnion(subjects(part, bound: bound, own: own.union(binders)))
      return part
    }
    return found
  }

  private func subjects(
    _ name: String, _ bound: Set<String>, _ own: Set<String>, _ span: Span
  ) -> Subjects {
    if own.contains(name) { return [] }
    if bound.contains(name) { return .prompt }
    let isDecision = program.decisionNames.contains(name)
    if readsState(name) {
      if isDecision { report(.decisionIsShadowed(name, at: span)) }
      return isDecision ? [.state, .prompt] : .state
    }
    return isDecision || program.decisionValues.contains(name) ? .prompt : []
  }

  private func readsState(_ name: String) -> Bool {
    if let entry = scope[name] {
      if case .local = entry.binding { return true }
      return false
    }
    if name == "self" || name == "sender" || ownVariable(name) != nil { return true }
    switch program.symbols[name]?.kind {
    case .shared, .agent: return true
    default: return false
    }
  }
}

extension Expression {
  /// Whether it means the same to a prompt, so that what its operands are is enough: of a product,
  /// say, far fewer values are possible than its range has.
  fileprivate var isPlainArithmetic: Bool {
    switch kind {
    case .unary(.negate, _), .binary(.add, _, _), .binary(.subtract, _, _),
      .binary(.multiply, _, _):
      true
    default: false
    }
  }
}

extension Type {
  fileprivate var isScalarOfDecisions: Bool {
    switch self {
    case .bool, .integer, .enumeration: true
    default: false
    }
  }

  fileprivate var isSetOrScalar: Bool {
    switch self {
    case .set: true
    default: isScalarOfDecisions
    }
  }
}

extension Program {
  var decisionNames: Set<String> { Set(spec.prompt?.decisions.map(\.name.text) ?? []) }

  /// The values of enumerations that are written in decisions, and no names of anything else.
  var decisionValues: Set<String> {
    var names: Set<String> = []
    for decision in spec.prompt?.decisions ?? [] { names.formUnion(decision.type.values) }
    return names.filter { symbols[$0] == nil }
  }

  /// Notes the prompt, and that it uses what it mentions.
  func declare(_ prompt: PromptSyntax) {
    if spec.prompt == nil { spec.prompt = prompt }
    for decision in prompt.decisions {
      usage.names.formUnion(decision.type.identifiers)
      usage.names.formUnion(decision.defaultValue?.identifiers ?? [])
    }
    for requirement in prompt.requirements { usage.names.formUnion(requirement.identifiers) }
  }
}

extension TypeSyntax {
  fileprivate var values: [String] {
    switch kind {
    case .enumeration(let names): names.map(\.text)
    case .named, .range: []
    case .optional(let inner), .set(let inner), .sequence(let inner, _): inner.values
    case .map(let key, let value): key.values + value.values
    }
  }
}
