import TransitionSystem

/// Evaluates a program as far as the values of some slots at its beginning tell.
///
/// In a state with these values the result does what the program does. Only what is certain on
/// every way is used: behind a branch what both sides agree on, behind and inside a loop
/// nothing that the loop may change.
///
/// Source: Jones, Gomard and Sestoft, Partial Evaluation and Automatic Program Generation, 1993, of
/// which this is the simplest case.
struct Specializer {
  private let layout: StateLayout
  private let channels: [Channel]
  private var slots: KnownValues
  /// What registers stand for: constants, and in a predicate, where slots cannot change,
  /// expressions.
  private var registers = KnownRegisters()
  private let isPredicate: Bool

  /// Expressions of more nodes are not copied to where a register is read.
  private static let copiedNodesMax = 12

  private init(_ values: KnownValues, _ system: TransitionSystem, isPredicate: Bool) {
    slots = values
    layout = system.layout
    channels = system.channels
    self.isPredicate = isPredicate
  }

  /// What is left of the body of an action.
  ///
  /// Requires: none of the slots belongs to a channel.
  static func specialize(
    _ body: [ProgramStatement], _ values: KnownValues, _ system: TransitionSystem
  ) -> [ProgramStatement] {
    var maker = Specializer(values, system, isPredicate: false)
    return maker.rest(of: body)
  }

  /// What is left of a guard.
  ///
  /// Requires: none of the slots belongs to a channel.
  static func specialize(
    _ predicate: Predicate, _ values: KnownValues, _ system: TransitionSystem
  ) -> Predicate {
    var maker = Specializer(values, system, isPredicate: true)
    var statements = maker.rest(of: predicate.statements)
    let result = maker.fold(predicate.result)
    let isIdle = statements.allSatisfy {
      if case .set(_, let value) = $0 { !value.mayFail } else { false }
    }
    if isIdle && !result.readsRegisters { statements = [] }
    return Predicate(
      statements: statements, result: result, registerCount: predicate.registerCount)
  }

  // MARK: Statements

  /// What is left of a block.
  private mutating func rest(of statements: [ProgramStatement]) -> [ProgramStatement] {
    var result: [ProgramStatement] = []
    result.reserveCapacity(statements.count)
    add(statements, to: &result)
    return result
  }

  /// Adds what is left of a block, up to where it surely ends.
  private mutating func add(
    _ statements: [ProgramStatement], to result: inout [ProgramStatement]
  ) {
    for statement in statements {
      add(statement, to: &result)
      switch result.last {
      case .fail, .break, .finish, .require(.constant(0)): return
      default: continue
      }
    }
  }

  private mutating func add(_ statement: ProgramStatement, to result: inout [ProgramStatement]) {
    switch statement {
    case .if, .switch: addBranch(statement, to: &result)
    default: if let rest = rest(of: statement) { result.append(rest) }
    }
  }

  /// What is left of a statement that is no branch; nil where that is nothing.
  private mutating func rest(of statement: ProgramStatement) -> ProgramStatement? {
    switch statement {
    case .set(let register, let value):
      let value = fold(value)
      assign(register.index, value)
      return .set(register, value)
    case .setAt(let first, let count, let index, let value):
      let (index, value) = (fold(index), fold(value))
      for register in first.index..<first.index + count { registers[register] = nil }
      return .setAt(first: first, count: count, index: index, value)
    case .require(let condition):
      let condition = fold(condition)
      return condition.isTrue ? nil : .require(condition)
    case .check(let condition, let failure):
      let condition = fold(condition)
      if condition.isTrue { return nil }
      return condition.constant == 0 ? .fail(failure) : .check(condition, failure)
    case .fail, .break, .finish, .empty, .if, .switch: return statement
    case .choose(let register, let domain, let choice):
      registers[register.index] = nil
      return .choose(register, fold(domain), choice)
    case .while, .forRange, .forBits: return restOfLoop(statement)
    case .store, .storeAt, .clear, .restore: return restOfStore(statement)
    case .send(let channel, let cells): return .send(channel, cells.map(fold))
    case .sendOrDrop(let channel, let cells): return .sendOrDrop(channel, cells.map(fold))
    case .remove(let channel, at: let index): return .remove(channel, at: fold(index))
    case .copy(let channel, at: let index): return .copy(channel, at: fold(index))
    }
  }

  private mutating func assign(_ register: Int, _ value: ProgramExpression) {
    // What reads a register would read another value later.
    registers[register] = nil
    let isCopied =
      isPredicate && !value.mayFail && !value.readsRegisters
      && value.nodeCount <= Specializer.copiedNodesMax
    if value.constant != nil || isCopied { registers[register] = value }
  }

