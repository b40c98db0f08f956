import Diagnostics
import Syntax

/// Evaluates expressions that do not depend on the state, with all errors reported and a bound on
/// the work.
struct ConstantEvaluator {
  let program: Program
  var locals: [LocalID: Value] = [:]
  /// Steps still allowed.
  var budget: Int
  /// Expressions inside each other, through calls too, that are being evaluated.
  private var depth = 0

  var spec: TypedSpec { program.spec }

  init(program: Program, budget: Int = 1_000_000) {
    self.program = program
    self.budget = budget
  }

  mutating func evaluate(_ e: TypedExpression) throws(EvaluationFailure) -> Value {
    depth += 1
    defer { depth -= 1 }
    try spend(depth > evaluationDepthMax ? budget + 1 : 1, e)
    switch e.kind {
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(value)
    case .enumerationCase(let index): return .enumerationCase(index)
    case .agent(let identity): return .agent(identity)
    case .none: return .none
    case .some(let inner): return .some(try evaluate(inner))
    case .convert(let inner): return try converted(try evaluate(inner), to: e.type, e)
    case .local(let id):
      guard let value = locals[id] else { throw failure(.notConstant, e) }
      return value
    case .not(let inner): return .boolean(try !boolean(inner))
    case .connective(let connective, let left, let right):
      return .boolean(try connect(connective, left, right))
    case .equal(let left, let right): return .boolean(try evaluate(left) == evaluate(right))
    case .notEqual(let left, let right): return .boolean(try evaluate(left) != evaluate(right))
    case .compare(let comparison, let left, let right):
      return .boolean(try compare(comparison, integer(left), integer(right)))
    case .conditional(let condition, let then, let otherwise):
      return try boolean(condition) ? evaluate(then) : evaluate(otherwise)
    case .negate, .arithmetic, .extremum, .extremumOfSet, .size, .index:
      return try integerValue(e)
    case .field, .lookup, .element, .unwrap, .first, .rest, .member, .call, .record, .sequence,
      .concatenate, .mapComprehension:
      return try structureValue(e)
    case .contains, .setOperation, .allValues, .range, .set, .setComprehension, .quantifier:
      return try setValue(e)
    case .variable, .selfAgent, .sender, .status, .quiescent, .inFlight, .coherent, .determined:
      throw failure(.notConstant, e)
    }
  }

  func failure(
    _ reason: EvaluationFailure.Reason, _ e: TypedExpression
  ) -> EvaluationFailure {
    EvaluationFailure(reason: reason, span: e.span)
  }

  mutating func spend(_ steps: Int, _ e: TypedExpression) throws(EvaluationFailure) {
    budget = budget.subtractingReportingOverflow(steps).partialValue
    if budget < 0 { throw failure(.tooLong, e) }
  }

  mutating func boolean(_ e: TypedExpression) throws(EvaluationFailure) -> Bool {
    guard case .boolean(let value) = try evaluate(e) else { throw failure(.notConstant, e) }
    return value
  }

  mutating func integer(_ e: TypedExpression) throws(EvaluationFailure) -> Int64 {
    guard case .integer(let value) = try evaluate(e) else { throw failure(.notConstant, e) }
    return value
  }

  /// The values of a set, ascending, or of a sequence, in its order.
  mutating func walked(_ e: TypedExpression) throws(EvaluationFailure) -> [Value] {
    guard case .sequence = e.type else { return try elements(e) }
    return try list(e)
  }

  mutating func elements(_ e: TypedExpression) throws(EvaluationFailure) -> [Value] {
    guard case .set(let values) = try evaluate(e) else { throw failure(.notConstant, e) }
    try spend(values.count, e)
    return values
  }

  private mutating func connect(
    _ connective: Connective, _ left: TypedExpression, _ right: TypedExpression
  ) throws(EvaluationFailure) -> Bool {
    let first = try boolean(left)
    switch connective {
    case .and: return first ? try boolean(right) : false
    case .or: return first ? true : try boolean(right)
    case .implies: return first ? try boolean(right) : true
    case .iff: return try first == boolean(right)
    }
  }

  private func compare(_ comparison: Comparison, _ a: Int64, _ b: Int64) -> Bool {
    switch comparison {
    case .less: a < b
    case .lessEqual: a <= b
    case .greater: a > b
    case .greaterEqual: a >= b
    }
  }
}

/// How deep an evaluation may go: it is recursive.
private let evaluationDepthMax = 1000
