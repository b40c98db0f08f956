import Diagnostics
import Semantics
import Syntax
import TransitionSystem

/// A quantifier's parts.
struct Quantified {
  let local: LocalID
  let domain: TypedExpression
  let filter: TypedExpression?
  let body: TypedExpression
  init(
    _ local: LocalID, _ domain: TypedExpression, _ filter: TypedExpression?,
    _ body: TypedExpression
  ) {
    self.local = local
    self.domain = domain
    self.filter = filter
    self.body = body
  }
}

/// Quantifiers: unrolled over small constant domains, for precise read sets; else loops.
extension CodeLowering {
  /// Requires: a quantifier.
  func quantify(_ expression: TypedExpression) -> Value {
    if isNarrowed { return quantifyNarrowed(expression) }
    isNarrowed = true
    defer { isNarrowed = false }
    return lower(Miniscoping(spec).narrowed(expression))
  }

  private func quantifyNarrowed(_ expression: TypedExpression) -> Value {
    guard
      case .quantifier(let quantifier, let local, let domain, let filter, let body) =
        expression.kind
    else { return Value(expression.type, .no) }
    let parts = Quantified(local, domain, filter, body)
    return quantify(quantifier, parts, expression.type, expression.span)
  }

  private func quantify(
    _ quantifier: Quantifier, _ parts: Quantified, _ type: Type, _ span: Span
  ) -> Value {
    let domain = self.domain(parts.domain, isPure: true)
    let weight = weight(parts.body) + (parts.filter.map(weight) ?? 0)
    if weight <= 256, let values = constants(domain, limit: 16), values.count * weight <= 1024 {
      return unrolled(quantifier, parts, values, type, span)
    }
    switch quantifier {
    case .all, .some: return Value(.bool, search(quantifier == .all, parts, domain))
    case .count, .sum: return accumulate(quantifier == .count, parts, domain, type, span)
    }
  }

  private func unrolled(
    _ quantifier: Quantifier, _ parts: Quantified, _ values: [Value], _ type: Type, _ span: Span
  ) -> Value {
    switch quantifier {
    case .all, .some:
      let isAll = quantifier == .all
      var result: ProgramExpression = isAll ? .yes : .no
      for value in values {
        result = shortCircuit(isAll ? result : .not(result), whenFalse: isAll ? .no : .yes) {
          self.test(parts, value, isAll: isAll)
        }
      }
      return Value(.bool, result)
    case .count, .sum:
      var sum = Value(.integer(lower: 0, upper: 0), .no)
      for value in values {
        let term = term(quantifier == .count, parts, value)
        sum = arithmetic(.add, sum, term, .integer(lower: .min, upper: .max), span)
      }
      return sum
    }
  }

  /// The body for one element; with the filter, for `all` what `filter implies body` says.
  private func test(_ parts: Quantified, _ value: Value, isAll: Bool) -> ProgramExpression {
    locals[parts.local] = .value(value)
    guard let filter = parts.filter else { return cell(parts.body) }
    return shortCircuit(cell(filter), whenFalse: isAll ? .yes : .no) {
      self.knowing(filter, is: true) { self.cell(parts.body) }
    }
  }

  /// What one element adds to a count or sum.
  private func term(_ isCount: Bool, _ parts: Quantified, _ value: Value) -> Value {
    locals[parts.local] = .value(value)
    var body = Value(.bool, .no)
    guard let filter = parts.filter else {
      body = lower(parts.body)
      return isCount ? Value(.integer(lower: 0, upper: 1), body.cell) : body
    }
    let condition = cell(filter)
    if condition.constantValue == 0 { return Value(.integer(lower: 0, upper: 0), .no) }
    let cell = shortCircuitValue(condition) {
      body = self.knowing(filter, is: true) { self.lower(parts.body) }
      return body.cell
    }
    if isCount { return Value(.integer(lower: 0, upper: 1), cell) }
    let bounds = body.bounds
    return Value(.integer(lower: min(0, bounds.lower), upper: max(0, bounds.upper)), cell)
  }

