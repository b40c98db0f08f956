import Semantics
import TransitionSystem

/// The channels: one queue for each ordered pair of agents, one bag for each receiver and type.
struct ChannelPlan {
  private(set) var channels: [Channel] = []
  private var queues: [Pair: Int] = [:]
  private var bags: [Pair: Int] = [:]
  /// The types of each channel, in the order of their tags.
  private(set) var types: [[MessageID]] = []
  let capacity: Int?

  private struct Pair: Hashable {
    let receiver: Int
    /// The sender of a queue, the message type of a bag.
    let other: Int
  }

  init() { capacity = nil }

  init(
    _ routes: Set<Discovery.Route>, _ table: TypeTable, rooms: [Int: Int],
    layout: inout StateLayout
  ) {
    let spec = table.spec
    capacity = spec.network.capacity
    var groups: [(isQueue: Bool, pair: Pair, routes: [Discovery.Route])] = []
    var places: [String: Int] = [:]
    let ordered = routes.sorted {
      ($0.receiver, $0.message.index, $0.sender) < ($1.receiver, $1.message.index, $1.sender)
    }
    for route in ordered {
      let isQueue = spec.network.isFIFO || spec.messages[route.message.index].isFIFO
      let pair = Pair(
        receiver: route.receiver, other: isQueue ? route.sender : route.message.index)
      let key = "\(isQueue) \(pair.receiver) \(pair.other)"
      if let place = places[key] {
        groups[place].routes.append(route)
      } else {
        places[key] = groups.count
        groups.append((isQueue, pair, [route]))
      }
    }
    groups.sort {
      ($0.pair.receiver, $0.isQueue ? 1 : 0, $0.pair.other)
        < ($1.pair.receiver, $1.isQueue ? 1 : 0, $1.pair.other)
    }
    for group in groups {
      let index = channels.count
      if group.isQueue { queues[group.pair] = index } else { bags[group.pair] = index }
      add(
        group.isQueue, group.routes, room(rooms[index], isQueue: group.isQueue), table, &layout)
    }
  }

  /// Entries to begin with are few, also where more are allowed: a state takes as much memory and
  /// time as its channels have room, and most executions fill no channel.
  private func room(_ wanted: Int?, isQueue: Bool) -> Int {
    guard let capacity else { return max(1, wanted ?? (isQueue ? 2 : 4)) }
    return max(1, min(wanted ?? 4, capacity))
  }

  private mutating func add(
    _ isQueue: Bool, _ routes: [Discovery.Route], _ room: Int, _ table: TypeTable,
    _ layout: inout StateLayout
  ) {
    let spec = table.spec
    let messages = Set(routes.map(\.message)).sorted { $0.index < $1.index }
    let senders = Set(routes.map(\.sender)).sorted()
    let receiver = routes[0].receiver
    let name =
      (isQueue
        ? spec.name(ofAgent: senders[0]) : messages.map { spec.messages[$0.index].name }[0])
      + " to " + spec.name(ofAgent: receiver)
    let tagCell = messages.count > 1 ? 0 : nil
    let senderCell = senders.count > 1 ? messages.count > 1 ? 1 : 0 : nil
    var cells: [Slot] = []
    if messages.count > 1 {
      cells.append(Slot(name: "type", lower: 0, upper: Int64(messages.count) - 1))
    }
    if senders.count > 1 {
      cells.append(
        Slot(name: "sender", lower: Int64(senders[0]), upper: Int64(senders[senders.count - 1])))
    }
    let fieldStart = cells.count
    let shapes = messages.enumerated().map { tag, message in
      MessageShape(
        name: spec.messages[message.index].name, tag: Int64(tag),
        fields: spec.messages[message.index].fields.map { ($0.name, table.info($0.type).shape) })
    }
    cells += Self.fieldCells(
      shapes.map { shape in
        shape.fields.flatMap { table.slots(of: $0.shape, name: $0.name) }
      })
    let prefix = "\(name)"
    let length = layout.add(Slot(name: "\(prefix).length", lower: 0, upper: Int64(room)))
    let first = layout.addEntries(
      cells: cells.map { Slot(name: "\(prefix).\($0.name)", minimum: $0.minimum, width: $0.width) },
      count: room)
    types.append(messages)
    channels.append(
      Channel(
        name: name, order: isQueue ? .queue : .bag, receiver: receiver,
        sender: senders.count > 1 ? nil : senders[0], tagCell: tagCell, senderCell: senderCell,
        fieldStart: fieldStart, cellCount: cells.count, length: length, entries: first,
        room: room, grows: capacity.map { room < $0 } ?? true, capacity: capacity,
        messages: shapes))
  }

  /// One slot for each place in the fields, wide enough for every type's.
  private static func fieldCells(_ runs: [[Slot]]) -> [Slot] {
    let count = runs.map(\.count).max() ?? 0
    return (0..<count).map { place in
      let slots = runs.compactMap { $0.indices.contains(place) ? $0[place] : nil }
      let name = Array(Set(slots.map(\.name))).sorted().joined(separator: "|")
      if slots.count == 1 || slots.allSatisfy({ $0.minimum == 0 }) {
        return Slot(
          name: name, minimum: slots[0].minimum, width: slots.map(\.width).max() ?? 0)
      }
      let upper = slots.map { slot -> Int64? in
        if slot.width >= 63 { return nil }
        let (sum, overflow) = slot.minimum.addingReportingOverflow((1 << Int64(slot.width)) - 1)
        return overflow ? nil : sum
      }
      let known = upper.compactMap { $0 }
      guard known.count == upper.count, let greatest = known.max(),
        let least = slots.map(\.minimum).min()
      else { return Slot(name: name, minimum: 0, width: 64) }
      return Slot(name: name, lower: least, upper: greatest)
    }
  }

  /// The channel that a message would enter.
  func channel(
    _ message: MessageID, from sender: Int, to receiver: Int
  ) -> (id: ChannelID, channel: Channel, tag: Int64)? {
    let queue = queues[Pair(receiver: receiver, other: sender)]
    let bag = bags[Pair(receiver: receiver, other: message.index)]
    for index in [bag, queue].compactMap({ $0 }) {
      if let tag = types[index].firstIndex(of: message) {
        return (ChannelID(index), channels[index], Int64(tag))
      }
    }
    return nil
  }

  func channels(to receiver: Int) -> [(id: ChannelID, channel: Channel)] {
    channels.enumerated().filter { $0.element.receiver == receiver }
      .map { (ChannelID($0.offset), $0.element) }
  }

  /// The channels that can hold messages of a type to a receiver, with their tags.
  func channels(
    of message: MessageID, to receiver: Int?
  ) -> [(id: ChannelID, channel: Channel, tag: Int64)] {
    channels.enumerated().compactMap { index, channel in
      guard receiver == nil || channel.receiver == receiver,
        let tag = types[index].firstIndex(of: message)
      else { return nil }
      return (ChannelID(index), channel, Int64(tag))
    }
  }
}
