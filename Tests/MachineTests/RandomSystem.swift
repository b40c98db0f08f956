import TransitionSystem

/// SplitMix64 (Steele, Lea, Flood 2014).
struct RandomSource: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Random transition systems that keep the contract (indices in range, values that fit), with every
/// kind of statement and expression.
struct RandomSystem {
  private var random: RandomSource
  private var builder = SystemBuilder()
  /// Slots that programs may name: not those of channels.
  private var slots: [SlotID] = []
  /// Slots in a row with one range, for indexed access.
  private var rows: [(first: SlotID, stride: Int, count: Int)] = []
  private var members: (first: SlotID, count: Int) = (SlotID(0), 0)
  private let registerCount = 6
  private var context = Context.body
  private var loopDepth = 0
  private var choicesLeft = 0
  private enum Context { case body, partialBody, guardOnly, predicate }

  static func system(seed: UInt64) -> TransitionSystem {
    var generator = RandomSystem(random: RandomSource(seed: seed))
    return generator.make()
  }

  /// Random states of the system with that seed; bags are in order.
  static func states(seed: UInt64, count: Int) -> [[UInt64]] {
    var generator = RandomSystem(random: RandomSource(seed: seed))
    let reference = ReferenceMachine(system: generator.make())
    return (0..<count).map { _ in generator.state(reference) }
  }

  private mutating func state(_ reference: ReferenceMachine) -> [UInt64] {
    let layout = reference.system.layout
    let zero = Array(repeating: 0 as UInt64, count: layout.wordCount)
    var frame = ReferenceFrame(
      system: reference.system, values: reference.unpack(zero), registerCount: 0)
    for slot in slots + reference.system.members.map(\.slot) {
      frame.values[slot.index] = value(layout.slots[slot.index])
    }
    for (index, channel) in reference.system.channels.enumerated() {
      for _ in 0..<number(0...channel.room) {
        let cells = (0..<channel.cellCount).map {
          c(value(layout.slots[channel.entries.index + $0]))
        }
        try? frame.run([.send(ChannelID(index), cells)])
      }
    }
    return reference.pack(frame.values)
  }

  private mutating func value(_ slot: Slot) -> Int64 {
    if slot.width == 64 { return Int64.random(in: .min ... .max, using: &random) }
    return slot.minimum + Int64.random(in: 0...(1 << Int64(slot.width) - 1), using: &random)
  }

