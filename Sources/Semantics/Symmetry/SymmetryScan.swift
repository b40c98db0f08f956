import Diagnostics
import Syntax

/// Looks through a spec for what tells the members of one family apart; the first find counts.
struct SymmetryScan {
  let spec: TypedSpec
  let family: Range<Int>
  private(set) var obstacle: SymmetryObstacle?
  /// Functions that were looked at.
  private var visited: Set<FunctionID> = []

  init(_ spec: TypedSpec, _ family: Range<Int>) {
    self.spec = spec
    self.family = family
  }

  mutating func note(_ reason: String, _ span: Span) {
    if obstacle == nil { obstacle = SymmetryObstacle(reason: reason, span: span) }
  }

  mutating func scanAll(properties names: Set<String>) {
    for variable in spec.variables {
      scan(variable.type, variable.span)
      switch variable.initializer {
      case .value(let value): scan(value)
      case .any(let filter): if let filter { scan(filter) }
      }
    }
    for message in spec.messages {
      for field in message.fields { scan(field.type, message.span) }
    }
    for local in spec.locals { scan(local.type, local.span) }
    for rule in spec.agents.flatMap(\.rules) {
      switch rule.kind {
      case .message(let pattern): scan(pattern)
      case .step(_, when: let condition?, _): scan(condition)
      default: break
      }
      scan(rule.body)
    }
    for rule in spec.monitors.flatMap(\.rules) { scan(rule) }
    for fault in spec.faults { scan(fault) }
    for property in spec.properties where names.contains(property.name) {
      switch property.kind {
      case .invariant(let predicate), .reachability(let predicate): scan(predicate)
      case .resettability, .linear, .branching, .valence, .unsupported: break
      }
    }
  }

  // MARK: Types

  private mutating func scan(_ type: Type, _ span: Span) {
    switch type {
    case .agent(let first, let count):
      let range = first..<(first + count)
      let isWhole = range.contains(family.lowerBound) && range.contains(family.upperBound - 1)
      if range.overlaps(family) && !isWhole { note("a type has some of the members only", span) }
    case .optional(let inner), .set(let inner), .sequence(let inner, _): scan(inner, span)
    case .map(let key, let value):
      scan(key, span)
      scan(value, span)
    case .record(let record):
      for field in spec.records[record.index].fields { scan(field.type, span) }
    case .bool, .integer, .enumeration: break
    }
  }

  /// Whether values of a type hold identities of the family.
  func holdsMembers(_ type: Type) -> Bool {
    switch type {
    case .agent(let first, let count): (first..<(first + count)).overlaps(family)
    case .optional(let inner), .set(let inner), .sequence(let inner, _): holdsMembers(inner)
    case .map(let key, let value): holdsMembers(key) || holdsMembers(value)
    case .record(let record):
      spec.records[record.index].fields.contains { holdsMembers($0.type) }
    case .bool, .integer, .enumeration: false
    }
  }

  // MARK: Faults and monitors

  private mutating func scan(_ fault: Fault) {
    switch fault.kind {
    case .crash(_, let agents, _, _), .byzantine(_, let agents):
      let struck = family.filter { agents.contains($0) }
      if !struck.isEmpty && struck.count < family.count {
        note("a fault strikes some of the members only", fault.span)
      }
    case .lose, .duplicate: break
    }
  }

  private mutating func scan(_ rule: MonitorRule) {
    switch rule.event {
    case .sent(_, let fields, let sender, let receiver):
      for field in fields { scan(field) }
      scan(sender)
      scan(receiver)
    case .received(_, let fields, let receiver, let sender):
      for field in fields { scan(field) }
      scan(receiver)
      scan(sender)
    case .crash(let party): scan(party)
    }
    if let condition = rule.when { scan(condition) }
    scan(rule.body)
  }

  private mutating func scan(_ party: PartyFilter?) {
    if let named = party?.equal { scan(named) }
  }

  private mutating func scan(_ pattern: FieldPattern) {
    if case .equal(let value) = pattern { scan(value) }
  }

