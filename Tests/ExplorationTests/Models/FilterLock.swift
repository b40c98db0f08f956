import TransitionSystem

/// The filter lock of bench/models.md. Three processes: 2 415 states, 6 019 transitions, 36 levels;
/// four: 137 552, 439 888, 73; five: 10 428 127, 41 455 843, 128.
func filterLock(_ count: Int, checked: Bool = true) -> TransitionSystem {
  var builder = SystemBuilder("filter lock \(count)")
  let places = builder.slots("at", count: count, upper: 4)
  let js = builder.slots("j", count: count, upper: count)
  let ks = builder.slots("k", count: count, upper: count)
  let level = builder.slots("level", count: count, upper: count - 1)
  let last = builder.slots("last", count: count, upper: count - 1)
  for process in 0..<count {
    let at = SlotID(places.index + process)
    let j = SlotID(js.index + process)
    let k = SlotID(ks.index + process)
    let mine = SlotID(level.index + process)
    let lastOfJ = ProgramExpression.slotAt(first: last, stride: 1, count: count, index: .slot(j))
    let levelOfK = ProgramExpression.slotAt(first: level, stride: 1, count: count, index: .slot(k))
    builder.action(
      "\(process) begins", when: [at == 0], [.store(at, constant(1)), .store(j, constant(1))])
    builder.action(
      "\(process) climbs", when: [at == 1, .slot(j) < constant(count)],
      [.store(at, constant(2)), .store(mine, .slot(j))])
    builder.action(
      "\(process) enters", when: [at == 1, j == count],
      [.store(at, constant(4)), .store(j, constant(0))])
    builder.action(
      "\(process) sets", when: [at == 2],
      [
        .store(at, constant(3)), .store(k, constant(0)),
        .storeAt(first: last, stride: 1, count: count, index: .slot(j), constant(process)),
      ])
    builder.action(
      "\(process) scans",
      when: [
        at == 3,
        .slot(k) < constant(count)
          && (k == process || levelOfK < .slot(j) || lastOfJ != constant(process)),
      ],
      [.store(k, .slot(k) + 1)])
    builder.action(
      "\(process) passes", when: [at == 3, k == count],
      [.store(at, constant(1)), .store(j, .slot(j) + 1), .store(k, constant(0))])
    builder.action(
      "\(process) leaves", when: [at == 4], [.store(at, constant(0)), .store(mine, constant(0))])
  }
  if checked {
    let inside = (0..<count).map {
      ProgramExpression.slot(SlotID(places.index + $0)) == constant(4)
    }
    builder.property("exclusion", .invariant, atMostOne(inside))
    builder.waits(where: constant(1))
  }
  return builder.system
}

/// At most one of the conditions is true.
func atMostOne(_ conditions: [ProgramExpression]) -> ProgramExpression {
  let sum = conditions.dropFirst().reduce(conditions[0]) { .binary(.addWrapping, $0, $1) }
  return sum < constant(2)
}
