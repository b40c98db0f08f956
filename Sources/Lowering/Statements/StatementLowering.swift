import Diagnostics
import Semantics
import Syntax
import TransitionSystem

extension CodeLowering {
  /// Lowers the statements from an index on; whether control can come behind them.
  ///
  /// `path` is that of the block in a `run`; nil elsewhere.
  @discardableResult
  func lower(_ block: [TypedStatement], path: [Int]? = nil, from start: Int = 0) -> Bool {
    for (index, statement) in block.enumerated().dropFirst(start)
    where !lower(statement, path.map { $0 + [index] }) {
      return false
    }
    return true
  }

  private func lower(_ statement: TypedStatement, _ path: [Int]?) -> Bool {
    switch statement.kind {
    case .assign(let place, let value): assign(value, to: place)
    case .bind(let local, let value): bind(local, to: lower(value))
    case .if(let condition, let yes, else: let no):
      return branch(
        cell(condition), yes: { lower(yes, path: path?.inner(0)) },
        no: { lower(no, path: path?.inner(1)) })
    case .match(let subject, let cases, else: let other):
      return match(subject, cases, else: other, path)
    case .for(let local, in: let domain, let body):
      return loop(local, domain, body, path)
    case .while(let condition, let body):
      return repeatWhile(condition, body, path, statement.span)
    case .loop(let body): return repeatForever(body, path, statement.span)
    case .send(let message, let arguments, to: let target): send(message, arguments, to: target)
    case .choice(let kind, let local, in: let domain, where: let filter):
      choose(kind, local, domain, filter, statement.span)
    case .assert(let condition):
      let test = cell(condition)
      if test.constantValue != 1 {
        emit(
          .check(test, tables.failure(.assertion, "the assertion is false", statement.span)))
      }
    case .commit(let commitment, let parts): commit(commitment, parts)
    case .stop:
      stop()
      return false
    case .receive, .await, .either, .yield:
      if let path { reach(.blocking(path)) }
      return false
    case .checkpoint:
      if let path { checkpoint(path) }
    }
    return true
  }

  /// `if` with blocks that may end the step; whether control can come behind it.
  private func branch(
    _ condition: ProgramExpression, yes: () -> Bool, no: () -> Bool
  ) -> Bool {
    if let constant = condition.constantValue { return constant != 0 ? yes() : no() }
    var completes = (false, false)
    let first = block { completes.0 = yes() }
    let second = block { completes.1 = no() }
    if !first.isEmpty || !second.isEmpty || condition.canFail {
      emit(.if(condition, first, else: second))
    }
    return completes.0 || completes.1
  }

  private func match(
    _ subject: TypedExpression, _ cases: [TypedMatchCase], else other: [TypedStatement],
    _ path: [Int]?
  ) -> Bool {
    let value = bind(lower(subject))
    func alternative(_ index: Int) -> Bool {
      guard index < cases.count else { return lower(other, path: path?.inner(cases.count)) }
      var test = ProgramExpression.no
      for candidate in cases[index].values {
        test = shortCircuit(.not(test), whenFalse: .yes) {
          let candidate = self.lower(candidate)
          return .all(zip(value.cells, candidate.cells).map { .equal($0, $1) })
        }
      }
      return branch(
        test, yes: { lower(cases[index].body, path: path?.inner(index)) },
        no: { alternative(index + 1) })
    }
    return alternative(0)
  }

  /// Binds a local: to its slots where it lives across steps, else to registers.
  ///
  /// `owned`: nobody else changes the registers of the value.
  func bind(_ local: LocalID, to value: Value, owned: Bool = false) {
    if let actor, let slot = plan.slot(actor, local: local) {
      let address = Address(.slots, slot)
      store(value, at: address)
      locals[local] = .address(address, value.type)
      occupied.insert(local)
    } else if value.cells.count == 1, !plan.assigned.contains(local) {
      if value.cell.constantValue != nil || owned && value.cell.isTrivial {
        locals[local] = .value(value)
      } else {
        locals[local] = .value(Value(value.type, materialize(value).read()))
      }
    } else {
      locals[local] = .address(materialize(value), value.type)
    }
  }

