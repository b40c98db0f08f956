import TransitionSystem

/// Walks the programs of one action in the order of execution.
struct FactCollector {
  // Not the whole system: a collector is made for each variant.
  private let layout: StateLayout
  private let channels: [Channel]
  /// By slot: the channel it belongs to, or -1.
  private let channelOfSlot: [Int]
  private let trigger: Trigger?
  private var depth = 0
  /// The trigger's entry has moved or gone: what is read at its index is another one.
  private var hasMoved = false
  private(set) var facts = ActionFacts()

  init(_ action: Action, _ system: TransitionSystem, channelOfSlot: [Int]) {
    self.init(action.guards, action.trigger, action.body, system, channelOfSlot: channelOfSlot)
  }

  /// Of an action with these programs.
  init(
    _ guards: [Predicate], _ trigger: Trigger?, _ body: [ProgramStatement],
    _ system: TransitionSystem, channelOfSlot: [Int]
  ) {
    layout = system.layout
    channels = system.channels
    self.channelOfSlot = channelOfSlot
    self.trigger = trigger
    var isCertain = true
    for predicate in guards {
      // A predicate has registers of its own.
      let simple = predicate.statements.isEmpty && !predicate.result.mayFail
      if isCertain && simple { addAtoms(predicate.result) }
      if !simple { isCertain = false }
      visit(predicate.statements)
      visit(predicate.result)
    }
    if let trigger {
      let channel = channels[trigger.channel.index]
      facts.channels[trigger.channel.index, default: []].insert(.takes)
      if channel.order == .bag || trigger.candidates == .distinct { facts.isSingle = false }
      if isCertain { addNotEmpty(channel) }
    }
    if isCertain { addLeadingRequires(body) }
    visit(body)
  }

  /// Of the program that makes the initial states.
  init(initialOf system: TransitionSystem, channelOfSlot: [Int]) {
    layout = system.layout
    channels = system.channels
    self.channelOfSlot = channelOfSlot
    trigger = nil
    visit(system.initial)
  }

  private mutating func addNotEmpty(_ channel: Channel) {
    if layout.slots[channel.length.index].width <= 6 {
      facts.atoms.append(Atom(slot: channel.length.index, mask: ~1))
    }
  }

  /// What a body requires before it changes anything is as good as a guard.
  private mutating func addLeadingRequires(_ body: [ProgramStatement]) {
    for statement in body {
      switch statement {
      case .set(_, let value) where !value.mayFail: continue
      case .require(let condition) where !condition.mayFail: addAtoms(condition)
      default: return
      }
    }
  }

  private mutating func addAtoms(_ condition: ProgramExpression) {
    if case .binary(.and, let left, let right) = condition {
      addAtoms(left)
      addAtoms(right)
    } else if let (slot, mask) = condition.test(in: layout), channelOfSlot[slot] < 0 {
      facts.atoms.append(Atom(slot: slot, mask: mask))
    }
  }

  // MARK: Statements

  private mutating func visit(_ statements: [ProgramStatement]) {
    for statement in statements { visit(statement) }
  }

  private mutating func visitInside(_ statements: [ProgramStatement]) {
    depth += 1
    visit(statements)
    depth -= 1
  }

  private mutating func visit(_ statement: ProgramStatement) {
    switch statement {
    case .set(let register, let value):
      visit(value)
      assign(register.index..<register.index + 1)
    case .setAt(let first, let count, let index, let value):
      visit(index)
      visit(value)
      assign(first.index..<first.index + count)
    case .store(let slot, let value):
      visit(value)
      write(slot.index, value)
    case .storeAt(let first, let stride, let count, let index, let value):
      visit(index)
      visit(value)
      for place in 0..<count { write(first.index + stride * place, value) }
    case .clear(let first, let count):
      for slot in first.index..<first.index + count {
        write(slot, .constant(layout.slots[slot].minimum))
      }
    case .restore(let first, let count):
      for slot in first.index..<first.index + count { write(slot, nil) }
    case .require(let condition): visitRequire(condition)
    case .check(let condition, _):
      facts.canFail = true
      visit(condition)
    case .fail: facts.canFail = true
    case .break, .finish: break
    default: visitNested(statement)
    }
  }

  private mutating func visitNested(_ statement: ProgramStatement) {
    switch statement {
    case .if(let condition, let yes, else: let no):
      visit(condition)
      visitInside(yes)
      visitInside(no)
    case .switch(let subject, let cases, default: let other):
      visit(subject)
      for alternative in cases { visitInside(alternative.body) }
      visitInside(other)
    case .while(let condition, let body, let failure):
      if failure != nil { facts.canFail = true }
      visitLoop(nil, [condition], body)
    case .forRange(let register, from: let lower, through: let upper, let body):
      visitLoop(register, [lower, upper], body)
    case .forBits(let register, in: let mask, let body): visitLoop(register, [mask], body)
    case .choose(let register, let domain, _): visitChoice(register, domain)
    default: visitChannel(statement)
    }
  }

