import TransitionSystem

extension StubbornSets {
  func delete(_ transitions: borrowing Transitions) -> Bool {
    let run = deletion ?? Deletion(self)
    deletion = run
    run.begin(self)
    for index in 0..<transitions.count {
      let variant = variant(transitions.actions[index])
      if tables.isFault[variant] || run.isKey(variant) { continue }
      if !tables.needsProviso || transitions.leadsOn(index) { run.addKey(variant) }
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
    return size < Int32(transitions.count)
  }
}
