import Columns
import TransitionSystem

/// The events of the transitions of a graph: an agent's step of one kind, or its receipt of one
/// message with its values and its sender. How the choices of a step turn out does not matter.
///
/// Faults and environments have no events.
public struct TransitionEvents: Sendable {
  /// By transition of the states asked about, one state after the other: its event, -1 where it
  /// has none or is not wanted.
  public private(set) var events: [Int32]
  /// By event: its action.
  public private(set) var actions: [ActionID] = []

  /// Names the transitions of the wanted actions from some states.
  ///
  /// Complexity: a few reads for each transition. A step is executed again only where states do not
  /// tell which of several messages it took.
  public init(
    _ system: TransitionSystem, _ graph: ReachabilityGraph, from states: [Int32],
    of isWanted: (_ action: Int) -> Bool = { _ in true }
  ) {
    var events: [Int32] = []
    events.reserveCapacity(states.reduce(0) { $0 + graph.edges(of: Int($1)).count })
    let isWanted = system.actions.indices.map(isWanted)
    var naming = EventNaming(system)
    for state in states.lazy.map({ Int($0) }) {
      for edge in graph.edges(of: state) {
        events.append(
          isWanted[Int(graph.actions[edge])] ? naming.event(of: edge, from: state, in: graph) : -1)
      }
    }
    self.events = events
    actions = naming.actions
  }
}

/// Numbers events as they are met.
private struct EventNaming: ~Copyable {
  private struct Wide: Hashable {
    let action: Int32
    let received: [Int64]
  }

  private(set) var actions: [ActionID] = []
  /// By action: nil where it has no events.
  private let receipts: [Receipt?]
  private var recorder: TransitionRecorder
  /// By action: the number of its event, where it receives nothing; -1 where none was met.
  private var plain: [Int32]
  /// By action, by bits of an entry: the number of the event, where entries have few bits.
  private var small: [[Int32]]
  /// By action: the same where they have more.
  private var packed: [[UInt64: Int32]]
  private var wide: [Wide: Int32] = [:]

  init(_ system: TransitionSystem) {
    recorder = TransitionRecorder(system)
    receipts = system.actions.map { action in
      action.isFault || action.isEnvironment || action.agent == nil
        ? nil : Receipt(action, system)
    }
    plain = Array(repeating: -1, count: system.actions.count)
    small = Array(repeating: [], count: system.actions.count)
    packed = Array(repeating: [:], count: system.actions.count)
  }

  mutating func event(of edge: Int, from state: Int, in graph: ReachabilityGraph) -> Int32 {
    let action = Int(graph.actions[edge])
    guard let receipt = receipts[action] else { return -1 }
    guard receipt.receives else {
      if plain[action] < 0 { plain[action] = new(action) }
      return plain[action]
    }
    if let bits = receipt.entry(from: state, to: Int(graph.targets[edge]), in: graph) {
      return event(action, bits, receipt)
    }
    let place = graph.place(of: edge, from: state)
    let received = recorder.step(from: graph.state(state), place: place)?.received ?? []
    if let bits = receipt.bits(received) { return event(action, bits, receipt) }
    let key = Wide(action: Int32(action), received: received)
    if let known = wide[key] { return known }
    let number = new(action)
    wide[key] = number
    return number
  }

  private mutating func event(_ action: Int, _ bits: UInt64, _ receipt: Receipt) -> Int32 {
    guard receipt.entryBits <= 12 else {
      if let known = packed[action][bits] { return known }
      let number = new(action)
      packed[action][bits] = number
      return number
    }
    if small[action].isEmpty {
      small[action] = Array(repeating: -1, count: 1 << receipt.entryBits)
    }
    if small[action][Int(bits)] < 0 { small[action][Int(bits)] = new(action) }
    return small[action][Int(bits)]
  }

  private mutating func new(_ action: Int) -> Int32 {
    actions.append(ActionID(action))
    return Int32(actions.count - 1)
  }
}