  /// Twice, so that what the end of the body does is known at its beginning.
  private mutating func visitLoop(
    _ register: Register?, _ heads: [ProgramExpression], _ body: [ProgramStatement]
  ) {
    if let register { assign(register.index..<register.index + 1) }
    for _ in 0..<2 {
      for head in heads { visit(head) }
      visitInside(body)
    }
  }

  private mutating func visitChoice(_ register: Register, _ domain: ChoiceDomain) {
    facts.isSingle = false
    assign(register.index..<register.index + 1)
    switch domain {
    case .range(let lower, let upper):
      visit(lower)
      visit(upper)
    case .bits(let mask, base: _): visit(mask)
    }
  }

  private mutating func visitChannel(_ statement: ProgramStatement) {
    switch statement {
    case .send(let channel, let cells):
      for cell in cells { visit(cell) }
      facts.channels[channel.index, default: []].insert(.appends)
      if channel == trigger?.channel { hasMoved = true }
    case .remove(let channel, at: .register(let index))
    where channel == trigger?.channel && index == trigger?.index && depth == 0 && !hasMoved:
      hasMoved = true
    case .sendOrDrop(let channel, let cells):
      for cell in cells { visit(cell) }
      facts.isSingle = false
      use(channel.index)
    case .remove(let channel, at: let index), .copy(let channel, at: let index):
      visit(index)
      use(channel.index)
    case .empty(let channel): use(channel.index)
    default: break
    }
  }

  private mutating func use(_ channel: Int) {
    facts.channels[channel, default: []].insert(.other)
    if channel == trigger?.channel.index { hasMoved = true }
  }

  /// Who changes the index of the trigger reads entries that nobody gave it.
  private mutating func assign(_ registers: Range<Int>) {
    if let trigger, registers.contains(trigger.index.index) { use(trigger.channel.index) }
  }

  private mutating func write(_ slot: Int, _ value: ProgramExpression?) {
    if channelOfSlot[slot] >= 0 { return use(channelOfSlot[slot]) }
    facts.writes.insert(SlotID(slot))
    guard layout.slots[slot].width <= 6 else { return }
    var mask = UInt64.max
    if case .constant(let constant) = value {
      let raw = constant &- layout.slots[slot].minimum
      if (0..<64).contains(raw) { mask = 1 << UInt64(raw) }
    }
    facts.written[slot, default: 0] |= mask
  }

  /// `require(length + … < constant)` is a gauge: fewer entries never disable.
  private mutating func visitRequire(_ condition: ProgramExpression) {
    guard case .binary(.less, let sum, .constant) = condition, let channels = lengths(sum) else {
      return visit(condition)
    }
    for channel in channels {
      if channel == trigger?.channel.index {
        use(channel)
      } else {
        facts.channels[channel, default: []].insert(.gauges)
      }
    }
  }

  private func lengths(_ sum: ProgramExpression) -> [Int]? {
    switch sum {
    case .slot(let slot):
      let channel = channelOfSlot[slot.index]
      return channel >= 0 && channels[channel].length == slot ? [channel] : nil
    case .binary(.addWrapping, let left, let right):
      guard let left = lengths(left), let right = lengths(right) else { return nil }
      return left + right
    default: return nil
    }
  }

  // MARK: Expressions

  private mutating func visit(_ expression: ProgramExpression) {
    switch expression {
    case .constant, .register, .quiescent: break
    case .ask(_, let first, let count):
      for place in 0..<count { read(first.index + place, isEntry: false) }
    case .registerAt(_, _, let index): visit(index)
    case .slot(let slot): read(slot.index, isEntry: isEntry(slot.index))
    case .slotAt(let first, let stride, let count, let index):
      if isEntry(first.index, at: index) { return }
      visit(index)
      for place in 0..<count { read(first.index + stride * place, isEntry: false) }
    case .unary(_, let operand): visit(operand)
    case .binary(_, let left, let right):
      visit(left)
      visit(right)
    case .checked(_, let left, let right, _):
      facts.canFail = true
      visit(left)
      visit(right)
    case .conditional(let condition, let yes, let no):
      visit(condition)
      visit(yes)
      visit(no)
    }
  }

  private mutating func read(_ slot: Int, isEntry: Bool) {
    if isEntry { return }
    if channelOfSlot[slot] >= 0 { return use(channelOfSlot[slot]) }
    facts.reads.insert(SlotID(slot))
  }

  /// Whether a slot is a cell of the one entry that the trigger can take.
  private func isEntry(_ slot: Int) -> Bool {
    guard let trigger, !hasMoved, trigger.candidates == .deliverable else { return false }
    let channel = channels[trigger.channel.index]
    return (channel.order == .queue || channel.room == 1) && isFirstEntry(slot, channel)
  }

  private func isEntry(_ first: Int, at index: ProgramExpression) -> Bool {
    guard let trigger, !hasMoved, case .register(trigger.index) = index else { return false }
    return isFirstEntry(first, channels[trigger.channel.index])
  }

  private func isFirstEntry(_ slot: Int, _ channel: Channel) -> Bool {
    (channel.entries.index..<channel.entries.index + channel.cellCount).contains(slot)
  }
}
