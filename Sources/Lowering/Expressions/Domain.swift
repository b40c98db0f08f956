import Diagnostics
import Semantics
import TransitionSystem

/// What a quantifier, a loop or a choice ranges over; a mask only where it must be.
enum Domain {
  /// The integers `lower ... upper`, of a type.
  case range(lower: Value, upper: Value, Type)
  /// Every value of the type.
  case all(Type)
  case mask([ProgramExpression], element: Type)
  /// These values, in this order: a sequence of known length.
  case list([Value], Type)
  /// The elements of the sequence that lies there.
  case places(Address, element: Type, capacity: Int)

  var element: Type {
    switch self {
    case .range(_, _, let type), .all(let type), .mask(_, let type), .list(_, let type),
      .places(_, let type, _):
      type
    }
  }

  /// Whether every value occurs at most once.
  var isSet: Bool {
    switch self {
    case .range, .all, .mask: true
    case .list, .places: false
    }
  }
}

extension CodeLowering {
  /// What an expression ranges over.
  ///
  /// `isPure`: nothing is written while it is walked through, so that no variable needs a copy.
  func domain(_ expression: TypedExpression, isPure: Bool = false) -> Domain {
    if case .sequence(let element, let capacity) = expression.type {
      return domain(ofSequence: expression, element, capacity, isPure: isPure)
    }
    switch expression.kind {
    case .allValues:
      if let element = expression.type.element { return .all(element) }
    case .range(let lower, let upper):
      if let element = expression.type.element {
        return .range(lower: bind(self.lower(lower)), upper: bind(self.lower(upper)), element)
      }
    case .convert(let inner):
      // Without a check where the elements fit already.
      if case .range = inner.kind, let from = inner.type.element?.interval,
        let to = expression.type.element?.interval, to.lower <= from.lower, from.upper <= to.upper
      {
        return domain(inner)
      }
    default: break
    }
    guard case .set(let element) = expression.type else { return .all(.bool) }
    return .mask(bind(lower(expression)).cells, element: element)
  }

  private func domain(
    ofSequence expression: TypedExpression, _ element: Type, _ capacity: Int, isPure: Bool
  ) -> Domain {
    if isPure, let address = addressInPlace(of: expression) {
      return .places(address, element: element, capacity: capacity)
    }
    let value = lower(expression)
    guard let length = value.cell.constantValue, length >= 0, length <= capacity else {
      return .places(materialize(value), element: element, capacity: capacity)
    }
    let stride = types.cellCount(element)
    let whole = Value(
      value.type, value.cells.map { $0.constantValue == nil ? materialize($0) : $0 })
    let values = (0..<Int(length)).map { place in
      Value(element, Array(whole.cells[(1 + place * stride)..<(1 + (place + 1) * stride)]))
    }
    return .list(values, element)
  }

  /// A copy that nobody else writes to.
  private func materialize(_ cell: ProgramExpression) -> ProgramExpression {
    materialize(Value(.bool, cell)).read()
  }

  /// The elements of a constant domain of at most `limit` elements, ascending.
  func constants(_ domain: Domain, limit: Int) -> [Value]? {
    switch domain {
    case .range(let lower, let upper, let type):
      guard let first = lower.cell.constantValue, let last = upper.cell.constantValue else {
        return nil
      }
      if first > last { return [] }
      let (count, overflow) = last.subtractingReportingOverflow(first)
      if overflow || count >= limit { return nil }
      return (first...last).map { Value(type, .constant($0)) }
    case .all(let type):
      guard let count = types.info(type).cardinality, count <= limit else { return nil }
      return (0..<count).map { value(ofRank: .constant(Int64($0)), type) }
    case .mask(let cells, let type):
      var values: [Value] = []
      for (index, cell) in cells.enumerated() {
        guard let mask = cell.constantValue else { return nil }
        for bit in 0..<64 where UInt64(bitPattern: mask) >> UInt64(bit) & 1 == 1 {
          values.append(value(ofRank: .constant(Int64(64 * index + bit)), type))
        }
      }
      return values.count <= limit ? values : nil
    case .list(let values, _): return values.count <= limit ? values : nil
    case .places: return nil
    }
  }

