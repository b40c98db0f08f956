// Plain questions to the trees of a program.

extension ProgramExpression {
  /// The operands, in order of evaluation.
  public var operands: [ProgramExpression] {
    switch self {
    case .constant, .register, .slot, .quiescent, .ask: []
    case .registerAt(_, _, let index), .slotAt(_, _, _, let index): [index]
    case .unary(_, let operand): [operand]
    case .binary(_, let left, let right): [left, right]
    case .checked(.negate, _, let right, _): [right]
    case .checked(_, let left, let right, _): [left, right]
    case .conditional(let condition, let first, let second): [condition, first, second]
    }
  }

  /// Whether its evaluation may end the step.
  public var mayFail: Bool {
    switch self {
    case .checked, .ask: true
    case .constant, .register, .slot, .quiescent: false
    case .registerAt(_, _, let operand), .slotAt(_, _, _, let operand), .unary(_, let operand):
      operand.mayFail
    case .binary(_, let left, let right): left.mayFail || right.mayFail
    case .conditional(let condition, let first, let second):
      condition.mayFail || first.mayFail || second.mayFail
    }
  }

  /// The slots that it may read.
  public func visitSlots(_ visit: (SlotID) -> Void) {
    switch self {
    case .slot(let slot): visit(slot)
    case .slotAt(let first, let stride, let count, _):
      for place in 0..<count { visit(SlotID(first.index + stride * place)) }
    case .ask(_, let first, let count):
      for place in 0..<count { visit(SlotID(first.index + place)) }
    default: break
    }
    for operand in operands { operand.visitSlots(visit) }
  }

  /// The registers that it may read.
  public func visitRegisters(_ visit: (Register) -> Void) {
    switch self {
    case .register(let register): visit(register)
    case .registerAt(let first, let count, _):
      for place in 0..<count { visit(Register(first.index + place)) }
    default: break
    }
    for operand in operands { operand.visitRegisters(visit) }
  }

  /// Whether its value is 0 or 1 by its operator.
  public var isLogical: Bool {
    switch self {
    case .unary(.not, _), .quiescent, .ask: true
    case .binary(let binary, _, _):
      switch binary {
      case .equal, .notEqual, .less, .lessEqual, .and, .or: true
      default: false
      }
    default: false
    }
  }
}

extension ProgramStatement {
  /// The expressions of the statement itself, in order of evaluation.
  public var expressions: [ProgramExpression] {
    switch self {
    case .set(_, let value), .store(_, let value): [value]
    case .setAt(_, _, let index, let value), .storeAt(_, _, _, let index, let value):
      [index, value]
    case .require(let condition), .check(let condition, _), .if(let condition, _, _),
      .while(let condition, _, _):
      [condition]
    case .switch(let value, _, _), .forBits(_, let value, _): [value]
    case .forRange(_, let lower, let upper, _), .choose(_, .range(let lower, let upper), _):
      [lower, upper]
    case .choose(_, .bits(let mask, _), _): [mask]
    case .send(_, let cells), .sendOrDrop(_, let cells): cells
    case .remove(_, let index), .copy(_, let index): [index]
    case .clear, .restore, .fail, .break, .finish, .empty: []
    }
  }

  /// The statements inside it.
  public var bodies: [[ProgramStatement]] {
    switch self {
    case .if(_, let body, let alternative): [body, alternative]
    case .switch(_, let cases, let other): cases.map(\.body) + [other]
    case .while(_, let body, _), .forRange(_, _, _, let body), .forBits(_, _, let body): [body]
    default: []
    }
  }

  /// Whether it holds a statement, itself included, for which `isWanted` says so.
  public func contains(where isWanted: (ProgramStatement) -> Bool) -> Bool {
    isWanted(self) || bodies.contains { $0.contains { $0.contains(where: isWanted) } }
  }

  /// Whether it writes the state or completes the step.
  public var hasEffect: Bool {
    contains {
      switch $0 {
      case .store, .storeAt, .clear, .restore, .finish, .send, .sendOrDrop, .remove, .copy,
        .empty:
        true
      default: false
      }
    }
  }

  /// Whether it may end the step with a failure.
  public var mayFail: Bool {
    contains {
      switch $0 {
      case .fail, .check, .while(_, _, .some): true
      default: $0.expressions.contains(where: \.mayFail)
      }
    }
  }
}
