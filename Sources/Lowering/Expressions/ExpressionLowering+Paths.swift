import Diagnostics
import Semantics
import TransitionSystem

/// Variables, locals, and the ways into them: read in place, without copying the whole.
extension CodeLowering {
  func lowerPath(_ expression: TypedExpression) -> Value {
    if hasAddress(expression), let address = address(of: expression) {
      return read(address, expression.type)
    }
    let type = expression.type
    switch expression.kind {
    case .local(let local):
      if case .value(let value) = locals[local] { return value }
      return Value(type, types.info(type).cleared.map { .constant($0) })
    case .field(let record, let field):
      let value = lower(record)
      let start = fieldOffset(record.type, field)
      return Value(type, Array(value.cells[start..<(start + types.cellCount(type))]))
    case .unwrap(let optional):
      let value = bind(lower(optional))
      let isKnown = isKnownPresent(optional)
      return unwrapped(value, type, checkedAt: isKnown ? nil : expression.span)
    case .lookup(let map, let key):
      return lookup(map, key, type)
    case .element(let sequence, let index):
      let address = materialize(lower(sequence))
      let place = element(address, sequence.type, index, expression.span)
      return read(place, type)
    default:
      return Value(type, types.info(type).cleared.map { .constant($0) })
    }
  }

  /// `m[k]` of a map that does not lie anywhere yet.
  private func lookup(_ map: TypedExpression, _ key: TypedExpression, _ type: Type) -> Value {
    let value = lower(map)
    guard case .map(let keyType, _) = map.type else { return Value(type, .no) }
    let rank = rank(lower(key), as: keyType)
    let stride = types.cellCount(type)
    if let place = rank.constantValue {
      let count = types.cardinality(keyType) ?? 1
      let start = 0 <= place && place < count ? Int(place) * stride : 0
      return Value(type, Array(value.cells[start..<(start + stride)]))
    }
    var address = materialize(value)
    address.move(by: bind(rank), stride: stride, count: types.cardinality(keyType) ?? 1)
    return read(address, type)
  }

  private func unwrapped(_ value: Value, _ type: Type, checkedAt span: Span?) -> Value {
    if let span { check(isPresent(value), "there is no value: it is none", span) }
    let isOneCell = types.info(value.type).bounds != nil
    return Value(type, isOneCell ? [value.cell] : Array(value.cells.dropFirst()))
  }

  func fieldOffset(_ record: Type, _ field: Int) -> Int {
    guard case .record(let id) = record else { return 0 }
    return spec.records[id.index].fields.prefix(field).reduce(0) {
      $0 + types.cellCount($1.type)
    }
  }

  /// Where the value of an expression lies already; nil where it lies nowhere.
  func addressInPlace(of expression: TypedExpression) -> Address? {
    hasAddress(expression) ? address(of: expression) : nil
  }

  /// Whether the expression is a way into a variable or a local that lies somewhere.
  private func hasAddress(_ expression: TypedExpression) -> Bool {
    switch expression.kind {
    case .variable: return true
    case .local(let local):
      if case .address = locals[local] { return true }
      return false
    case .field(let base, _), .lookup(let base, _), .element(let base, _): return hasAddress(base)
    case .unwrap(let base): return types.info(base.type).bounds == nil && hasAddress(base)
    default: return false
    }
  }

  /// Where a path lies; emits the checks on the way. Requires: `hasAddress(expression)`.
  private func address(of expression: TypedExpression) -> Address? {
    switch expression.kind {
    case .variable(let variable, let owner):
      return address(of: variable, owner: owner, expression.span)
    case .local(let local):
      if case .address(let address, _) = locals[local] { return address }
      return nil
    case .field(let record, let field):
      return address(of: record)?.offset(by: fieldOffset(record.type, field))
    case .lookup(let map, let key):
      return address(of: map).map { entry($0, map.type, key) }
    case .element(let sequence, let index):
      return address(of: sequence).map { element($0, sequence.type, index, expression.span) }
    case .unwrap(let optional):
      guard let address = address(of: optional) else { return nil }
      if !isKnownPresent(optional) {
        check(address.read(), "there is no value: it is none", expression.span)
      }
      return address.offset(by: 1)
    default: return nil
    }
  }

  /// The place of `map[key]`.
  func entry(_ map: Address, _ type: Type, _ key: TypedExpression) -> Address {
    guard case .map(let keyType, let value) = type else { return map }
    var address = map
    let stride = types.cellCount(value)
    let rank = rank(lower(key), as: keyType)
    address.move(
      by: stride > 1 ? bind(rank) : rank, stride: stride, count: types.cardinality(keyType) ?? 1)
    return address
  }

  /// The place of `sequence[index]`.
  func element(
    _ sequence: Address, _ type: Type, _ index: TypedExpression, _ span: Span
  ) -> Address {
    guard case .sequence(let element, let capacity) = type else { return sequence }
    let index = bind(lower(index))
    let bounds = index.bounds
    var inside = ProgramExpression.less(index.cell, sequence.read())
    if bounds.lower < 0 { inside = .and(.lessEqual(.no, index.cell), inside) }
    if bounds.lower >= capacity || bounds.upper < 0 { inside = .no }
    check(inside, "the sequence has no element at this index", span)
    var address = sequence.offset(by: 1)
    if inside.constantValue != 0 {
      address.move(by: index.cell, stride: types.cellCount(element), count: capacity)
    }
    return address
  }

  /// The place of a variable, of an agent by its identity.
  func address(of variable: VariableID, owner: TypedExpression?, _ span: Span) -> Address {
    guard case .agent(let declaration) = spec.variables[variable.index].owner else {
      return Address(.slots, plan.base(of: variable))
    }
    var identity = owner.map { lower($0) } ?? Value(.bool, .constant(Int64(actor ?? 0)))
    let family = spec.agents[declaration.index]
    let last = Int64(family.first + family.count - 1)
    let offset = plan.base(of: variable)
    var address = Address(.slots, offset)
    if let constant = identity.cell.constantValue,
      Int64(family.first) <= constant, constant <= last
    {
      address.base += plan.stride(of: declaration) * (Int(constant) - family.first)
      return address
    }
    identity = bind(identity)
    if identity.bounds.lower < Int64(family.first) || identity.bounds.upper > last {
      check(
        .within(identity.cell, Int64(family.first), last),
        "the agent is no \(family.name)", span)
    }
    if identity.cell.constantValue == nil {
      address.move(
        by: .difference(identity.cell, .constant(Int64(family.first))),
        stride: plan.stride(of: declaration), count: family.count)
    }
    return address
  }
}
