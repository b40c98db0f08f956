import TransitionSystem

/// An explicit graph: one slot, one action for each edge.
func graph(
  nodes: Int, edges: [(Int, Int)], initial: [Int] = [0],
  _ more: (inout SystemBuilder, SlotID) -> Void = { _, _ in }
) -> TransitionSystem {
  var builder = SystemBuilder("graph")
  let node = builder.slot("node", upper: nodes - 1)
  for (from, to) in edges {
    builder.action("\(from) to \(to)", when: [node == from], [.store(node, constant(to))])
  }
  let pick = builder.choice("start", count: nodes)
  let mask = initial.reduce(0 as Int64) { $0 | 1 << Int64($1) }
  builder.start(
    [
      .choose(Register(0), .bits(.constant(mask), base: 0), pick),
      .store(node, .register(Register(0))),
    ], registers: 1)
  more(&builder, node)
  return builder.system
}

/// `count` counters that each go from 0 to `upper`, one step at a time, in any order: (upper + 1)
/// to the power of count states, and as many levels as steps.
func counters(
  _ count: Int, upper: Int, _ more: (inout SystemBuilder, SlotID) -> Void = { _, _ in }
) -> TransitionSystem {
  var builder = SystemBuilder("counters")
  let first = builder.slots("c", count: count, upper: upper)
  for index in 0..<count {
    let slot = SlotID(first.index + index)
    builder.action(
      "count \(index)", when: [.slot(slot) < constant(upper)], [.store(slot, .slot(slot) + 1)])
  }
  more(&builder, first)
  return builder.system
}
