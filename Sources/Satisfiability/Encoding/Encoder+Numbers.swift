import Decisions
import Semantics

/// Where a factor or divisor has no more values than these, the cases are told apart: what remains
/// is linear, which solvers decide.
private let casesMax: Int64 = 64

extension Encoder {
  func numeric(_ e: TypedExpression) throws(NotEncoded) -> Term {
    switch e.kind {
    case .negate(let inner):
      try requireExact(e.type)
      return .product(.integer(-1), try number(inner))
    case .arithmetic(let operation, let a, let b): return try arithmetic(operation, a, b, e.type)
    case .extremum(let extremum, let list):
      var best: Term?
      for value in try evaluate(all: list) {
        guard case .number(let term) = value else { throw .noValues }
        best = best.map { better(extremum, $0, term) } ?? term
      }
      guard let best else { throw .noValues }
      return best
    case .extremumOfSet(let extremum, let set): return try extreme(extremum, set)
    case .size(let inner):
      if case .sequence(let length, _) = try sequenceValue(inner) { return length }
      return .sum(try walk(inner).map { .choice($0.isIn, .integer(1), .integer(0)) })
    case .index(let inner): return try index(inner)
    case .member(let id, let inner):
      let place = try number(inner)
      let agent = spec.agents[id.index]
      require(.comparison(.integer(0), place, orEqual: true))
      require(.comparison(place, .integer(Int64(agent.count)), orEqual: false))
      return .sum([place, .integer(Int64(agent.first))])
    default: throw .noValues
    }
  }

  private func sequenceValue(_ e: TypedExpression) throws(NotEncoded) -> SymbolicValue? {
    if case .sequence = e.type { return try evaluate(e) }
    return nil
  }

  /// Intervals are saturated: one that does not touch the ends cannot have overflowed.
  func requireExact(_ type: Type) throws(NotEncoded) {
    guard case .integer(let lower, let upper) = type, lower > .min, upper < .max else {
      throw .mayOverflow
    }
  }

  private func arithmetic(
    _ operation: Arithmetic, _ a: TypedExpression, _ b: TypedExpression, _ type: Type
  ) throws(NotEncoded) -> Term {
    try requireExact(type)
    let left = try number(a)
    let right = try number(b)
    switch operation {
    case .add: return .sum([left, right])
    case .subtract: return .sum([left, .product(.integer(-1), right)])
    case .multiply:
      if !left.leaves.isEmpty, !right.leaves.isEmpty {
        if let values = cases(b.type) {
          return split(right, values) { .product(left, .integer($0)) }
        }
        if let values = cases(a.type) {
          return split(left, values) { .product(right, .integer($0)) }
        }
      }
      return .product(left, right)
    case .divide, .remainder:
      require(.negation(.equality(right, .integer(0))))
      let values = right.integerValue.map { $0...$0 } ?? cases(b.type)
      guard let values else { throw .tooLarge }
      return split(right, values) { divisor in
        if divisor == 0 { return .integer(0) }
        return operation == .divide
          ? .divide(left, .integer(divisor)) : .remainder(left, divisor)
      }
    }
  }

  private func cases(_ type: Type) -> ClosedRange<Int64>? {
    guard case .integer(let lower, let upper) = type, lower <= upper,
      case (let last, false) = upper.subtractingReportingOverflow(lower), last < casesMax
    else { return nil }
    return lower...upper
  }

  /// The term for the value that another has. Requires: it has one of them.
  private func split(
    _ term: Term, _ values: ClosedRange<Int64>, _ body: (Int64) -> Term
  ) -> Term {
    var result = body(values.upperBound)
    for value in values.dropLast().reversed() {
      result = named(
        .choice(.equality(term, .integer(value)), body(value), result), isNumber: true)
    }
    return result
  }

  private func better(_ extremum: Extremum, _ a: Term, _ b: Term) -> Term {
    let isLess = Term.comparison(a, b, orEqual: true)
    let best = extremum == .minimum ? Term.choice(isLess, a, b) : .choice(isLess, b, a)
    return named(best, isNumber: true)
  }

  private func extreme(
    _ extremum: Extremum, _ set: TypedExpression
  ) throws(NotEncoded) -> Term {
    let elements = try walk(set)
    require(.disjunction(elements.map(\.isIn)))
    var best: Term?
    for (value, isIn) in extremum == .minimum ? elements.reversed() : elements {
      guard case .number(let term) = value else { throw .noValues }
      best = named(.choice(isIn, term, best ?? term), isNumber: true)
    }
    guard let best else { return .integer(0) }
    return best
  }

  private func index(_ e: TypedExpression) throws(NotEncoded) -> Term {
    let identity = try number(e)
    guard case .agent(let first, let count) = e.type else { throw .noValues }
    var result = identity
    for agent in spec.agents.reversed()
    where agent.first < first + count && first < agent.first + agent.count {
      let place = Term.sum([identity, .integer(-Int64(agent.first))])
      let isMember = Term.comparison(
        identity, .integer(Int64(agent.first + agent.count)), orEqual: false)
      result = named(.choice(isMember, place, result), isNumber: true)
    }
    return result
  }
}
