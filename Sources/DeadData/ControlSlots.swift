import TransitionSystem

/// The slots that say where an agent is: the nodes of its control-flow graph are their values.
///
/// They are read off the transition system and need not come from a `run`: the control point and
/// the state of life of an agent are such slots, and so is a variable that only its agent assigns,
/// only constants, and that guards compare with constants (`place == scanning`).
struct ControlSlots {
  struct Part {
    let slot: SlotID
    let minimum: Int64
    /// Values it can hold: at most 64.
    let count: Int
  }

  private(set) var parts: [Part] = []
  /// Combinations of values: a location is a number below this.
  private(set) var locationCount = 1

  /// Combinations that are told apart, at most: the analysis has a set of slots for each.
  static let locationsMax = 512

  init(of agent: Int, in system: TransitionSystem, _ accesses: Accesses) {
    var candidates: [SlotID] = []
    for variable in system.variables where variable.agent == agent {
      if variable.kind == .control || variable.kind == .lifecycle { candidates += variable.slots }
    }
    candidates += accesses.constantSlots(of: agent).filter { !candidates.contains($0) }
    for slot in candidates
    where accesses.isWritten(slot, onlyBy: agent) && !accesses.isIndexed(slot) {
      let description = system.layout.slots[slot.index]
      guard (1...6).contains(description.width) else { continue }
      let count = Self.valueCount(of: slot, in: system) ?? 1 << description.width
      guard locationCount * count <= Self.locationsMax else { continue }
      parts.append(Part(slot: slot, minimum: description.minimum, count: count))
      locationCount *= count
    }
  }

  /// The values of a variable of one cell; its slot may have room for more.
  private static func valueCount(of slot: SlotID, in system: TransitionSystem) -> Int? {
    let variable = system.variables.first { $0.slots == [slot] }
    return variable?.shape.cellRange.map { Int($0.upper - $0.lower) + 1 }
  }

  /// The part that is a slot.
  func part(_ slot: SlotID) -> Int? { parts.firstIndex { $0.slot == slot } }

  /// The part of the region of one location.
  func region(at location: Int) -> Region {
    var rest = location
    return Region(
      masks: parts.map { part in
        defer { rest /= part.count }
        return 1 << UInt64(rest % part.count)
      })
  }

  /// The locations of a region, ascending.
  func locations(in region: Region) -> [Int] {
    var found = [0]
    var factor = 1
    for (index, part) in parts.enumerated() {
      found = (0..<part.count).filter { region.masks[index] >> UInt64($0) & 1 == 1 }
        .flatMap { value in found.map { $0 + factor * value } }
      factor *= part.count
    }
    return found
  }
}

/// A set of locations: for each part of the control slots the values that are possible.
struct Region: Hashable {
  /// Bit v: the value `minimum + v`. None is empty.
  var masks: [UInt64]

  mutating func formUnion(_ other: Region) {
    for (index, mask) in other.masks.enumerated() { masks[index] |= mask }
  }
}

extension Region? {
  /// Nil is where no execution comes.
  mutating func formUnion(_ other: Region?) {
    guard let other else { return }
    var region = self ?? other
    region.formUnion(other)
    self = region
  }
}

extension ControlSlots {
  /// Where an agent is after a statement that does not branch.
  func move(_ region: inout Region, by statement: ProgramStatement) {
    switch statement {
    case .store(let slot, let value):
      guard let index = part(slot) else { return }
      let known = self.value(of: value, in: region).flatMap { mask(index, $0) }
      region.masks[index] = known ?? all(index)
    case .clear(let first, let count):
      for index in parts(in: first, count) { region.masks[index] = 1 }
    case .restore(let first, let count):
      for index in parts(in: first, count) { region.masks[index] = all(index) }
    default: break
    }
  }

  private func parts(in first: SlotID, _ count: Int) -> [Int] {
    parts.indices.filter {
      (first.index..<first.index + count).contains(parts[$0].slot.index)
    }
  }

  private func all(_ index: Int) -> UInt64 {
    parts[index].count == 64 ? .max : 1 << UInt64(parts[index].count) - 1
  }

  private func mask(_ index: Int, _ value: Int64) -> UInt64? {
    let (bit, overflow) = value.subtractingReportingOverflow(parts[index].minimum)
    return !overflow && bit >= 0 && bit < parts[index].count ? 1 << UInt64(bit) : nil
  }

  /// The value of an expression that is the same everywhere in a region and cannot fail; nil where
  /// it is not known.
  func value(of expression: ProgramExpression, in region: Region) -> Int64? {
    switch expression {
    case .constant(let value): return value
    case .slot(let slot):
      guard let index = part(slot), region.masks[index].nonzeroBitCount == 1 else { return nil }
      return parts[index].minimum + Int64(region.masks[index].trailingZeroBitCount)
    case .unary(.not, let operand):
      return value(of: operand, in: region).map { $0 == 0 ? 1 : 0 }
    case .binary(let binary, let left, let right): return truth(binary, left, right, region)
    default: return nil
    }
  }

  private func truth(
    _ binary: ProgramBinary, _ left: ProgramExpression, _ right: ProgramExpression,
    _ region: Region
  ) -> Int64? {
    let (a, b) = (value(of: left, in: region), value(of: right, in: region))
    switch binary {
    case .and:
      if a == 0 || b == 0 && !left.mayFail { return 0 }
      return a != nil && b != nil ? 1 : nil
    case .or:
      if a ?? 0 != 0 || b ?? 0 != 0 && !left.mayFail { return 1 }
      return a != nil && b != nil ? 0 : nil
    case .equal, .notEqual:
      if let a, let b { return (a == b) == (binary == .equal) ? 1 : 0 }
      if excludes(left, b, region) || excludes(right, a, region) {
        return binary == .equal ? 0 : 1
      }
      return nil
    default: return nil
    }
  }

  /// Whether a slot cannot have a value anywhere in a region.
  private func excludes(_ slot: ProgramExpression, _ value: Int64?, _ region: Region) -> Bool {
    guard case .slot(let slot) = slot, let index = part(slot), let value else { return false }
    return region.masks[index] & (mask(index, value) ?? 0) == 0
  }
}
