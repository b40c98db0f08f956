import TransitionSystem

/// Traces of the product in words.
extension ProductAdapter {
  func rendered(_ trace: Trace, _ system: TransitionSystem) -> ProductTrace {
    let steps = trace.steps.map { step in
      let action = step.action.index >= 0 ? system.actions[step.action.index] : nil
      return ProductTrace.Step(
        actor: action?.agent, label: action?.label ?? "the initial values",
        state: step.state.map { rendered($0, system) },
        failure: step.failure.map {
          system.failures[$0.index].kind == .assertion ? .assertion : .evaluation
        })
    }
    let failsAtOnce = steps.first?.failure != nil && trace.steps.first?.action.index == -1
    return ProductTrace(
      initial: failsAtOnce ? nil : rendered(trace.initial, system), steps: failsAtOnce ? [] : steps)
  }

  func rendered(_ state: [UInt64], _ system: TransitionSystem) -> RenderedState {
    var variables: [String: String] = [:]
    for variable in system.variables {
      switch variable.kind {
      case .agent, .shared, .monitor:
        let cells = variable.slots.map { system.layout.read($0, from: state) }
        variables[variable.name] = variable.shape.text(cells, agents: system.agents)
      case .control, .local, .lifecycle, .budget, .claim: break
      }
    }
    let messages = system.channels.flatMap { rendered($0, state, system) }
    return RenderedState(variables: variables, messages: messages.sorted())
  }

  private func rendered(
    _ channel: Channel, _ state: [UInt64], _ system: TransitionSystem
  ) -> [String] {
    let length = Int(system.layout.read(channel.length, from: state))
    return (0..<length).map { entry in
      let first = channel.entries.index + entry * channel.cellCount
      let cells = (0..<channel.cellCount).map {
        system.layout.read(SlotID(first + $0), from: state)
      }
      return rendered(channel, cells[...], system)
    }
  }

  private func rendered(
    _ channel: Channel, _ cells: ArraySlice<Int64>, _ system: TransitionSystem
  ) -> String {
    let tag = channel.tagCell.map { cells[$0] }
    let type = channel.messages.first { tag == nil || $0.tag == tag }
    let sender = channel.senderCell.map { Int(cells[$0]) } ?? channel.sender
    var rest = cells.dropFirst(channel.fieldStart)
    let fields = (type?.fields ?? []).map { field in
      defer { rest = rest.dropFirst(field.shape.cellCount) }
      return field.shape.text(rest, agents: system.agents)
    }
    let parties = [sender, channel.receiver].map { party in
      party.map { system.agents[$0].name } ?? "?"
    }
    return "\(type?.name ?? "?")(\(fields.joined(separator: ", ")))"
      + " from \(parties[0]) to \(parties[1])"
  }
}
