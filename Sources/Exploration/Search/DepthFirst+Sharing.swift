import TransitionSystem

/// Where one worker hands a depth-first search over to several.
///
/// Alone it finishes what is small, and it goes through the trial of a search with reductions,
/// because what a sample says depends on the order of states.
extension DepthFirst {
  /// Whether several workers go on from here.
  var mayShare: Bool {
    store.workers > 1 && stubborn == nil && (options.trial == nil || trialIsOver)
      && writer.arena.count >= options.sharingStatesMin
  }

  /// Searches to the end with several workers.
  mutating func share() {
    // A closure cannot hold a search that is not copyable.
    let (compiled, options, progress, limits) = (compiled, options, progress, limits)
    let (tier, writer, agenda) = (tier, writer, checks.agenda)
    let entries = (0..<stack.count).map { stack[$0] }
    var result = result
    unsettled = withUnsafeMutablePointer(to: &store) { store in
      let shared = SharedDepthFirst(
        compiled, options, progress, limits, store, tier, writer: writer, agenda: agenda)
      if entries.allSatisfy({ shared.add($0.place, depth: $0.depth) }) {
        shared.run()
      } else {
        limits.stop(.memory)
      }
      return shared.finish(&result)
    }
    isShared = true
    self.result = result
  }
}

extension SearchOptions {
  /// Workers that a depth-first search may have.
  var depthFirstWorkers: Int {
    depthFirstObstacle == nil ? max(1, min(workers, StateID.workersMax)) : 1
  }

  /// Why several workers cannot share a depth-first search, in words; nil where they can.
  ///
  /// With a depth bound the least depth of a state may fall while another worker expands it; with
  /// stubborn sets nothing is ignored because of the order in which one worker leaves states. With
  /// symmetry there are few states.
  var depthFirstObstacle: String? {
    if partialOrder { return "por depth-first has one" }
    if !symmetricFamilies.isEmpty { return "symmetry depth-first has one" }
    return depthMax == nil ? nil : "a depth bound depth-first has one"
  }
}