  /// `forEach` for what the spec goes through itself; too many values are reported.
  func walk(
    _ domain: Domain, _ span: Span, decided: ProgramExpression? = nil, _ body: (Value) -> Void
  ) {
    let outer = walkedCount
    defer { walkedCount = outer }
    let (all, overflow) = outer.multipliedReportingOverflow(by: sizeMax(of: domain))
    walkedCount = overflow ? .max : all
    if walkedCount > Self.walkedMax {
      tables.report(.tooManyToWalk(walkedCount, most: Self.walkedMax, span))
    }
    forEach(domain, decided: decided, body)
  }

  /// Half a second in the machine, which looks at no budget meanwhile.
  private static let walkedMax = 10_000_000

  private func sizeMax(of domain: Domain) -> Int {
    switch domain {
    case .range(let lower, let upper, _):
      let (count, overflow) = upper.bounds.upper.subtractingReportingOverflow(lower.bounds.lower)
      return overflow || count == .max ? .max : max(0, Int(count) + 1)
    case .all(let type): return types.info(type).cardinality ?? .max
    case .mask(let cells, _): return 64 * cells.count
    case .list(let values, _): return values.count
    case .places(_, _, let capacity): return capacity
    }
  }

  /// A loop over a domain, ascending. Where `decided` is given, the body may set it to 1 and leave
  /// its loop with `.break`.
  func forEach(_ domain: Domain, decided: ProgramExpression? = nil, _ body: (Value) -> Void) {
    switch domain {
    case .range(let lower, let upper, let type):
      let register = newRegister()
      let bounds = (lower.bounds.lower, upper.bounds.upper)
      let value = Value(
        bounds.0 <= bounds.1 ? .integer(lower: bounds.0, upper: bounds.1) : type,
        .register(register))
      let inner = block { body(value) }
      emit(.forRange(register, from: lower.cell, through: upper.cell, inner))
    case .all(let type):
      let info = types.info(type)
      let register = newRegister()
      let first = info.bounds?.lower ?? 0
      let last = info.bounds?.upper ?? Int64((info.cardinality ?? 1) - 1)
      let inner = block {
        body(
          info.bounds != nil
            ? Value(type, .register(register)) : value(ofRank: .register(register), type))
      }
      emit(.forRange(register, from: .constant(first), through: .constant(last), inner))
    case .mask(let cells, let element):
      for (index, cell) in cells.enumerated() where cell.constantValue != 0 {
        let register = newRegister()
        let inner = block {
          let rank = ProgramExpression.sum(.register(register), .constant(Int64(64 * index)))
          body(value(ofRank: rank, element))
        }
        let loop = ProgramStatement.forBits(register, in: cell, inner)
        if let decided, index > 0 {
          emit(.if(decided, [], else: [loop]))
        } else {
          emit(loop)
        }
      }
    case .list(let values, let element):
      // Longer than what is worth unrolling: laid side by side, to be walked like any other.
      let cells = [ProgramExpression.constant(Int64(values.count))] + values.flatMap(\.cells)
      let address = materialize(Value(.sequence(element, capacity: values.count), cells))
      forEach(.places(address, element: element, capacity: values.count), decided: decided, body)
    case .places(let address, let element, let capacity):
      if capacity == 0 { return }
      let register = newRegister()
      let inner = block {
        var place = address.offset(by: 1)
        place.move(by: .register(register), stride: types.cellCount(element), count: capacity)
        body(read(place, element))
      }
      let last = ProgramExpression.difference(address.read(), .yes)
      emit(.forRange(register, from: .no, through: last, inner))
    }
  }
}