/// Finds out from the states before and after a step which message it took.
///
/// A class, as it is looked at for each transition, and a copy would count the references in it.
private final class Receipt: Sendable {
  let receives: Bool
  /// Of an entry; more than 64 where entries are not one bit field.
  let entryBits: Int
  private let isQueue: Bool
  private let length: Field
  /// One for each entry.
  private let entries: [Field]
  private let cells: [Slot]

  private struct Field {
    let word: Int
    let shift: UInt64
    let mask: UInt64
    let minimum: Int64

    /// Of no bits.
    init() { (word, shift, mask, minimum) = (0, 0, 0, 0) }

    init(_ slot: SlotID, bits: Int, _ layout: StateLayout) {
      word = Int(layout.positions[slot.index].word)
      shift = UInt64(layout.positions[slot.index].shift)
      mask = bits >= 64 ? .max : 1 << UInt64(bits) - 1
      minimum = layout.slots[slot.index].minimum
    }

    func bits(of state: Int, in graph: ReachabilityGraph) -> UInt64 {
      mask == 0 ? 0 : graph.words(of: state)[word] >> shift & mask
    }
  }

  init(_ action: Action, _ system: TransitionSystem) {
    let layout = system.layout
    receives = action.trigger != nil
    guard let trigger = action.trigger else {
      (entryBits, isQueue, entries, cells) = (0, false, [], [])
      length = Field()
      return
    }
    let channel = system.channels[trigger.channel.index]
    let first = channel.entries.index
    cells = Array(layout.slots[first..<first + channel.cellCount])
    let width = cells.reduce(0) { $0 + $1.width }
    entryBits = width
    isQueue = channel.order == .queue
    length = Field(channel.length, bits: layout.slots[channel.length.index].width, layout)
    // The last cell of an entry lies lowest in its bit field.
    entries =
      width > 64
      ? []
      : (0..<channel.room).map { entry in
        let last = first + entry * channel.cellCount + max(0, channel.cellCount - 1)
        return channel.cellCount == 0 ? Field() : Field(SlotID(last), bits: width, layout)
      }
  }

  /// The bits of the entry that is taken by a step between two states; nil where they do not tell.
  ///
  /// The head of a queue, the only entry of a bag, or the one of which there are fewer afterwards.
  /// Where several entries are fewer (the channel was emptied) or none (the step sent itself an
  /// equal message, or left it in place), the step must be executed again.
  func entry(from source: Int, to target: Int, in graph: ReachabilityGraph) -> UInt64? {
    if entryBits > 64 { return nil }
    let before = count(source, graph)
    if before == 0 || before > entries.count { return nil }
    if isQueue || before == 1 { return entries[0].bits(of: source, in: graph) }
    if graph.isSink(target) { return nil }
    let after = min(count(target, graph), entries.count)
    var taken: UInt64?
    for place in 0..<before {
      let bits = entries[place].bits(of: source, in: graph)
      if bits == taken { continue }
      let held = entries[..<before].count { $0.bits(of: source, in: graph) == bits }
      let left = entries[..<after].count { $0.bits(of: target, in: graph) == bits }
      if left >= held { continue }
      if taken != nil { return nil }
      taken = bits
    }
    return taken
  }

  private func count(_ state: Int, _ graph: ReachabilityGraph) -> Int {
    Int(length.minimum) + Int(length.bits(of: state, in: graph))
  }

  /// The same bits from the cells of an entry; nil where they are too many.
  func bits(_ received: [Int64]) -> UInt64? {
    guard entryBits <= 64, received.count == cells.count else { return nil }
    return zip(received, cells).reduce(0) { bits, cell in
      let value = UInt64(bitPattern: cell.0 &- cell.1.minimum)
      return cell.1.width >= 64 ? value : bits << UInt64(cell.1.width) | value
    }
  }
}
