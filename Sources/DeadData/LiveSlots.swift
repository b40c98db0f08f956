import TransitionSystem

/// Which slots of one agent are live at each of its locations.
///
/// The control-flow graph has an edge for each action of the agent and each location that its
/// guards do not exclude. Other agents do not move it, and neither read nor write the slots in
/// question.
struct LiveSlots {
  let agent: Int
  let control: ControlSlots
  /// The slots that are dead somewhere, perhaps: all others are live everywhere.
  let candidates: CellSet
  /// By location: those of the candidates that are live.
  private(set) var live: [CellSet]
  /// By location: whether the agent may ever be there.
  let reachable: [Bool]
  /// Indices of the agent's actions, and the locations in which each may be enabled.
  let edges: [(action: Int, locations: [Int])]

  /// Nil where the agent has no slots of its own.
  init?(
    of agent: Int, in system: TransitionSystem, _ accesses: Accesses, _ structure: Structure,
    omitting omitted: Set<DeadDataCondition>
  ) {
    let control = ControlSlots(of: agent, in: system, accesses)
    let none = CellSet(slotCount: system.layout.slots.count)
    var own = none
    for slot in system.layout.slots.indices.map({ SlotID($0) }) {
      if accesses.isPrivate(slot, to: agent), control.part(slot) == nil,
        !structure.isChannel(slot)
      {
        own.insert(slot)
      }
    }
    structure.removeHeads(from: &own)
    for slot in own.slots where system.layout.slots[slot.index].width == 0 { own.remove(slot) }
    if own.isEmpty { return nil }
    self.agent = agent
    self.control = control
    candidates = own
    live = Array(repeating: none, count: control.locationCount)
    let regions = (0..<control.locationCount).map { control.region(at: $0) }
    var actions: [(action: Int, locations: [Int])] = []
    for action in system.actions where action.agent == agent {
      let locations = regions.indices.filter { !control.excludes(action, in: regions[$0]) }
      actions.append((action.id.index, locations))
    }
    reachable = Self.reachable(system, control, actions, regions)
    let isReachable = reachable
    edges = actions.map { ($0.action, $0.locations.filter { isReachable[$0] }) }
    solve(system, structure, regions, none, omitted)
  }

  /// By location: whether the agent may ever be there.
  private static func reachable(
    _ system: TransitionSystem, _ control: ControlSlots,
    _ actions: [(action: Int, locations: [Int])], _ regions: [Region]
  ) -> [Bool] {
    var reached = Array(repeating: false, count: control.locationCount)
    var open: [Int] = []
    func reach(_ ends: Set<Region>) {
      for location in ends.flatMap(control.locations) where !reached[location] {
        reached[location] = true
        open.append(location)
      }
    }
    reach(ForwardPass.ends(of: system.initial, in: regions[0], control))
    var actionsAt = Array(repeating: [Int](), count: control.locationCount)
    for (action, locations) in actions {
      for location in locations { actionsAt[location].append(action) }
    }
    while let location = open.popLast() {
      for action in actionsAt[location] {
        reach(ForwardPass.ends(of: system.actions[action].body, in: regions[location], control))
      }
    }
    return reached
  }

  private mutating func solve(
    _ system: TransitionSystem, _ structure: Structure, _ regions: [Region], _ none: CellSet,
    _ omitted: Set<DeadDataCondition>
  ) {
    var guardReads: [CellSet] = []
    for edge in edges {
      var reads = none
      if !omitted.contains(.guards) {
        for predicate in system.actions[edge.action].guards { reads.insertReads(of: predicate) }
      }
      guardReads.append(reads)
    }
    var changed = true
    while changed {
      changed = false
      let known = live
      let control = control
      for (number, edge) in edges.enumerated() {
        if omitted.contains(.handlers) && edge.locations.count > 1 { continue }
        let body = system.actions[edge.action].body
        for location in edge.locations {
          var pass = BackwardPass(
            control: control, candidates: candidates, none: none, omitting: omitted
          ) { end in
            control.locations(in: end).reduce(into: none) { $0.formUnion(known[$1]) }
          }
          var before = pass.before(body, in: regions[location]).union(guardReads[number])
          structure.addHeads(to: &before)
          let next = live[location].union(before.intersection(candidates))
          if next != live[location] {
            live[location] = next
            changed = true
          }
        }
      }
    }
  }

  /// The locations of a region at which the agent can be.
  func locations(in region: Region) -> [Int] {
    control.locations(in: region).filter { reachable[$0] }
  }

  func dead(at location: Int) -> CellSet { candidates.subtracting(live[location]) }
}

/// What symmetry reduction needs.
extension LiveSlots {
  /// The values of one control slot at which a variable is in use: of the slot that tells most.
  func lifetime(of variable: VariableInfo) -> Lifetime? {
    guard variable.slots.allSatisfy(candidates.contains) else { return variable.lifetime }
    var best = variable.lifetime
    var bestShare = 1.0
    for (index, part) in control.parts.enumerated() {
      if let lifetime = variable.lifetime, lifetime.control != part.slot { continue }
      var (points, all): (Set<Int64>, Set<Int64>) = ([], [])
      for location in live.indices where reachable[location] {
        let value = control.value(of: index, at: location)
        all.insert(value)
        if variable.slots.contains(where: { live[location].contains($0) }) { points.insert(value) }
      }
      if let lifetime = variable.lifetime { points.formIntersection(lifetime.points) }
      let share = Double(points.count) / Double(max(1, all.count))
      if share < bestShare {
        bestShare = share
        best = Lifetime(control: part.slot, points: points)
      }
    }
    return best
  }

  /// Keeps identities wherever the lifetime of their variable says that it is in use: cleared
  /// there, they would be taken for the first agent and permuted.
  mutating func keepIdentities(_ variables: [VariableInfo], _ structure: Structure) {
    for variable in variables {
      let kept = variable.slots.filter {
        structure.identities.contains($0) && candidates.contains($0)
      }
      if kept.isEmpty { continue }
      let lifetime = lifetime(of: variable)
      for location in live.indices where reachable[location] {
        if let lifetime, let part = control.part(lifetime.control),
          !lifetime.points.contains(control.value(of: part, at: location))
        {
          continue
        }
        for slot in kept { live[location].insert(slot) }
        structure.addHeads(to: &live[location])
        live[location].formIntersection(candidates)
      }
    }
  }
}

extension ControlSlots {
  /// The value of a control slot at a location.
  fileprivate func value(of part: Int, at location: Int) -> Int64 {
    parts[part].minimum + Int64(region(at: location).masks[part].trailingZeroBitCount)
  }

  /// Whether an action can neither be enabled nor fail anywhere in a region: a guard is false
  /// before any can fail.
  fileprivate func excludes(_ action: Action, in region: Region) -> Bool {
    for predicate in action.guards {
      let mayFail =
        predicate.result.mayFail || predicate.statements.contains(where: \.mayFail)
      if mayFail { return false }
      if predicate.statements.isEmpty && value(of: predicate.result, in: region) == 0 {
        return true
      }
    }
    return false
  }
}
