import TransitionSystem

/// Random systems of a few processes with places, shared slots, a queue or a bag, and steps that
/// may fail: small, full of interleavings, often with deadlocks.
struct RandomProcesses {
  private var random: RandomNumbers
  private var builder = SystemBuilder("random processes")
  private var shared: [SlotID] = []
  private var places: [SlotID] = []
  /// One for each process: which of the shared slots it looks at.
  private var marks: [SlotID] = []
  private var failure = FailureID(0)

  private struct RandomNumbers: RandomNumberGenerator {
    var state: UInt64
    /// SplitMix64 (Steele, Lea, Flood 2014).
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var bits = state
      bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
      return bits ^ (bits >> 31)
    }
  }

  /// The system of a seed; each value of two observed slots is a property `can`.
  static func system(seed: UInt64) -> TransitionSystem {
    var maker = RandomProcesses(random: RandomNumbers(state: seed))
    return maker.make()
  }

  private init(random: RandomNumbers) { self.random = random }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }
  private mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

  private mutating func make() -> TransitionSystem {
    failure = builder.failure(.assertion, "random")
    let choice = builder.choice("random", count: 2)
    for index in 0..<number(1...3) { shared.append(builder.slot("s\(index)", upper: 2)) }
    let channels = number(0...2)
    for index in 0..<channels {
      builder.channel("c\(index)", chance(50) ? .queue : .bag, room: 3, grows: chance(50))
    }
    let processes = number(2...3)
    for index in 0..<processes { places.append(builder.slot("at\(index)", upper: 3)) }
    for index in 0..<processes where chance(50) && shared.count == 3 {
      while marks.count <= index { marks.append(builder.slot("mark\(marks.count)", upper: 2)) }
    }
    for process in 0..<processes {
      for step in 0..<number(2...4) { addStep(process, step, channels, choice) }
    }
    observe()
    return builder.system
  }

  private mutating func addStep(_ process: Int, _ step: Int, _ channels: Int, _ choice: ChoiceID) {
    let place = places[process]
    let from = number(0...2)
    var guards = [place == from]
    if chance(40) { guards.append(condition()) }
    if process < marks.count && chance(40) {
      guards.append(chance(50) ? marked(process) == constant(number(0...2)) : comparison(process))
    }
    var body: [ProgramStatement] = []
    var trigger: Trigger?
    if channels > 0 && chance(35) {
      let channel = number(0...channels - 1)
      trigger = Trigger(
        channel: ChannelID(channel), candidates: chance(85) ? .deliverable : .distinct,
        index: Register(0))
      if chance(40) {
        body.append(.require(builder.firstCell(channel, at: Register(0)) == constant(1)))
      }
      body.append(.remove(ChannelID(channel), at: .register(Register(0))))
    }
    if chance(15) { body.append(.choose(Register(1), .range(constant(0), constant(1)), choice)) }
    for _ in 0..<number(0...2) { body.append(effect(channels)) }
    if process < marks.count && chance(50) { body.append(move(process)) }
    body.append(.store(place, constant(chance(85) ? min(3, from + number(0...1)) : number(0...3))))
    if chance(8) { body.append(.check(condition(), failure)) }
    builder.action(
      "\(process).\(step)", when: guards, agent: process, isFault: chance(8), registers: 2,
      on: trigger, body)
  }

  private mutating func slot() -> SlotID { shared[number(0...shared.count - 1)] }

  /// The shared slot that a process looks at.
  private func marked(_ process: Int) -> ProgramExpression {
    .slotAt(first: shared[0], stride: 1, count: 3, index: .slot(marks[process]))
  }

  private func comparison(_ process: Int) -> ProgramExpression {
    .slot(shared[0]) < .slot(marks[process]) || marked(process) == constant(1)
  }

  /// Looks at another one, or changes the one it looks at.
  private mutating func move(_ process: Int) -> ProgramStatement {
    let mark = marks[process]
    if chance(50) {
      return .if(
        .slot(mark) < constant(2), [.store(mark, .slot(mark) + 1)],
        else: [
          .store(mark, constant(0))
        ])
    }
    return .storeAt(
      first: shared[0], stride: 1, count: 3, index: .slot(mark),
      chance(50) ? .slot(mark) : constant(number(0...2)))
  }

  private mutating func condition() -> ProgramExpression {
    let slot = slot()
    switch number(0...4) {
    case 0: return .slot(slot) != constant(number(0...2))
    case 1: return .slot(slot) < constant(number(1...2))
    case 2: return .slot(slot) == .slot(self.slot())
    case 3: return .slot(places[number(0...places.count - 1)]) == constant(number(0...3))
    default: return slot == number(0...2)
    }
  }

  private mutating func effect(_ channels: Int) -> ProgramStatement {
    let slot = slot()
    switch number(0...5) {
    case 0,
      1 where channels > 0:
      let channel = number(0...max(0, channels - 1))
      return channels == 0 ? .store(slot, constant(1)) : send(channel)
    case 2: return .if(condition(), [.store(slot, constant(number(0...2)))], else: [])
    case 3: return .if(.slot(slot) < constant(2), [.store(slot, .slot(slot) + 1)], else: [])
    default: return .store(slot, constant(number(0...2)))
    }
  }

  /// Backpressure or, where the channel grows, at most two at a time by its length.
  private mutating func send(_ channel: Int) -> ProgramStatement {
    let send = ProgramStatement.send(ChannelID(channel), [constant(number(0...1))])
    let isFree = ProgramExpression.slot(builder.system.channels[channel].length) < constant(2)
    if builder.system.channels[channel].grows {
      return chance(90) ? .if(isFree, [send], else: []) : send
    }
    return .if(constant(1), [.require(isFree), send], else: [])
  }

  /// Each valuation of two slots; and who waits.
  private mutating func observe() {
    let pair = [slot(), chance(50) ? slot() : places[number(0...places.count - 1)]]
    for first in 0...2 {
      for second in 0...3 {
        builder.property(
          "\(first) \(second)", .reachability, pair[0] == first && pair[1] == second)
      }
    }
    builder.waits(where: chance(70) ? constant(1) : .slot(places[0]) < constant(3))
    builder.undelivered(where: condition())
  }
}
