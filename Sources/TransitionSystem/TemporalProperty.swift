import Diagnostics

/// A formula of linear time over the atoms of a property; `next` is not in the language.
public indirect enum LinearFormula: Hashable, Sendable {
  case constant(Bool)
  /// Index in `TemporalProperty.atoms`.
  case atom(Int)
  case not(LinearFormula)
  case and(LinearFormula, LinearFormula)
  case or(LinearFormula, LinearFormula)
  case until(LinearFormula, LinearFormula)

  public static func eventually(_ formula: LinearFormula) -> LinearFormula {
    .until(.constant(true), formula)
  }

  public static func always(_ formula: LinearFormula) -> LinearFormula {
    .not(.eventually(.not(formula)))
  }

  public static func implies(_ left: LinearFormula, _ right: LinearFormula) -> LinearFormula {
    .or(.not(left), right)
  }
}

/// A property of executions, or of what can still be reached.
public struct TemporalProperty: Sendable {
  public enum Kind: Sendable {
    /// Violated by a fair execution that does not satisfy the formula.
    case linear(LinearFormula)
    /// `always can`: violated by a reachable state from which the one atom can never be true.
    case resettable
    /// Which decisions are still possible: atom i is true where somebody has decided value i.
    case valence(values: [String])
  }
  public let name: String
  public let kind: Kind
  /// State predicates, as reachability properties.
  public let atoms: [StateProperty]
  public init(name: String, kind: Kind, atoms: [StateProperty]) {
    self.name = name
    self.kind = kind
    self.atoms = atoms
  }
}
