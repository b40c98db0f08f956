import Semantics
import TransitionSystem

/// Sends: one channel for each receiver that is possible.
extension CodeLowering {
  func send(_ message: MessageID, _ arguments: [TypedExpression], to target: TypedExpression) {
    let fields = spec.messages[message.index].fields
    let values = zip(arguments, fields).map { argument, field in
      Value(field.type, bind(lower(argument)).cells)
    }
    guard case .set = target.type else {
      return sendToOne(message, values, bind(lower(target)))
    }
    let domain = self.domain(target)
    if let receivers = constants(domain, limit: TypeTable.elementMaximum) {
      for receiver in receivers {
        deliver(message, values, to: Int(receiver.cell.constantValue ?? 0))
      }
      return
    }
    guard case .mask(let cells, let element) = domain,
      case .agent(let first, let count) = element
    else { return }
    for place in 0..<count {
      let test = testBit(Value(target.type, cells), .constant(Int64(place)))
      emitIf(test) { deliver(message, values, to: first + place) }
    }
  }

  private func sendToOne(_ message: MessageID, _ values: [Value], _ receiver: Value) {
    let (lower, upper) = receiver.bounds
    if lower == upper { return deliver(message, values, to: Int(lower)) }
    guard lower >= 0, upper < spec.agentCount else { return }
    let cases = (Int(lower)...Int(upper)).map { identity in
      (values: [Int64(identity)], body: block { deliver(message, values, to: identity) })
    }
    emit(.switch(receiver.cell, cases, default: []))
  }

  /// One message to one receiver: it enters unless the receiver is gone.
  private func deliver(_ message: MessageID, _ values: [Value], to receiver: Int) {
    guard let actor, (0..<spec.agentCount).contains(receiver) else { return }
    if case .discovery(let discovery) = variant {
      return discovery.add(sender: actor, receiver: receiver, message: message)
    }
    guard let target = plan.channels.channel(message, from: actor, to: receiver) else { return }
    let isHere: ProgramExpression =
      receiver == actor ? .yes : .not(lifecycle(receiver, isOneOf: LifecycleState.gone))
    emitIf(isHere) {
      let channel = target.channel
      var cells: [ProgramExpression] = []
      if channel.tagCell != nil { cells.append(.constant(target.tag)) }
      if channel.senderCell != nil { cells.append(.constant(Int64(actor))) }
      cells += values.flatMap(\.cells)
      while cells.count < channel.cellCount {
        let slot = plan.layout.slots[channel.entries.index + cells.count]
        cells.append(.constant(slot.minimum))
      }
      switch variant {
      case .crashing(let inside):
        let before = newRegister()
        emit(.set(before, .slot(channel.length)))
        let counter =
          plan.channels.capacity == nil ? nil : dropped(channel, target.id, inside)
        reserve(channel, dropped: counter)
        emit(.sendOrDrop(target.id, cells))
        emit(.set(entered(inside), .yes))
        let out = ProgramExpression.not(.equal(.slot(channel.length), .register(before)))
        emitIf(out) {
          fireSent(message, values, from: actor, to: receiver)
        } else: {
          if let counter { emit(.set(counter, .sum(.register(counter), .yes))) }
        }
      case .normal, .discovery:
        reserve(channel, dropped: nil)
        emit(.send(target.id, cells))
        fireSent(message, values, from: actor, to: receiver)
      }
    }
  }

  /// Backpressure: the step is not enabled where the channel is full.
  func reserve(_ channel: Channel, dropped: Register?) {
    guard let capacity = plan.channels.capacity else { return }
    var length = ProgramExpression.slot(channel.length)
    if channel.order == .bag {
      let bags = plan.channels.channels(to: channel.receiver).filter { $0.channel.order == .bag }
      length = bags.map { .slot($0.channel.length) }.reduce(.no, ProgramExpression.sum)
    }
    if let dropped { length = .sum(length, .register(dropped)) }
    require(.less(length, .constant(Int64(capacity))))
  }
}