  /// A value where a condition is true, else 0.
  private func shortCircuitValue(
    _ condition: ProgramExpression, _ value: () -> ProgramExpression
  ) -> ProgramExpression {
    var result = ProgramExpression.no
    let statements = block { result = value() }
    if statements.isEmpty { return .conditional(if: condition, result, .no) }
    let register = newRegister()
    emit(.if(condition, statements + [.set(register, result)], else: [.set(register, .no)]))
    return .register(register)
  }

  private func search(
    _ isAll: Bool, _ parts: Quantified, _ domain: Domain
  ) -> ProgramExpression {
    let result = newRegister()
    emit(.set(result, isAll ? .yes : .no))
    let decided: ProgramExpression = isAll ? .not(.register(result)) : .register(result)
    walk(domain, parts.domain.span, decided: decided) { value in
      let test = test(parts, bind(value), isAll: isAll)
      emitIf(isAll ? .not(test) : test) {
        emit(.set(result, isAll ? .no : .yes))
        emit(.break)
      }
    }
    return .register(result)
  }

  private func accumulate(
    _ isCount: Bool, _ parts: Quantified, _ domain: Domain, _ type: Type, _ span: Span
  ) -> Value {
    let result = newRegister()
    emit(.set(result, .no))
    // What is proved about the sum: nothing but the type, unless every partial sum surely fits.
    let sum = Value(type, .register(result))
    var isSafe = true
    walk(domain, parts.domain.span) { value in
      let term = term(isCount, parts, bind(value))
      let most = max(term.bounds.upper.magnitude, term.bounds.lower.magnitude)
      let isShort = !domain.isSet || types.cellsWithinLimits(.set(domain.element)) != nil
      isSafe = isCount || most < 1 << 31 && isShort
      let whole = Value(.integer(lower: .min, upper: .max), .register(result))
      let next =
        isSafe
        ? .sum(sum.cell, term.cell)
        : arithmetic(.add, whole, term, .integer(lower: .min, upper: .max), span).cell
      emit(.set(result, next))
    }
    if isCount { return Value(type, .register(result)) }
    return sum
  }

  /// About how much code an expression becomes.
  func weight(_ expression: TypedExpression) -> Int {
    switch expression.kind {
    case .boolean, .integer, .enumerationCase, .agent, .none, .local, .selfAgent, .sender,
      .allValues, .quiescent, .coherent, .determined:
      return 1
    case .call(let function, let arguments):
      return arguments.reduce(weight(spec.functions[function.index].body)) { $0 + weight($1) }
    case .quantifier(_, _, let domain, let filter, let body):
      let count = domain.type.element.flatMap { types.info($0).cardinality } ?? 16
      let inner = weight(body) + (filter.map(weight) ?? 0)
      return weight(domain) + min(16, max(1, count)) * min(inner, 1 << 20)
    case .setComprehension(_, let domain, let filter):
      return weight(domain) + 16 * min(weight(filter), 1 << 20)
    case .mapComprehension(_, let body): return 16 * min(weight(body), 1 << 20)
    default: return 1 + children(expression).reduce(0) { min(1 << 24, $0 + weight($1)) }
    }
  }

  private func children(_ expression: TypedExpression) -> [TypedExpression] {
    switch expression.kind {
    case .some(let e), .convert(let e), .field(let e, _), .unwrap(let e), .not(let e),
      .negate(let e), .extremumOfSet(_, let e), .size(let e), .first(let e), .rest(let e),
      .index(let e), .member(_, let e), .status(_, let e):
      [e]
    case .variable(_, let owner): owner.map { [$0] } ?? []
    case .lookup(let a, let b), .element(let a, let b), .connective(_, let a, let b),
      .equal(let a, let b), .notEqual(let a, let b), .compare(_, let a, let b),
      .arithmetic(_, let a, let b), .contains(let a, let b), .setOperation(_, let a, let b),
      .range(let a, let b), .concatenate(let a, let b):
      [a, b]
    case .conditional(let a, let b, let c): [a, b, c]
    case .set(let all), .sequence(let all), .record(let all), .extremum(_, let all): all
    default: []
    }
  }
}
