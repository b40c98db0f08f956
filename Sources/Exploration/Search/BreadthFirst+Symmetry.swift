import Symmetry
import TransitionSystem

/// Symmetry reduction of a search.
///
/// Every state is replaced by the representative of its orbit before anything else looks at it, so
/// that levels, counts and candidates are those of the quotient: the successors of a
/// representative are, up to permutation, those of every state of its orbit, and the properties are
/// the same on all of it. Levels are those of the full search, permutations forgotten.
///
/// Stubborn sets are computed on representatives. What makes them right is said of paths from a
/// state and of their lengths, and permuting the rest of a path keeps it a path of that length
/// with the same truths; the condition against ignoring is about levels, or depth-first about the
/// order in which states close, and these are those of the quotient.
///
/// Source: Emerson, Jha and Peled, Combining partial order and symmetry reductions, TACAS 1997.
extension BreadthFirstWorker where Store: ~Copyable {
  /// Replaces the successors from `first` on by their representatives.
  @inline(__always)
  mutating func canonicalize(from first: Int) {
    canonicalizer?.canonicalize(buffer, from: first)
  }
}

extension Canonicalizer {
  /// Replaces the successors from `first` on by their representatives.
  func canonicalize(_ buffer: borrowing SuccessorBuffer, from first: Int) {
    for index in first..<buffer.count {
      let state = buffer.state(index)
      canonicalize(state)
      buffer.hashes[index] = StateHash.hash(state, buffer.wordCount)
    }
  }
}

extension SearchResult {
  mutating func addSymmetry(_ canonicalizer: Canonicalizer?) {
    guard let canonicalizer else { return }
    statistics.inexactRepresentatives += canonicalizer.inexactCount
    if canonicalizer.misfitCount > 0 {
      internalFaults.append("an identity does not fit the place of its image")
    }
  }
}

extension SearchStatistics {
  /// The plan for the families asked for; nil, with the reason noted, where there is none.
  mutating func planSymmetry(
    _ system: TransitionSystem, _ options: SearchOptions
  ) -> SymmetryPlan? {
    if options.symmetricFamilies.isEmpty { return nil }
    do {
      let plan = try SymmetryPlan(system, families: options.symmetricFamilies)
      symmetricFamilies = plan.families.map { system.agents[$0.lowerBound].family }
      return options.unmovedSlot.map { plan.leaving($0) } ?? plan
    } catch {
      symmetryRefusal = error.description
      return nil
    }
  }
}

extension FindingCandidate {
  /// Whether a failure of the initial program was found, which has no state.
  var isInitialFailure: Bool { isFailingStep && (failure?.action ?? 0) < 0 }
}
