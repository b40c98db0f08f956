import Reduction
import TransitionSystem

/// What must be looked at of the properties in a new state, by the action that led there.
///
/// Of a property that is not found in the state before, `Residuals` says what is left: it was
/// looked at there, or this follows from one still before. Where it was found there, that candidate
/// comes before any behind it. Symmetry replaces what an action made by another state, to which
/// this does not apply.
///
/// Threads: any; nothing changes.
final class AffectedProperties: @unchecked Sendable {
  /// To be read through a copy: a reference to an object in the inner loop costs a retain and a
  /// release for each state.
  let table: Table
  /// What is left of properties, to be compiled.
  let residuals: [Predicate]

  /// Properties from here on have no bits, and are looked at in every state.
  static let limit = 64
  /// Nodes of residuals that are compiled, all together.
  private static let nodesMax = 1 << 15

  struct Table: BitwiseCopyable {
    /// By action, the properties as bits that must be looked at.
    fileprivate let masks: UnsafeMutablePointer<UInt64>
    /// By action and property, the number of a residual; -1 where the whole is evaluated.
    fileprivate let numbers: UnsafeMutablePointer<Int32>
    fileprivate let stride: Int

    /// The properties to look at behind an action; all, where there is none (-1).
    @inline(__always)
    func mask(_ action: Int32) -> UInt64 {
      // Safety: the index is that of an action of the system.
      action < 0 ? ~0 : masks[Int(action)]
    }

    /// What to evaluate of a property of the mask.
    @inline(__always)
    func predicate(_ property: Int, _ action: Int32) -> PredicateID {
      if action < 0 || property >= stride { return .property(property) }
      // Safety: both indices are those of the system.
      let number = numbers[Int(action) &* stride &+ property]
      return number < 0 ? .property(property) : .residual(Int(number))
    }
  }

  init(_ system: TransitionSystem) {
    let (actions, count) = (system.actions.count, min(system.properties.count, Self.limit))
    let masks = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, actions))
    masks.initialize(repeating: 0, count: max(1, actions))
    let numbers = UnsafeMutablePointer<Int32>.allocate(capacity: max(1, actions * count))
    numbers.initialize(repeating: -1, count: max(1, actions * count))
    var (residuals, nodesLeft): ([Predicate], Int) = ([], Self.nodesMax)
    let steps = Residuals(system)
    for (index, property) in system.properties.prefix(count).enumerated() {
      let isInvariant = property.kind == .invariant
      for (action, residual) in steps.residuals(of: property.predicate, lookingFor: !isInvariant)
        .enumerated()
      {
        if case .nothing = residual { continue }
        masks[action] |= 1 << UInt64(index)
        guard case .part(let condition, let size) = residual, size <= nodesLeft else { continue }
        nodesLeft -= size
        numbers[action * count + index] = Int32(residuals.count)
        residuals.append(
          Predicate(
            statements: [], result: isInvariant ? .unary(.not, condition) : condition,
            registerCount: 0))
      }
      guard let antecedent = property.antecedent else { continue }
      for (action, residual) in steps.residuals(of: antecedent, lookingFor: true).enumerated() {
        if case .nothing = residual { continue }
        masks[action] |= 1 << UInt64(index)
      }
    }
    table = Table(masks: masks, numbers: numbers, stride: count)
    self.residuals = residuals
  }

  deinit {
    table.masks.deallocate()
    table.numbers.deallocate()
  }
}