  private init(random: RandomSource) { self.random = random }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }
  private mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }
  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[number(0...elements.count - 1)]
  }
  private mutating func failure() -> FailureID { FailureID(number(0...3)) }

  private mutating func make() -> TransitionSystem {
    for _ in 0..<number(2...6) { slots.append(addSlot()) }
    let control = builder.slot(0, 3)
    slots.append(control)
    addRow()
    for _ in 0..<number(1...3) { addChannel() }
    addMembers()
    (context, choicesLeft) = (.body, 4)
    builder.system.initial = statements(3, depth: 1)
    builder.system.initialRegisterCount = registerCount
    for _ in 0..<number(3...9) { addAction(control) }
    context = .predicate
    for _ in 0..<2 {
      let body = chance(30) ? statements(2, depth: 1) : []
      let result = condition(3)
      builder.invariant(
        Predicate(statements: body, result: result, registerCount: registerCount))
    }
    return builder.system
  }

  private mutating func addSlot() -> SlotID {
    switch number(0...9) {
    case 0: return builder.slot(5, 5)
    case 1: return builder.slot(.min, .max)
    case 2: return builder.slot(-3, 4)
    case 3: return builder.slot(1 << 40, 1 << 41)
    case 4, 5: return builder.slot(0, 1)
    default: return builder.slot(Int64(number(-2...1)), Int64(number(2...9)))
    }
  }

  /// Slots of one bit that an oracle is asked about; no program writes them.
  private mutating func addMembers() {
    let count = [0, 1, 3, 5, 64, 70][slots.count % 6]
    members = (SlotID(builder.system.layout.slots.count), count)
    for place in 0..<count {
      builder.system.members.append(
        OracleMember(slot: builder.slot(0, 1), source: 0, ranks: [Int64(place)]))
    }
    for (place, kind) in [Question.Kind.clash, .forces(1), .forces(2 + count / 2)].enumerated() {
      builder.system.questions.append(Question(kind: kind, undecided: FailureID(place)))
    }
    builder.system.oracle = ThresholdOracle(
      questions: builder.system.questions, memberCount: count)
  }

  private mutating func addRow() {
    let (stride, count) = (number(1...2), number(1...5))
    let first = builder.system.layout.slots.count
    for _ in 0..<count * stride { slots.append(builder.slot(0, 3)) }
    rows.append((SlotID(first), stride, count))
  }

  private mutating func addChannel() {
    let cells: [ClosedRange<Int64>] =
      switch number(0...5) {
      case 0: []
      case 1: [0...1]
      case 2: [0...2, -1...2]
      case 3: [3...3, 0...5]
      case 4: [Int64.min...Int64.max]
      default: [0...3, Int64.min...Int64.max]
      }
    builder.channel(pick([.bag, .queue]), cells, room: number(1...5), grows: chance(80))
  }

  private mutating func addAction(_ control: SlotID) {
    context = .guardOnly
    var guards: [Predicate] = []
    if chance(70) {
      guards.append(
        Predicate(
          statements: [], result: .slot(control) == c(Int64(number(0...4))), registerCount: 0))
    }
    for _ in 0..<number(0...2) {
      let body = chance(15) ? statements(2, depth: 1) : []
      let result = condition(chance(50) ? 1 : 3)
      guards.append(Predicate(statements: body, result: result, registerCount: registerCount))
    }
    var trigger: Trigger?
    if chance(40) {
      trigger = Trigger(
        channel: ChannelID(number(0...builder.system.channels.count - 1)),
        candidates: pick([.deliverable, .distinct]), index: Register(0))
    }
    (context, choicesLeft) = (chance(20) ? .partialBody : .body, 4)
    var body = statements(4, depth: 2)
    if let trigger, chance(50) { body.insert(.remove(trigger.channel, at: r(0)), at: 0) }
    builder.action(
      guards: guards, on: trigger, isFault: chance(30), registers: registerCount, body)
  }

  // Statements.

  private mutating func statements(_ countMax: Int, depth: Int) -> [ProgramStatement] {
    (0..<number(1...countMax)).map { _ in statement(depth) }
  }

  private mutating func statement(_ depth: Int) -> ProgramStatement {
    let isBody = context == .body || context == .partialBody
    if depth > 0, chance(30) { return nested(depth - 1) }
    if isBody, chance(75) { return effect() }
    switch number(0...11) {
    case 0: return .require(condition(2))
    case 1: return .check(condition(2) || c(1) == c(Int64(number(0...1))), failure())
    case 2 where chance(10): return .fail(failure())
    case 3 where chance(30): return .finish
    case 4 where loopDepth > 0: return .break
    case 5:
      return .setAt(first: Register(2), count: 4, index: index(4), expression(2))
    default: return .set(Register(number(0...registerCount - 1)), expression(3))
    }
  }

  private mutating func effect() -> ProgramStatement {
    let channel = number(0...builder.system.channels.count - 1)
    switch number(0...13) {
    case 0...3:
      let slot = pick(slots)
      return .store(slot, fitting(slot))
    case 4, 5:
      let row = pick(rows)
      return .storeAt(
        first: row.first, stride: row.stride, count: row.count, index: index(row.count),
        fitting(row.first))
    case 6: return .clear(first: rows[0].first, count: rows[0].count)
    case 7: return .restore(first: rows[0].first, count: rows[0].count)
    case 8,
      9 where mayChoose():
      return .choose(Register(number(0...registerCount - 1)), domain(), choice())
    case 8...10:
      return chance(80) ? onEntry(channel) { .remove($0, at: $1) } : .empty(ChannelID(channel))
    case 11 where chance(50): return onEntry(channel) { .copy($0, at: $1) }
    default:
      let info = builder.system.channels[channel]
      let cells = (0..<info.cellCount).map { fitting(SlotID(info.entries.index + $0)) }
      return context == .partialBody && chance(70) && mayChoose()
        ? .sendOrDrop(ChannelID(channel), cells) : .send(ChannelID(channel), cells)
    }
  }

  /// Whether one more choice keeps the number of ways small: a loop runs up to five times, nested
  /// ones more often.
  private mutating func mayChoose() -> Bool {
    let price = loopDepth == 0 ? 1 : loopDepth == 1 ? 3 : 9
    if price > choicesLeft { return false }
    choicesLeft -= price
    return true
  }

  /// A statement on some entry of a channel that has one.
  private mutating func onEntry(
    _ channel: Int, _ make: (ChannelID, ProgramExpression) -> ProgramStatement
  ) -> ProgramStatement {
    let length = ProgramExpression.slot(builder.system.channels[channel].length)
    let index = ProgramExpression.binary(
      .remainderUnchecked, .binary(.bitAnd, expression(1), c(255)), length)
    return .if(c(0) < length, [make(ChannelID(channel), index)], else: [])
  }

  private mutating func nested(_ depth: Int) -> ProgramStatement {
    switch number(0...5) {
    case 0, 1:
      return .if(
        condition(2), statements(2, depth: depth),
        else: chance(50) ? [] : statements(2, depth: depth))
    case 2:
      let cases: [(values: [Int64], body: [ProgramStatement])] = (0..<number(1...6)).map { _ in
        ((0..<number(1...2)).map { _ in Int64(number(-1...6)) }, statements(2, depth: depth))
      }
      return .switch(expression(2), cases, default: statements(2, depth: depth))
    case 3:
      let body = loopBody(depth)
      return .forRange(
        Register(number(0...registerCount - 1)), from: small(), through: small(), body)
    case 4:
      let body = loopBody(depth)
      return .forBits(
        Register(number(0...registerCount - 1)), in: .binary(.bitAnd, expression(2), c(21)), body)
    default:
      // Register 5 counts down; nothing else in the body is nested, and `break` may leave early.
      let body = loopBody(0).filter { !assigns($0, 5) }
      return .if(
        c(1),
        [
          set(5, small()),
          .while(c(0) < r(5), [set(5, r(5) + c(-1))] + body, chance(80) ? failure() : nil),
        ], else: [])
    }
  }

  private mutating func loopBody(_ depth: Int) -> [ProgramStatement] {
    loopDepth += 1
    defer { loopDepth -= 1 }
    return statements(2, depth: depth)
  }

  private func assigns(_ statement: ProgramStatement, _ register: Int) -> Bool {
    switch statement {
    case .set(let target, _), .choose(let target, _, _): target.index == register
    case .setAt: true
    default: false
    }
  }

  private mutating func domain() -> ChoiceDomain {
    chance(50)
      ? .range(small(), small())
      : .bits(.binary(.bitAnd, expression(2), c(13)), base: Int64(number(-1...2)))
  }

  private mutating func choice() -> ChoiceID { ChoiceID(number(0...2)) }

  // Expressions.

  /// -1 … 3.
  private mutating func small() -> ProgramExpression {
    chance(60)
      ? c(Int64(number(-1...2))) : .binary(.bitAnd, expression(1), c(3)) + c(-1)
  }

  /// 0 ..< count.
  private mutating func index(_ count: Int) -> ProgramExpression {
    if chance(30) { return c(Int64(number(0...count - 1))) }
    return .binary(
      .remainderUnchecked, .binary(.bitAnd, expression(2), c(1023)), c(Int64(count)))
  }

  /// A value that fits the slot.
  private mutating func fitting(_ slot: SlotID) -> ProgramExpression {
    let info = builder.system.layout.slots[slot.index]
    if info.width == 64 { return expression(2) }
    let mask = Int64(1) << Int64(info.width) - 1
    if chance(40) { return c(info.minimum + Int64.random(in: 0...mask, using: &random)) }
    return .binary(.bitAnd, expression(2), c(mask)) + c(info.minimum)
  }

  private mutating func condition(_ depth: Int) -> ProgramExpression {
    guard depth > 0 else { return .binary(.bitAnd, leaf(), c(1)) }
    switch number(0...9) {
    case 0: return !condition(depth - 1)
    case 1, 2: return condition(depth - 1) && condition(depth - 1)
    case 3: return condition(depth - 1) || condition(depth - 1)
    case 4: return .conditional(condition(0), condition(depth - 1), condition(depth - 1))
    case 5: return condition(depth - 1) == c(Int64(number(0...1)))
    default:
      let operators: [ProgramBinary] = [.equal, .notEqual, .less, .lessEqual]
      let (left, right) = (expression(depth - 1), expression(depth - 1))
      return .binary(pick(operators), left, right)
    }
  }

  private mutating func expression(_ depth: Int) -> ProgramExpression {
    guard depth > 0, chance(75) else { return leaf() }
    let left = expression(depth - 1)
    let right = expression(depth - 1)
    switch number(0...13) {
    case 0: return .unary(pick([.not, .bitNot, .populationCount, .trailingZeros]), left)
    case 1:
      return .binary(pick([.shiftLeft, .shiftRight]), left, .binary(.bitAnd, right, c(63)))
    case 2:
      let divisor = c([-7, 1, 2, 9][number(0...3)])
      return .binary(pick([.divideUnchecked, .remainderUnchecked]), left, divisor)
    case 3, 4:
      let checked: [ProgramChecked] = [.add, .subtract, .multiply, .divide, .remainder, .negate]
      return .checked(pick(checked), left, right, failure())
    case 5: return .conditional(condition(1), left, right)
    case 6: return condition(depth)
    case 7: return .registerAt(first: Register(1), count: 4, index: index(4))
    case 8:
      let row = pick(rows)
      return .slotAt(
        first: row.first, stride: row.stride, count: row.count, index: index(row.count))
    default:
      let operators: [ProgramBinary] = [
        .addWrapping, .subtractWrapping, .multiplyWrapping, .equal, .notEqual, .less, .lessEqual,
        .bitAnd, .bitOr, .bitXor, .bitAndNot,
      ]
      return .binary(pick(operators), left, right)
    }
  }

  private mutating func leaf() -> ProgramExpression {
    switch number(0...9) {
    case 0...3: return .slot(pick(slots))
    case 4...6: return r(number(0...registerCount - 1))
    case 7 where context == .predicate && chance(40): return .quiescent
    case 7 where context == .predicate:
      return .ask(QuestionID(number(0...2)), first: members.first, count: members.count)
    case 8: return c(pick([.min, .max, -1, 64, 1 << 33]))
    default: return c(Int64(number(-2...5)))
    }
  }
}