  private mutating func scan(_ pattern: TypedMessagePattern) {
    for field in pattern.fields { scan(field) }
    scan(pattern.sender)
    if let condition = pattern.guardExpression { scan(condition) }
  }

  // MARK: Statements

  private mutating func scan(_ body: [TypedStatement]) {
    for statement in body {
      for expression in statement.expressions { scan(expression) }
      for pattern in statement.patterns { scan(pattern) }
      for block in statement.blocks { scan(block) }
      switch statement.kind {
      case .for(let local, let domain, let inner):
        scanLoop(local, domain, inner, statement.span)
      case .send(let message, _, let target):
        if case .set(let element) = target.type, holdsMembers(element) {
          scanMonitors(of: message)
        }
      default: break
      }
    }
  }

  /// A loop through a set of members takes them by number.
  private mutating func scanLoop(
    _ local: LocalID, _ domain: TypedExpression, _ body: [TypedStatement], _ span: Span
  ) {
    guard case .set(let element) = domain.type, holdsMembers(element) else { return }
    if body.contains(where: \.rests) {
      return note("a loop that waits takes the members by number", span)
    }
    if let found = IterationOrder(spec, local, body).conflict {
      note("a loop takes the members by number, and \(found.reason)", found.span)
    }
    for message in body.sentMessages {
      if monitors(of: message).contains(where: { PartialEvaluation(spec).mayFail($0.body) }) {
        note("a loop takes the members by number, and a monitor of it may fail", span)
      }
      scanMonitors(of: message)
    }
  }

  private func monitors(of message: MessageID) -> [MonitorRule] {
    spec.monitors.flatMap(\.rules).filter { rule in
      if case .sent(let sent, _, from: _, to: _) = rule.event { sent == message } else { false }
    }
  }

  /// Messages sent together go out by the number of the receiver, and so do the monitors see them.
  private mutating func scanMonitors(of message: MessageID) {
    for rule in monitors(of: message) {
      let order = IterationOrder(spec, nil, rule.body, condition: rule.when)
      let isFull = spec.network.capacity != nil && PartialEvaluation(spec).mayFail(rule.body)
      if order.conflict != nil || isFull {
        note("a monitor sees messages to several members by their number", rule.span)
      }
    }
  }

  // MARK: Expressions

  private mutating func scan(_ expression: TypedExpression) {
    switch expression.kind {
    case .agent(let identity) where family.contains(identity):
      note("`\(spec.name(ofAgent: identity))` is named", expression.span)
    case .member(let declaration, _)
    where spec.agents[declaration.index].first == family.lowerBound:
      note(
        "a member of `\(spec.agents[declaration.index].name)` is named by its number",
        expression.span)
    case .index(let agent) where holdsMembers(agent.type):
      note("the number of a member is used", expression.span)
    case .compare(_, let a, _) where holdsMembers(a.type) && !a.type.isSet:
      note("members are compared by order", expression.span)
    case .quantifier(let quantifier, _, let domain, let filter, let body):
      if case .set(let element) = domain.type, holdsMembers(element) {
        scanQuantifier(quantifier, filter, body)
      }
    case .call(let function, _):
      if visited.insert(function).inserted { scan(spec.functions[function.index].body) }
    default: break
    }
    for operand in expression.operands { scan(operand) }
  }

  /// `all` and `some` stop at the first member that decides; a sum may overflow in one order only.
  private mutating func scanQuantifier(
    _ quantifier: Quantifier, _ filter: TypedExpression?, _ body: TypedExpression
  ) {
    switch quantifier {
    case .all, .some:
      let evaluation = PartialEvaluation(spec)
      let failing = filter.flatMap { evaluation.failing($0) }
      if let found = failing ?? evaluation.failing(body, after: filter) {
        note(
          "`\(quantifier.rawValue)` takes the members by number, and this may fail for one of them",
          found.span)
      }
    case .sum:
      guard case .integer(let lower, let upper) = body.type,
        lower > -(1 << 50), upper < 1 << 50
      else { return note("a sum over the members may overflow", body.span) }
    case .count: break
    }
  }
}

extension Type {
  fileprivate var isSet: Bool { if case .set = self { true } else { false } }
}