  private mutating func restOfStore(_ statement: ProgramStatement) -> ProgramStatement {
    switch statement {
    case .store(let slot, let value): return store(slot.index, fold(value))
    case .storeAt(let first, let stride, let count, let index, let value):
      let (index, value) = (fold(index), fold(value))
      if let place = index.constant, 0..<Int64(count) ~= place {
        return store(first.index + stride * Int(place), value)
      }
      for place in 0..<count { slots[first.index + stride * place] = nil }
      return .storeAt(first: first, stride: stride, count: count, index: index, value)
    case .clear(let first, let count):
      for slot in first.index..<first.index + count { slots[slot] = layout.slots[slot].minimum }
    case .restore(let first, let count):
      slots.restore(first.index..<first.index + count)
    default: break
    }
    return statement
  }

  private mutating func store(_ slot: Int, _ value: ProgramExpression) -> ProgramStatement {
    slots[slot] = value.constant
    return .store(SlotID(slot), value)
  }

  private mutating func addBranch(
    _ statement: ProgramStatement, to result: inout [ProgramStatement]
  ) {
    switch statement {
    case .if(let condition, let yes, else: let no):
      let condition = fold(condition)
      if let constant = condition.constant { return add(constant != 0 ? yes : no, to: &result) }
      let sides = restOfSides([yes, no])
      result.append(.if(condition, sides[0], else: sides[1]))
    case .switch(let subject, let cases, default: let other):
      let subject = fold(subject)
      if let constant = subject.constant {
        let taken = cases.first { $0.values.contains(constant) }
        return add(taken?.body ?? other, to: &result)
      }
      let sides = restOfSides(cases.map(\.body) + [other])
      let kept = zip(cases, sides).map { (values: $0.values, body: $1) }
      result.append(.switch(subject, kept, default: sides[cases.count]))
    default: break
    }
  }

  /// What is left of each of several blocks, one of which is executed.
  private mutating func restOfSides(_ sides: [[ProgramStatement]]) -> [[ProgramStatement]] {
    let (slotsBefore, registersBefore) = (slots, registers)
    var slotsAfter: [KnownValues] = []
    let results = sides.map { side in
      (slots, registers) = (slotsBefore, registersBefore)
      let rest = rest(of: side)
      slotsAfter.append(slots)
      return rest
    }
    slots = slotsBefore
    slots.forget(differingIn: slotsAfter)
    registers = KnownRegisters()
    return results
  }

  private mutating func restOfLoop(_ statement: ProgramStatement) -> ProgramStatement {
    let bounds = self
    forget(statement)
    var inside = self
    switch statement {
    case .while(let condition, let body, let failure):
      return .while(inside.fold(condition), inside.rest(of: body), failure)
    case .forRange(let register, from: let lower, through: let upper, let body):
      return .forRange(
        register, from: bounds.fold(lower), through: bounds.fold(upper), inside.rest(of: body))
    case .forBits(let register, in: let mask, let body):
      return .forBits(register, in: bounds.fold(mask), inside.rest(of: body))
    default: return statement
    }
  }

  /// Forgets all that a statement may change.
  private mutating func forget(_ statement: ProgramStatement) {
    for slot in AccessSets([statement], channels: channels).mayWrite.slots {
      slots[slot.index] = nil
    }
    registers = KnownRegisters()
  }

  // MARK: Expressions

  private func fold(_ domain: ChoiceDomain) -> ChoiceDomain {
    switch domain {
    case .range(let lower, let upper): .range(fold(lower), fold(upper))
    case .bits(let mask, let base): .bits(fold(mask), base: base)
    }
  }

  private func fold(_ expression: ProgramExpression) -> ProgramExpression {
    switch expression {
    case .constant, .quiescent, .ask: return expression
    case .register(let register): return registers[register.index] ?? expression
    case .slot(let slot): return slots[slot.index].map { .constant($0) } ?? expression
    case .registerAt(let first, let count, let index):
      let index = fold(index)
      if let place = index.constant, 0..<Int64(count) ~= place {
        return fold(.register(Register(first.index + Int(place))))
      }
      return .registerAt(first: first, count: count, index: index)
    case .slotAt(let first, let stride, let count, let index):
      let index = fold(index)
      if let place = index.constant, 0..<Int64(count) ~= place {
        return fold(.slot(SlotID(first.index + stride * Int(place))))
      }
      return .slotAt(first: first, stride: stride, count: count, index: index)
    case .unary(let op, let operand): return .folded(op, fold(operand))
    case .binary(let op, let left, let right): return .folded(op, fold(left), fold(right))
    case .checked(let op, let left, let right, let failure):
      return .folded(op, fold(left), fold(right), failure)
    case .conditional(let condition, let yes, let no):
      let condition = fold(condition)
      if let constant = condition.constant { return fold(constant != 0 ? yes : no) }
      return .conditional(condition, fold(yes), fold(no))
    }
  }
}
