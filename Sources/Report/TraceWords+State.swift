import TransitionSystem

/// A variable, or a part of one, with its value before and after a step.
struct StateChange {
  /// `head`, `board[Node[1]]`, `bid.round`.
  let path: String
  let variable: VariableInfo
  /// Nil where the step makes the variable: a local at its declaration.
  let before: String?
  let after: String
  /// Whether the value after the step is the least of its shape.
  let isBackToLeast: Bool

  var text: String {
    if variable.kind == .claim { return path }
    // A lifecycle variable is called `Coder is`, and what it was before is no news.
    if variable.kind == .lifecycle { return "\(path) \(after)" }
    return before.map { "\(path): \($0) → \(after)" } ?? "\(path) = \(after)"
  }

  /// Whether it speaks of the machinery around a spec's variables rather than of one of them.
  var isSecondary: Bool { variable.kind == .lifecycle || variable.kind == .budget }
}

extension TraceWords {
  /// What a step changed, for a reader; of a record or a map only the parts that differ.
  ///
  /// Left out is what the step itself says: where in its `run` an agent is now (the line of the
  /// next step), that an agent has started or come back, and that the locals of one that ended
  /// are gone.
  func changes(from before: [UInt64], to after: [UInt64]) -> [StateChange] {
    let all = system.variables.flatMap { variable -> [StateChange] in
      guard exists(variable, in: after) else { return [] }
      if !exists(variable, in: before) { return [birth(variable, in: after)] }
      return changes(
        variable.name, variable.shape, variable, from: cells(variable, in: before)[...],
        to: cells(variable, in: after)[...])
    }
    let ended = all.filter { $0.variable.kind == .lifecycle && !$0.isBackToLeast }
      .map(\.variable.agent)
    return all.filter { change in
      switch change.variable.kind {
      case .control: false
      case .lifecycle: !change.isBackToLeast
      case .local: !ended.contains(change.variable.agent)
      case .agent, .shared, .monitor, .budget, .claim: true
      }
    }
  }

  /// Whether the state has the variable: a local is there from its declaration to the end of its
  /// block.
  private func exists(_ variable: VariableInfo, in state: [UInt64]) -> Bool {
    guard let lifetime = variable.lifetime else { return true }
    return lifetime.points.contains(system.layout.read(lifetime.control, from: state))
  }

  private func birth(_ variable: VariableInfo, in state: [UInt64]) -> StateChange {
    let cells = cells(variable, in: state)
    return StateChange(
      path: variable.name, variable: variable, before: nil,
      after: variable.shape.text(cells[...], agents: system.agents),
      isBackToLeast: cells == variable.shape.clearedCells)
  }

  private func changes(
    _ path: String, _ shape: Shape, _ variable: VariableInfo, from before: ArraySlice<Int64>,
    to after: ArraySlice<Int64>
  ) -> [StateChange] {
    guard !before.elementsEqual(after) else { return [] }
    let parts = parts(shape)
    guard !parts.isEmpty else {
      return [
        StateChange(
          path: path, variable: variable, before: shape.text(before, agents: system.agents),
          after: shape.text(after, agents: system.agents),
          isBackToLeast: after.elementsEqual(shape.clearedCells))
      ]
    }
    var (before, after) = (before, after)
    return parts.flatMap { part in
      defer {
        before = before.dropFirst(part.shape.cellCount)
        after = after.dropFirst(part.shape.cellCount)
      }
      return changes(
        path + part.suffix, part.shape, variable, from: before.prefix(part.shape.cellCount),
        to: after.prefix(part.shape.cellCount))
    }
  }

  /// The fields of a record, the entries of a map; nothing for other shapes.
  private func parts(_ shape: Shape) -> [(suffix: String, shape: Shape)] {
    switch shape {
    case .record(_, let fields): fields.map { (".\($0.name)", $0.shape) }
    case .map(let key, let value):
      (0..<Int64(key.cardinality ?? 0)).map {
        ("[\(key.text(ofRank: $0, agents: system.agents))]", value)
      }
    case .bool, .integer, .enumeration, .agent, .optional, .set, .sequence: []
    }
  }

  private func cells(_ variable: VariableInfo, in state: [UInt64]) -> [Int64] {
    variable.slots.map { system.layout.read($0, from: state) }
  }

  /// Every variable, `head: 0`.
  func values(_ state: [UInt64]) -> [String] {
    system.variables.filter { exists($0, in: state) }.map {
      "\($0.name): \(system.text(of: $0, in: state))"
    }
  }

  /// The variables that do not start as 0, false, none or empty. A family whose members all start
  /// alike makes one line, `Node[0…2].phase: idle`.
  func informativeValues(_ state: [UInt64]) -> [String] {
    var lines: [String] = []
    var groups: [String: [String]] = [:]
    for variable in system.variables where exists(variable, in: state) {
      switch variable.kind {
      case .control, .lifecycle, .budget, .claim: continue
      case .agent, .shared, .monitor, .local: break
      }
      guard !isRoutine(variable.shape, cells(variable, in: state)[...]) else { continue }
      let line = "\(variable.name): \(system.text(of: variable, in: state))"
      guard let group = familyLine(variable, line) else {
        lines.append(line)
        continue
      }
      if groups[group] == nil { lines.append(group) }
      groups[group, default: []].append(line)
    }
    return lines.flatMap { line -> [String] in
      guard let members = groups[line] else { return [line] }
      return members.count == familySize(of: line) ? [line] : members
    }
  }

  /// The line that stands for a variable's whole family; nil where it has no other members.
  private func familyLine(_ variable: VariableInfo, _ line: String) -> String? {
    guard let index = variable.agent else { return nil }
    let info = system.agents[index]
    let count = system.agents.count { $0.family == info.family }
    guard count > 1, line.hasPrefix(info.name) else { return nil }
    return "\(info.family)[0…\(count - 1)]" + line.dropFirst(info.name.count)
  }

  private func familySize(of line: String) -> Int {
    let family = line.prefix { $0 != "[" }
    return system.agents.count { $0.family == family }
  }

  /// The defaults that an initial state is full of say nothing.
  private func isRoutine(_ shape: Shape, _ cells: ArraySlice<Int64>) -> Bool {
    switch shape {
    case .bool, .integer: return cells.first == 0
    case .enumeration, .agent: return false
    case .optional:
      guard let range = shape.cellRange else { return cells.first == 0 }
      return cells.first == range.lower
    case .set: return cells.allSatisfy { $0 == 0 }
    case .sequence: return cells.first == 0
    case .record, .map:
      var rest = cells
      return parts(shape).allSatisfy { part in
        defer { rest = rest.dropFirst(part.shape.cellCount) }
        return isRoutine(part.shape, rest.prefix(part.shape.cellCount))
      }
    }
  }

  /// "Coder → Reviewer: Patch(1)", for each message in flight.
  func inFlight(_ state: [UInt64]) -> [String] {
    system.channels.indices.flatMap { index -> [String] in
      let channel = system.channels[index]
      return system.entries(of: channel, in: state).map { entry in
        let id = ChannelID(index)
        let sender = agent(senderIndex(entry, in: id))
        return "\(sender) → \(agent(channel.receiver)): \(message(entry, in: id))"
      }
    }
  }
}
