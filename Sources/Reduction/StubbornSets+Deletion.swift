import TransitionSystem

extension StubbornSets {
  func delete(_ count: Int32, leadsOn: (Int) -> Bool) -> Bool {
    let run = deletion ?? Deletion(self)
    deletion = run
    run.begin(self)
    for place in 0..<enabled.count where !isFault[enabled[place]] {
      if leadsOn(enabled[place]) { run.addKey(enabled[place]) }
    }
    guard run.keyCount > 0 else { return false }
    for place in 0..<enabled.count where run.members.contains(enabled[place]) {
      run.tryToDelete(enabled[place], self)
    }
    best.take(run.members)
    var size: Int32 = 0
    for place in 0..<enabled.count where best.contains(enabled[place]) {
      size += counts[enabled[place]]
    }
    return size < count
  }
}
