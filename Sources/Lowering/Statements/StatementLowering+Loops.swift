import Diagnostics
import Semantics
import TransitionSystem

/// Loops. Those in which a `run` can rest keep what remains of their set in the state.
extension CodeLowering {
  private func tooLong(_ span: Span) -> FailureID {
    tables.failure(.evaluation, "more than 100 000 iterations in one step", span)
  }

  func loop(
    _ local: LocalID, _ domain: TypedExpression, _ body: [TypedStatement], _ path: [Int]?
  ) -> Bool {
    if let path, let actor, let remaining = plan.slot(actor, remainingOf: path) {
      guard isRepresentable(domain.type, domain.span) else { return true }
      store(wholeValue(of: domain), at: Address(.slots, remaining))
      resumeLoop(local, domain.type, body, path)
      return true
    }
    let source = self.domain(domain)
    let weight = body.reduce(0) { $0 + self.weight($1) }
    if weight <= 24, let values = constants(source, limit: 16) {
      for value in values {
        bind(local, to: value)
        if !lower(body, path: path?.inner(0)) { return false }
      }
      return true
    }
    occupy(body, path)
    walk(source, domain.span) { value in
      bind(local, to: value, owned: true)
      lower(body, path: path?.inner(0))
    }
    return true
  }

  /// All that a `for` goes through, as a value: a set as its mask.
  private func wholeValue(of domain: TypedExpression) -> Value {
    guard case .set(let element) = domain.type else { return lower(domain) }
    switch self.domain(domain) {
    case .all: return Value(domain.type, fullMask(element).map { .constant($0) })
    case .range(let lower, let upper, _): return rangeMask(lower, upper, element, domain.type)
    case .mask(let cells, _): return Value(domain.type, cells)
    case .list, .places: return lower(domain)
    }
  }

  /// The rest of a blocking `for`: while elements remain, takes the next and runs the body.
  func resumeLoop(
    _ local: LocalID, _ remaining: Type, _ body: [TypedStatement], _ path: [Int]
  ) {
    guard let actor, let slot = plan.slot(actor, remainingOf: path) else { return }
    occupy(body, path)
    occupied.insert(local)
    switch remaining {
    case .set(let element): resumeSet(local, element, body, path, slot)
    case .sequence(let element, let capacity):
      if capacity > 0 { resumeSequence(local, element, capacity, body, path, slot) }
    default: break
    }
  }

  /// The elements move up by one place with each round.
  private func resumeSequence(
    _ local: LocalID, _ element: Type, _ capacity: Int, _ body: [TypedStatement], _ path: [Int],
    _ slot: Int
  ) {
    let type = Type.sequence(element, capacity: capacity)
    let address = Address(.slots, slot)
    let inner = block {
      let info = types.info(element)
      bind(local, to: read(address.offset(by: 1), element))
      let all = read(address, type).cells
      let moved = all[(1 + info.cellCount)...] + info.cleared.map { .constant($0) }
      store(Value(type, [.difference(all[0], .yes)] + moved), at: address)
      lower(body, path: path.inner(0))
    }
    emit(.while(.not(.equal(address.read(), .no)), inner, nil))
  }

  /// The least element leaves the mask with each round.
  private func resumeSet(
    _ local: LocalID, _ element: Type, _ body: [TypedStatement], _ path: [Int], _ slot: Int
  ) {
    let cells = (0..<types.cellCount(.set(element))).map { SlotID(slot + $0) }
    let isLeft = ProgramExpression.any(cells.map { .not(.equal(.slot($0), .no)) })
    let inner = block {
      let rank = newRegister()
      var take: [ProgramStatement] = []
      for (index, cell) in cells.enumerated().reversed() {
        let lowest = ProgramExpression.unary(.trailingZeros, .slot(cell))
        let taken: [ProgramStatement] = [
          .set(rank, .sum(lowest, .constant(Int64(64 * index)))),
          .store(cell, .bitAnd(.slot(cell), .difference(.slot(cell), .yes))),
        ]
        take =
          index == cells.count - 1
          ? taken : [.if(.not(.equal(.slot(cell), .no)), taken, else: take)]
      }
      take.forEach(emit)
      bind(local, to: value(ofRank: .register(rank), element))
      lower(body, path: path.inner(0))
    }
    emit(.while(isLeft, inner, nil))
  }

  func repeatWhile(
    _ condition: TypedExpression, _ body: [TypedStatement], _ path: [Int]?, _ span: Span
  ) -> Bool {
    occupy(body, path)
    var test = ProgramExpression.no
    let evaluation = block { test = self.cell(condition) }
    if evaluation.isEmpty {
      if test.constantValue == 0 { return true }
      let inner = block { self.lower(body, path: path?.inner(0)) }
      emit(.while(test, inner, tooLong(span)))
    } else {
      let inner = block { self.lower(body, path: path?.inner(0)) }
      let leave = ProgramStatement.if(test, [], else: [.break])
      emit(.while(.yes, evaluation + [leave] + inner, tooLong(span)))
    }
    return test.constantValue != 1
  }

  func repeatForever(_ body: [TypedStatement], _ path: [Int]?, _ span: Span) -> Bool {
    occupy(body, path)
    var completes = true
    let inner = block { completes = self.lower(body, path: path?.inner(0)) }
    if completes {
      emit(.while(.yes, inner, tooLong(span)))
    } else {
      inner.forEach(emit)
    }
    return false
  }

  /// Locals of a loop may be left over from the iteration before.
  private func occupy(_ body: [TypedStatement], _ path: [Int]?) {
    guard path != nil, let actor else { return }
    for local in body.boundLocals where plan.slot(actor, local: local) != nil {
      occupied.insert(local)
    }
  }

  private func weight(_ statement: TypedStatement) -> Int {
    let inner = statement.kind.blocks.joined().reduce(0) { $0 + weight($1) }
    switch statement.kind {
    case .assign, .bind, .choice, .assert: return 2
    case .if, .match: return 1 + inner
    case .send: return 2 + spec.monitors.count
    default: return 4 * (1 + inner)
    }
  }
}
