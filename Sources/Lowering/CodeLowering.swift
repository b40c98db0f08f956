import Diagnostics
import Semantics
import TransitionSystem

/// Code generation for one program: the body of an action, a guard, a property, the initial states.
///
/// Expressions yield cells and emit statements into `code`; what is used twice is bound to
/// registers. Registers are never used again for something else.
final class CodeLowering {
  /// What becomes of a step while it is lowered.
  enum Variant {
    case normal
    /// Sends are only recorded, to learn which channels there are.
    case discovery(Discovery)
    /// The agent crashes inside the step: sends may be dropped, and the rest is undone.
    case crashing(CrashInside)
  }

  /// Where a local lies.
  enum Binding {
    case value(Value)
    case address(Address, Type)
  }

  let plan: Plan
  let tables: Tables
  let variant: Variant
  /// The identity whose rule it is.
  let actor: Int?
  var sender: Value?
  var locals: [LocalID: Binding] = [:]
  var code: [ProgramStatement] = []
  var registerCount = 0
  /// Emitted before everything else: registers that must start at 0.
  var prologue: [ProgramStatement] = []
  /// Optionals that the conditions around the expression at hand prove to be there.
  var present: Set<String> = []
  /// Whether the quantifiers in the expression at hand are as far inside as they go.
  var isNarrowed = false
  /// Values that the loops around go through, at most, at every evaluation.
  var walkedCount = 1
  /// Locals of a `run` whose slots may hold something.
  var occupied: Set<LocalID> = []

  init(_ plan: Plan, _ tables: Tables, actor: Int? = nil, variant: Variant = .normal) {
    self.plan = plan
    self.tables = tables
    self.actor = actor
    self.variant = variant
  }

  var spec: TypedSpec { plan.spec }
  var types: TypeTable { plan.types }
}

/// Emission.
extension CodeLowering {
  func emit(_ statement: ProgramStatement) { code.append(statement) }

  /// The statements that `body` emits.
  func block(_ body: () -> Void) -> [ProgramStatement] {
    let outer = code
    code = []
    body()
    let inner = code
    code = outer
    return inner
  }

  func newRegister() -> Register { newRegisters(1) }

  /// A contiguous run of registers; the first of them.
  func newRegisters(_ count: Int) -> Register {
    registerCount += count
    return Register(registerCount - count)
  }

  /// A register that is 0 at the beginning of the program.
  func newZeroRegister() -> Register {
    let register = newRegister()
    prologue.append(.set(register, .no))
    return register
  }

  /// The expression as one that may be evaluated many times.
  func bind(_ cell: ProgramExpression) -> ProgramExpression {
    if cell.isTrivial { return cell }
    let register = newRegister()
    emit(.set(register, cell))
    return .register(register)
  }

  func bind(_ value: Value) -> Value { Value(value.type, value.cells.map(bind)) }

  /// The value at a place of its own in registers.
  func materialize(_ value: Value) -> Address {
    let first = newRegisters(value.cells.count)
    for (offset, cell) in value.cells.enumerated() {
      emit(.set(Register(first.index + offset), cell))
    }
    return Address(.registers, first.index)
  }

  /// The value of `type` that lies at an address.
  func read(_ address: Address, _ type: Type) -> Value {
    Value(type, (0..<types.cellCount(type)).map { address.read($0) })
  }

  func require(_ condition: ProgramExpression) {
    if condition.constantValue != 1 { emit(.require(condition)) }
  }

  func check(_ condition: ProgramExpression, _ message: String, _ span: Span) {
    guard condition.constantValue != 1 else { return }
    let failure = tables.failure(.evaluation, message, span)
    emit(condition.constantValue == 0 ? .fail(failure) : .check(condition, failure))
  }

  /// `if`, with the branch not taken left out where the condition is constant.
  func emitIf(
    _ condition: ProgramExpression, _ yes: () -> Void, else no: () -> Void = {}
  ) {
    if let constant = condition.constantValue { return constant != 0 ? yes() : no() }
    let first = block(yes)
    let second = block(no)
    if first.isEmpty && second.isEmpty && !condition.canFail { return }
    emit(.if(condition, first, else: second))
  }

  /// The finished program.
  var program: [ProgramStatement] { prologue + code }

  func predicate(_ result: ProgramExpression) -> Predicate {
    Predicate(statements: program, result: result, registerCount: registerCount)
  }
}