  /// Assigns a value that may read what it overwrites.
  func store(_ value: Value, at address: Address) {
    var cells = value.cells
    if cells.count > 1 {
      cells = cells.enumerated().map { offset, cell in
        if cell.constantValue != nil || isSame(cell, address.read(offset)) { return cell }
        let register = newRegister()
        emit(.set(register, cell))
        return .register(register)
      }
    }
    for (offset, cell) in cells.enumerated() where !isSame(cell, address.read(offset)) {
      emit(address.write(offset, cell))
    }
  }

  private func isSame(_ a: ProgramExpression, _ b: ProgramExpression) -> Bool {
    switch (a, b) {
    case (.slot(let a), .slot(let b)): a == b
    case (.register(let a), .register(let b)): a == b
    default: false
    }
  }

  private func assign(_ value: TypedExpression, to place: Place) {
    guard var address = root(place) else { return }
    var type = rootType(place)
    for step in place.path {
      switch step {
      case .field(let field):
        guard case .record(let record) = type else { return }
        address = address.offset(by: fieldOffset(type, field))
        type = spec.records[record.index].fields[field].type
      case .key(let key):
        guard case .map(_, let value) = type else { return }
        address = entry(address, type, key)
        type = value
      case .element(let index):
        guard case .sequence(let element, _) = type else { return }
        address = self.element(address, type, index, place.span)
        type = element
      }
    }
    store(lower(value), at: address)
  }

  private func root(_ place: Place) -> Address? {
    switch place.root {
    case .variable(let variable): return address(of: variable, owner: nil, place.span)
    case .local(let local):
      if case .address(let address, _) = locals[local] { return address }
      return nil
    }
  }

  private func rootType(_ place: Place) -> Type {
    switch place.root {
    case .variable(let variable): spec.variables[variable.index].type
    case .local(let local): spec.locals[local.index].type
    }
  }
}

extension [Int] {
  /// The path of an inner block.
  func inner(_ index: Int) -> [Int] { self + [index] }
}

/// Choices.
extension CodeLowering {
  private func choose(
    _ kind: ChoiceKind, _ local: LocalID, _ domain: TypedExpression, _ filter: TypedExpression?,
    _ span: Span
  ) {
    let source = self.domain(domain)
    let name = spec.locals[local.index].name
    let info: ChoiceInfo.Kind =
      switch kind {
      case .choose: .choose
      case .ask: .ask
      case .flip: .flip
      }
    guard let value = choose(from: source, name, info, span) else { return }
    bind(local, to: value, owned: true)
    if let filter { require(cell(filter)) }
  }

  /// Any element of a domain; nil, after a report, where there are too many.
  func choose(
    from source: Domain, _ name: String, _ kind: ChoiceInfo.Kind, _ span: Span
  ) -> Value? {
    let type = source.element
    guard let count = types.cardinality(type) else {
      tables.report(.tooManyChoices(name, span))
      return nil
    }
    let choice = tables.choice(name, kind, types.info(type).shape, span)
    let register = newRegister()
    let all = ChoiceDomain.range(.no, .constant(Int64(count - 1)))
    switch source {
    case .all: emit(.choose(register, all, choice))
    case .range(let lower, let upper, _):
      let least = ProgramExpression.constant(types.info(type).bounds?.lower ?? 0)
      emit(
        .choose(
          register, .range(.difference(lower.cell, least), .difference(upper.cell, least)),
          choice))
    case .mask(let cells, _) where cells.count == 1:
      emit(.choose(register, .bits(cells[0], base: 0), choice))
    case .mask(let cells, _):
      emit(.choose(register, all, choice))
      require(testBit(Value(.set(type), cells), .register(register)))
    // The front end lets nobody choose from a sequence.
    case .list, .places: return nil
    }
    return value(ofRank: .register(register), type)
  }
}
