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

/// A formula about a state and what can be reached from it.
public indirect enum BranchingFormula: Hashable, Sendable {
  /// Index in `TemporalProperty.atoms`.
  case atom(Int)
  case not(BranchingFormula)
  case and(BranchingFormula, BranchingFormula)
  case or(BranchingFormula, BranchingFormula)
  /// Some state that can be reached from here, or this one, satisfies it.
  case can(BranchingFormula)

  /// All states that can be reached from here satisfy it, and this one.
  public static func always(_ formula: BranchingFormula) -> BranchingFormula {
    .not(.can(.not(formula)))
  }
}

/// A property of executions, or of what can still be reached.
public struct TemporalProperty: Sendable {
  public enum Kind: Sendable {
    /// Violated by a fair execution that does not satisfy the formula.
    case linear(LinearFormula)
    /// Violated by a reachable state that does not satisfy the formula.
    case everywhere(BranchingFormula)
    /// Witnessed by a reachable state that satisfies the formula.
    case somewhere(BranchingFormula)
    /// Which decisions are still possible: atom i is true where somebody has decided value i.
    case valence(values: [String])
  }
  public let name: String
  public let kind: Kind
  /// State predicates, as reachability properties.
  public let atoms: [StateProperty]
  /// What a formula of linear time reads as the atoms behind `atoms`.
  public let possibilities: [BranchingFormula]
  public init(
    name: String, kind: Kind, atoms: [StateProperty], possibilities: [BranchingFormula] = []
  ) {
    self.name = name
    self.kind = kind
    self.atoms = atoms
    self.possibilities = possibilities
  }
}
