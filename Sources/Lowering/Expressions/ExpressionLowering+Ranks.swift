import Semantics
import TransitionSystem

/// Between values and their ranks; the order is that of `Shape.cells(ofRank:)`.
extension CodeLowering {
  /// The place of a value in the order of its type. Requires: the value is one of the type.
  func rank(_ value: Value, as type: Type) -> ProgramExpression {
    if let bounds = types.info(type).bounds {
      return .difference(value.cell, .constant(bounds.lower))
    }
    var cells = value.cells.map(bind)[...]
    return rank(&cells, type)
  }

  private func rank(
    _ cells: inout ArraySlice<ProgramExpression>, _ type: Type
  ) -> ProgramExpression {
    if let bounds = types.info(type).bounds {
      return .difference(cells.popFirst() ?? .no, .constant(bounds.lower))
    }
    switch type {
    case .record(let id):
      return number(&cells, spec.records[id.index].fields.map(\.type))
    case .optional(let payload):
      let present = cells.popFirst() ?? .no
      let payload = rank(&cells, payload)
      return .conditional(if: present, .sum(payload, .yes), .no)
    case .set:
      return cells.popFirst() ?? .no
    case .sequence(let element, let capacity):
      return sequenceRank(&cells, element, capacity)
    case .map(let key, let value):
      return number(&cells, Array(repeating: value, count: types.cardinality(key) ?? 0))
    case .bool, .integer, .enumeration, .agent: return cells.popFirst() ?? .no
    }
  }

  /// The number whose digits are values, the first one most significant.
  private func number(
    _ cells: inout ArraySlice<ProgramExpression>, _ digits: [Type]
  ) -> ProgramExpression {
    digits.reduce(.no) { number, digit in
      let base = ProgramExpression.constant(Int64(types.cardinality(digit) ?? 1))
      return .sum(.product(number, base), rank(&cells, digit))
    }
  }

  private func sequenceRank(
    _ cells: inout ArraySlice<ProgramExpression>, _ element: Type, _ capacity: Int
  ) -> ProgramExpression {
    let length = cells.popFirst() ?? .no
    let base = Int64(types.cardinality(element) ?? 1)
    var power: Int64 = 1
    var before: Int64 = 0
    var number = ProgramExpression.no
    var result = ProgramExpression.no
    for place in 1...max(1, capacity) where place <= capacity {
      number = bind(.sum(.product(number, .constant(base)), rank(&cells, element)))
      before &+= power
      power &*= base
      result = .conditional(
        if: .equal(length, .constant(Int64(place))), .sum(number, .constant(before)), result)
    }
    return result
  }

  /// The value of a rank.
  func value(ofRank rank: ProgramExpression, _ type: Type) -> Value {
    if let bounds = types.info(type).bounds {
      return Value(type, .sum(rank, .constant(bounds.lower)))
    }
    if let constant = rank.constantValue {
      return Value(type, types.info(type).shape.cells(ofRank: constant).map { .constant($0) })
    }
    let rank = bind(rank)
    switch type {
    case .record(let id):
      return Value(type, digits(rank, spec.records[id.index].fields.map(\.type)))
    case .optional(let payload):
      let address = materialize(none(of: type))
      emitIf(.not(.equal(rank, .no))) {
        assign(some(value(ofRank: .difference(rank, .yes), payload), of: type), to: address)
      }
      return read(address, type)
    case .set:
      return Value(type, [rank] + Array(repeating: .no, count: types.cellCount(type) - 1))
    case .sequence(let element, let capacity):
      return sequence(ofRank: rank, type, element, capacity)
    case .map(let key, let value):
      let count = types.cardinality(key) ?? 0
      return Value(type, digits(rank, Array(repeating: value, count: count)))
    case .bool, .integer, .enumeration, .agent: return Value(type, rank)
    }
  }

  private func digits(_ number: ProgramExpression, _ places: [Type]) -> [ProgramExpression] {
    var rest = number
    var runs: [[ProgramExpression]] = []
    for (index, place) in places.enumerated().reversed() {
      let base = ProgramExpression.constant(Int64(types.cardinality(place) ?? 1))
      let digit = index == 0 ? rest : .remainder(rest, base)
      runs.append(value(ofRank: digit, place).cells.map(bind))
      if index > 0 { rest = bind(.quotient(rest, base)) }
    }
    return Array(runs.reversed().joined())
  }

  private func sequence(
    ofRank rank: ProgramExpression, _ type: Type, _ element: Type, _ capacity: Int
  ) -> Value {
    let info = types.info(type)
    let address = materialize(Value(type, info.cleared.map { .constant($0) }))
    let base = Int64(types.cardinality(element) ?? 1)
    var power: Int64 = 1
    var before: Int64 = 0
    for length in 0...capacity {
      let next = before &+ power
      let isThis = ProgramExpression.and(
        .lessEqual(.constant(before), rank), .less(rank, .constant(next)))
      emitIf(isThis) {
        let places = Array(repeating: element, count: length)
        let cells = digits(.difference(rank, .constant(before)), places)
        assign(Value(type, [.constant(Int64(length))] + cells), to: address)
      }
      before = next
      power &*= base
    }
    return read(address, type)
  }

  /// Writes the cells of a value, as many as there are, from an address on.
  func assign(_ value: Value, to address: Address) {
    for (offset, cell) in value.cells.enumerated() { emit(address.write(offset, cell)) }
  }
}
