import TransitionSystem

extension StubbornSets {
  /// Adds to the enabled actions of the set that was chosen all disabled ones that it may have;
  /// false where the relations do not allow it.
  ///
  /// For whoever verifies sets: a search needs the enabled ones only. Of the sets with these
  /// enabled actions it is the largest.
  public func complete(_ state: UnsafePointer<UInt64>) -> Bool {
    adoptLocal()
    noteAll(state)
    let chosen = Row(width: width)
    for word in 0..<width { chosen.words[word] = best.words[word] & enabledRow.words[word] }
    let run = deletion ?? Deletion(self)
    deletion = run
    run.begin(self)
    for place in 0..<enabled.count where !chosen.contains(enabled[place]) {
      run.delete(enabled[place], self)
    }
    best.take(run.members)
    return (0..<width).allSatisfy { chosen.words[$0] & ~best.words[$0] == 0 }
  }
}
