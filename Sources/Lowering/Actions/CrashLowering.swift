import Semantics
import TransitionSystem

/// What the variant of a step with a crash inside keeps count of.
final class CrashInside {
  let clause: FaultPlan.Crash
  /// 1 once a message could have entered the network; nil where the step sends nothing.
  var entered: Register?
  /// For capacities: the messages dropped, by the channel or the receiver they are counted for.
  var dropped: [Int: Register] = [:]

  init(_ clause: FaultPlan.Crash) { self.clause = clause }
}

extension CodeLowering {
  func entered(_ inside: CrashInside) -> Register {
    if let register = inside.entered { return register }
    let register = newZeroRegister()
    inside.entered = register
    return register
  }

  func dropped(_ channel: Channel, _ id: ChannelID, _ inside: CrashInside) -> Register {
    let key = channel.order == .queue ? id.index : -1 - channel.receiver
    if let register = inside.dropped[key] { return register }
    let register = newZeroRegister()
    inside.dropped[key] = register
    return register
  }

  /// Whether the step, with a crash inside, sends anything.
  var hasSent: Bool {
    if case .crashing(let inside) = variant { inside.entered != nil } else { false }
  }

  /// The end of a step with a crash inside: nothing of it stays but its messages, and what monitors
  /// saw.
  func finishCrash(_ inside: CrashInside) {
    guard let actor else { return }
    require(.register(entered(inside)))
    let own = plan.slots(of: actor)
    emit(.restore(first: SlotID(own.lowerBound), count: own.count))
    if !plan.shared.isEmpty {
      emit(.restore(first: SlotID(plan.shared.lowerBound), count: plan.shared.count))
    }
    crash(actor, inside.clause)
  }

  /// The crash itself. Requires: the agent is up.
  func crash(_ identity: Int, _ clause: FaultPlan.Crash) {
    if let slot = plan.budgets[clause.index] { emit(.store(slot, .sum(.slot(slot), .yes))) }
    if clause.recovery {
      moveDown(identity)
      rewind(identity)
      reinitialize(identity)
    } else {
      leave(identity, as: .crashed)
    }
    fireCrash(of: identity)
  }

  private func moveDown(_ identity: Int) {
    let pending = lifecycle(identity, isOneOf: [.starting, .recoveringStarting])
    emitIf(pending, { become(identity, .downStarting) }, else: { become(identity, .down) })
  }

  func recover(_ identity: Int) {
    let states = plan.lifecycle(of: identity).states
    let hasHandler = states.contains(.recovering)
    emitIf(lifecycle(identity, isOneOf: [.downStarting])) {
      become(identity, hasHandler ? .recoveringStarting : .starting)
    } else: {
      become(identity, hasHandler ? .recovering : .live)
    }
  }

  /// `on recover` runs: then comes the start, if it is still pending.
  func endRecovery(_ identity: Int) {
    emitIf(lifecycle(identity, isOneOf: [.recoveringStarting])) {
      become(identity, .starting)
    } else: {
      become(identity, .live)
    }
  }

  /// Everything but `durable` and `input` as at the start.
  private func reinitialize(_ identity: Int) {
    let declaration = spec.agents[spec.declaration(ofAgent: identity).index]
    for variable in declaration.variables {
      let description = spec.variables[variable.index]
      if description.isInput || description.isDurable { continue }
      initialize(variable, of: identity, .fault)
    }
  }
}
