import Diagnostics

/// Whether the iterations of a loop can be taken in any order, with the same outcome.
///
/// They can where no iteration reads what another one writes, and all write to elements of their
/// own (at the key that the loop binds), or add to a set or a number, or give the same constant.
struct IterationOrder {
  private(set) var conflict: (reason: String, span: Span)?
  private let spec: TypedSpec
  private let local: LocalID?
  /// Bound inside, so that each iteration has its own.
  private var own: Set<LocalID> = []
  private var writes: [Root: Write] = [:]

  private enum Root: Hashable {
    case variable(VariableID)
    case local(LocalID)
  }

  private enum Write: Equatable {
    /// At the key that the loop binds.
    case element
    case union
    case minus
    case increase
    case decrease
    case constant(String)
  }

  /// `local` is what the loop binds, other for each iteration; `condition` is read in each.
  init(
    _ spec: TypedSpec, _ local: LocalID?, _ body: [TypedStatement],
    condition: TypedExpression? = nil
  ) {
    self.spec = spec
    self.local = local
    let statements = body.all
    for statement in statements {
      switch statement.kind {
      case .bind(let bound, _), .choice(_, let bound, in: _, where: _), .for(let bound, in: _, _):
        own.insert(bound)
      default: break
      }
    }
    for statement in statements { noteWrite(statement) }
    if let condition { noteReads(condition) }
    for statement in statements {
      noteSend(statement)
      for expression in remainder(statement) { noteReads(expression) }
    }
    noteFailures(statements)
  }

  private mutating func note(_ reason: String, _ span: Span) {
    if conflict == nil { conflict = (reason, span) }
  }

  // MARK: Writes

  private func root(_ place: Place) -> Root? {
    switch place.root {
    case .variable(let variable): .variable(variable)
    case .local(let local): own.contains(local) ? nil : .local(local)
    }
  }

  private mutating func noteWrite(_ statement: TypedStatement) {
    guard case .assign(let place, let value) = statement.kind, let root = root(place) else {
      if case .stop = statement.kind { note("it can end with one of them", statement.span) }
      return
    }
    guard let write = write(place, value) else {
      return note("what one writes another one may overwrite", statement.span)
    }
    if let known = writes[root], known != write {
      note("they write in different ways", statement.span)
    }
    writes[root] = write
  }

  private func write(_ place: Place, _ value: TypedExpression) -> Write? {
    if place.path.contains(where: { isOwnKey($0) }) { return .element }
    guard place.path.isEmpty else { return nil }
    switch value.unconverted.kind {
    case .setOperation(.union, let old, _) where isRead(old, of: place): return .union
    case .setOperation(.minus, let old, _) where isRead(old, of: place): return .minus
    case .arithmetic(.add, let old, let step) where isRead(old, of: place):
      return step.isPositive ? .increase : nil
    case .arithmetic(.subtract, let old, let step) where isRead(old, of: place):
      return step.isPositive ? .decrease : nil
    case .boolean(let constant): return .constant("\(constant)")
    case .integer(let constant): return .constant("\(constant)")
    case .enumerationCase(let constant): return .constant("case \(constant)")
    case .none: return .constant("none")
    default: return nil
    }
  }

  private func isOwnKey(_ step: Place.Step) -> Bool {
    guard let local, case .key(let key) = step, case .local(local) = key.unconverted.kind else {
      return false
    }
    return true
  }

  private func isRead(_ expression: TypedExpression, of place: Place) -> Bool {
    switch (expression.unconverted.kind, place.root) {
    case (.variable(let read, let owner), .variable(let written)):
      if let owner, case .selfAgent = owner.kind { return read == written }
      return owner == nil && read == written
    case (.local(let read), .local(let written)): return read == written
    default: return false
    }
  }

  // MARK: Reads

  /// The expressions of a statement without the old value that it adds to.
  private func remainder(_ statement: TypedStatement) -> [TypedExpression] {
    guard case .assign(let place, let value) = statement.kind, root(place) != nil,
      place.path.isEmpty
    else { return statement.expressions }
    switch value.unconverted.kind {
    case .setOperation(_, let old, let step) where isRead(old, of: place): return [step]
    case .arithmetic(_, let old, let step) where isRead(old, of: place): return [step]
    default: return statement.expressions
    }
  }

  private mutating func noteReads(_ expression: TypedExpression) {
    switch expression.kind {
    case .variable(let variable, of: _): noteRead(.variable(variable), expression.span)
    case .local(let local): noteRead(.local(local), expression.span)
    case .lookup(let map, let key):
      if let root = readRoot(map), writes[root] == .element, isOwn(key) { return }
    case .call(let function, _): noteReads(spec.functions[function.index].body)
    default: break
    }
    for operand in expression.operands { noteReads(operand) }
  }

  private func isOwn(_ key: TypedExpression) -> Bool {
    if let local, case .local(local) = key.unconverted.kind { true } else { false }
  }

  private func readRoot(_ expression: TypedExpression) -> Root? {
    switch expression.kind {
    case .variable(let variable, of: nil): .variable(variable)
    case .variable(let variable, let owner?):
      if case .selfAgent = owner.kind { .variable(variable) } else { nil }
    case .local(let local): .local(local)
    default: nil
    }
  }

  private mutating func noteRead(_ root: Root, _ span: Span) {
    if writes[root] != nil { note("one may read what another one writes", span) }
  }

  // MARK: Messages and failures

  private mutating func noteSend(_ statement: TypedStatement) {
    guard case .send(let message, _, let target) = statement.kind else { return }
    if isOwn(target) { return }
    if spec.network.isFIFO || spec.messages[message.index].isFIFO {
      note("messages are queued in that order", statement.span)
    }
  }

  /// Which way it ends, if one iteration fails and another one does not complete or fails
  /// otherwise, depends on which comes first.
  private mutating func noteFailures(_ statements: [TypedStatement]) {
    let evaluation = PartialEvaluation(spec)
    var ways = 0
    for statement in statements {
      if evaluation.mayFailToEvaluate(statement) { ways |= 1 }
      switch statement.kind {
      case .assert: ways |= 2
      case .choice: ways |= 4
      case .send: if spec.network.capacity != nil { ways |= 4 }
      default: break
      }
    }
    if ways & (ways - 1) != 0, let first = statements.first {
      note("they may fail in different ways", first.span)
    }
  }
}

extension TypedExpression {
  var unconverted: TypedExpression {
    switch kind {
    case .convert(let value), .some(let value): value.unconverted
    default: self
    }
  }

  fileprivate var isPositive: Bool {
    if case .integer(let value) = unconverted.kind { value > 0 } else { false }
  }
}
