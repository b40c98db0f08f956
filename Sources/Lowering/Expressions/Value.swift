import Semantics
import TransitionSystem

/// A lowered expression: its cells.
///
/// For integers, `type` may be a tighter interval than the declared one; the cell is the integer
/// whatever the interval. All other types are exact, for the cells depend on them.
struct Value {
  var type: Type
  var cells: [ProgramExpression]

  init(_ type: Type, _ cells: [ProgramExpression]) {
    self.type = type
    self.cells = cells
  }
  init(_ type: Type, _ cell: ProgramExpression) { self.init(type, [cell]) }

  /// The first cell; of a record without fields, 0.
  var cell: ProgramExpression { cells.first ?? .no }

  /// The least and the greatest value of an integer or identity.
  var bounds: (lower: Int64, upper: Int64) {
    if let value = cell.constantValue { return (value, value) }
    switch type {
    case .bool: return (0, 1)
    case .integer(let lower, let upper): return (lower, upper)
    case .agent(let first, let count): return (Int64(first), Int64(first + count - 1))
    default: return (.min, .max)
    }
  }
}

/// Where the cells of a value lie: a run of slots or registers, perhaps at a computed place.
struct Address {
  enum Space { case slots, registers }
  struct Term {
    let stride: Int
    let index: ProgramExpression
    /// 0 <= index < count.
    let count: Int
  }
  let space: Space
  var base: Int
  var terms: [Term] = []

  init(_ space: Space, _ base: Int) {
    self.space = space
    self.base = base
  }

  /// A constant index outside, behind a check that always fails, stays at the first place.
  mutating func move(by index: ProgramExpression, stride: Int, count: Int) {
    if let constant = index.constantValue {
      if 0 <= constant && constant < count { base += stride * Int(constant) }
    } else {
      terms.append(Term(stride: stride, index: index, count: count))
    }
  }

  func offset(by cells: Int) -> Address {
    var moved = self
    moved.base += cells
    return moved
  }

  /// The stride, number of places and index that the terms come to.
  private var combined: (stride: Int, count: Int, index: ProgramExpression) {
    let stride = space == .registers ? 1 : terms.reduce(0) { Self.divisor($0, $1.stride) }
    let step = max(1, stride)
    var count = 1
    var index = ProgramExpression.no
    for term in terms {
      count += term.stride / step * (term.count - 1)
      index = .sum(index, .product(term.index, .constant(Int64(term.stride / step))))
    }
    return (step, count, index)
  }

  private static func divisor(_ a: Int, _ b: Int) -> Int { b == 0 ? a : divisor(b, a % b) }

  /// Reads the cell at an offset.
  func read(_ offset: Int = 0) -> ProgramExpression {
    if terms.isEmpty {
      return space == .slots
        ? .slot(SlotID(base + offset)) : .register(Register(base + offset))
    }
    let (stride, count, index) = combined
    return space == .slots
      ? .slotAt(first: SlotID(base + offset), stride: stride, count: count, index: index)
      : .registerAt(first: Register(base + offset), count: count, index: index)
  }

  /// Writes the cell at an offset.
  func write(_ offset: Int = 0, _ value: ProgramExpression) -> ProgramStatement {
    if terms.isEmpty {
      return space == .slots
        ? .store(SlotID(base + offset), value) : .set(Register(base + offset), value)
    }
    let (stride, count, index) = combined
    return space == .slots
      ? .storeAt(
        first: SlotID(base + offset), stride: stride, count: count, index: index, value)
      : .setAt(first: Register(base + offset), count: count, index: index, value)
  }
}
