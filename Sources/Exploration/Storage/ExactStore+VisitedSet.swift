extension ExactStore: VisitedSet {
  init?(_ plan: StorePlan) {
    self.init(wordCount: plan.wordCount, workers: plan.workers, budget: plan.budget)
  }

  var name: String { "exact (packed arena, 8-byte slots)" }
  var tableBytes: Int { table.byteCount }
  var slotCount: Int { table.slotCount }
  var heldStateBytes: Int { 8 * wordCount }

  @inline(__always)
  func words(worker: Int, place: Int, reader: Int) -> UnsafeMutablePointer<UInt64> {
    arena.words(worker: worker, place: place)
  }

  @inline(__always)
  func standing(
    _ state: UnsafePointer<UInt64>, hash: UInt64, _ settled: borrowing SettledStates
  ) -> Standing {
    guard let id = find(state, hash: hash) else { return .ahead }
    return settled.standing(id)
  }

  /// No: slots name states.
  func forgetStates(before place: Int, of writer: inout Writer) -> Bool { false }
}
