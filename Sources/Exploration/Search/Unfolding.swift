import Symmetry
import TransitionSystem

/// Turns a path of representatives into one of states with the identities that they really have.
///
/// Along the path it keeps the permutation that leads from the representative to the real state.
/// Whatever it makes is replayed like any other path, so that nothing here is trusted.
struct Unfolding: ~Copyable {
  private var machine: Machine
  private var buffer: SuccessorBuffer
  private let canonicalizer: Canonicalizer
  private let kinds: [Failure.Kind]

  init(_ compiled: CompiledSystem, _ plan: SymmetryPlan) {
    machine = Machine(compiled)
    buffer = SuccessorBuffer(wordCount: compiled.wordCount)
    canonicalizer = Canonicalizer(plan)
    kinds = compiled.system.failures.map(\.kind)
  }

  /// The real path, and what was found at its end.
  mutating func unfold(
    _ path: [[UInt64]], _ candidate: FindingCandidate
  ) -> Result<([[UInt64]], FindingCandidate), ReplayFault> {
    var real: [[UInt64]] = []
    // Where the members of the representative at hand are in the real state.
    var places: [Int] = []
    for (number, next) in path.enumerated() {
      if number == 0 {
        buffer.removeAll()
        _ = machine.initialStates(into: &buffer)
      } else {
        expand(path[number - 1])
      }
      guard let (state, permutation) = successor(next) else {
        return .failure(ReplayFault(description: "no step leads to representative \(number)"))
      }
      if number == 0 { places = Array(permutation.indices) }
      real.append(canonicalizer.image(of: state, under: places))
      var undone = places
      for (member, image) in permutation.enumerated() { undone[image] = places[member] }
      places = undone
    }
    guard let last = real.last else {
      return .failure(ReplayFault(description: "a path without states"))
    }
    return .success((real, moved(candidate, to: last)))
  }

  private mutating func expand(_ state: [UInt64]) {
    buffer.removeAll()
    state.withUnsafeBufferPointer { words in
      // Safety: a state without words is never read through this.
      let base = words.baseAddress ?? UnsafePointer(bitPattern: 8).unsafelyUnwrapped
      _ = machine.expand(base, hash: StateHash.hash(base, words.count), into: &buffer)
    }
  }

  /// The first successor in the buffer with this representative, and what leads to that.
  private func successor(_ wanted: [UInt64]) -> (state: [UInt64], permutation: [Int])? {
    for index in 0..<buffer.count {
      let words = UnsafeBufferPointer(start: buffer.state(index), count: buffer.wordCount)
      let state = Array(words)
      canonicalizer.canonicalize(buffer.state(index))
      if wanted.elementsEqual(words) { return (state, canonicalizer.lastPermutation) }
    }
    return nil
  }

  /// The candidate in the real state; a failing step may be that of another member.
  private mutating func moved(
    _ candidate: FindingCandidate, to state: [UInt64]
  ) -> FindingCandidate {
    var failure = candidate.failure
    if let wanted = failure, candidate.isFailingStep {
      expand(state)
      let failures = machine.failures
      failure =
        failures.first { $0.failure == wanted.failure }
        ?? failures.first { kinds[$0.failure.index] == kinds[wanted.failure.index] } ?? wanted
    }
    return FindingCandidate(
      depth: candidate.depth, state: state, walk: candidate.walk, failure: failure,
      isFailingStep: candidate.isFailingStep, property: candidate.property)
  }
}

extension CompiledSystem {
  /// The trace along a path to a candidate, of representatives where there is a plan.
  func trace(
    _ path: [[UInt64]], _ candidate: FindingCandidate, _ target: SearchTarget?,
    _ symmetry: SymmetryPlan?
  ) -> Result<Trace, ReplayFault> {
    var replay = Replay(self)
    guard let symmetry, !candidate.isInitialFailure else {
      return replay.trace(path, candidate, target)
    }
    var unfolding = Unfolding(self, symmetry)
    return unfolding.unfold(path, candidate).flatMap { real, found in
      replay.trace(real, found, target)
    }
  }
}
