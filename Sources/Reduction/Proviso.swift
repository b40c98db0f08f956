/// What the transitions that are kept must lead on to, so that nothing is put off for ever.
struct Proviso: BitwiseCopyable {
  let isNeeded: Bool
  /// Whether all that is kept must lead on, not only some of it.
  let isOfAll: Bool

  init(_ tables: StubbornTables) {
    isNeeded = tables.needsProviso
    isOfAll = tables.needsAllToLeadOn
  }

  /// Whether enough of the transitions that would be kept leads on.
  @inline(__always)
  func holds(_ count: Int, _ isKept: (Int) -> Bool, _ leadsOn: (Int) -> Bool) -> Bool {
    if !isNeeded { return true }
    for index in 0..<count where isKept(index) && leadsOn(index) != isOfAll { return !isOfAll }
    return isOfAll
  }
}
