/// A set of slots, as bits.
public struct SlotSet: Sendable, Hashable {
  /// Bit i of word w: slot 64 w + i. Trailing zero words are left out.
  public private(set) var words: [UInt64] = []

  public init() {}

  public var isEmpty: Bool { words.isEmpty }

  public func contains(_ slot: SlotID) -> Bool {
    let word = slot.index >> 6
    return word < words.count && words[word] >> UInt64(slot.index & 63) & 1 == 1
  }

  public mutating func insert(_ slot: SlotID) {
    let word = slot.index >> 6
    while words.count <= word { words.append(0) }
    words[word] |= 1 << UInt64(slot.index & 63)
  }

  public mutating func formUnion(_ other: SlotSet) {
    while words.count < other.words.count { words.append(0) }
    for (index, word) in other.words.enumerated() { words[index] |= word }
  }

  public func isDisjoint(with other: SlotSet) -> Bool {
    !zip(words, other.words).contains { $0 & $1 != 0 }
  }

  /// The slots, ascending.
  public var slots: [SlotID] { Array(self) }
}

/// The slots, ascending.
extension SlotSet: Sequence {
  public struct Iterator: IteratorProtocol {
    private let words: [UInt64]
    private var nextWord = 0
    /// Of the word before, what is to come.
    private var rest: UInt64 = 0

    fileprivate init(_ words: [UInt64]) { self.words = words }

    public mutating func next() -> SlotID? {
      while rest == 0 {
        if nextWord == words.count { return nil }
        rest = words[nextWord]
        nextWord += 1
      }
      defer { rest &= rest - 1 }
      return SlotID(64 * (nextWord - 1) + rest.trailingZeroBitCount)
    }
  }

  public func makeIterator() -> Iterator { Iterator(words) }
}

/// What a program can read and write: supersets of what any execution of it touches.
///
/// A slot that is written and never read is not in `reads`; `restore` reads nothing of the state
/// that the step sees. Operations on a channel read and write its length and all its entries. For
/// an action, `reads` has the guards and the trigger.
public struct AccessSets: Sendable {
  public private(set) var reads = SlotSet()
  public private(set) var mayWrite = SlotSet()
  public private(set) var readsQuiescent = false
  public private(set) var asksOracle = false

  public init(_ predicate: Predicate, channels: [Channel]) {
    add(predicate, channels)
  }

  public init(_ action: Action, channels: [Channel]) {
    for predicate in action.guards { add(predicate, channels) }
    if let trigger = action.trigger { read(channels[trigger.channel.index]) }
    add(action.body, channels)
  }

  public init(_ statements: [ProgramStatement], channels: [Channel]) { add(statements, channels) }

  private mutating func add(_ predicate: Predicate, _ channels: [Channel]) {
    add(predicate.statements, channels)
    add(predicate.result)
  }

  private mutating func add(_ statements: [ProgramStatement], _ channels: [Channel]) {
    for statement in statements { add(statement, channels) }
  }

  private mutating func add(_ statement: ProgramStatement, _ channels: [Channel]) {
    switch statement {
    case .set(_, let value), .require(let value), .check(let value, _): add(value)
    case .setAt(_, _, let index, let value):
      add(index)
      add(value)
    case .store(let slot, let value):
      add(value)
      mayWrite.insert(slot)
    case .storeAt(let first, let stride, let count, let index, let value):
      add(index)
      add(value)
      for place in 0..<count { mayWrite.insert(SlotID(first.index + stride * place)) }
    case .clear(let first, let count), .restore(let first, let count):
      for place in 0..<count { mayWrite.insert(SlotID(first.index + place)) }
    case .if(let condition, let yes, else: let no):
      add(condition)
      add(yes + no, channels)
    case .switch(let subject, let cases, default: let other):
      add(subject)
      for alternative in cases { add(alternative.body, channels) }
      add(other, channels)
    case .while(let condition, let body, _):
      add(condition)
      add(body, channels)
    case .forRange(_, from: let lower, through: let upper, let body):
      add(lower)
      add(upper)
      add(body, channels)
    case .forBits(_, in: let mask, let body):
      add(mask)
      add(body, channels)
    case .choose(_, .range(let lower, let upper), _):
      add(lower)
      add(upper)
    case .choose(_, .bits(let mask, base: _), _): add(mask)
    case .send(let channel, let cells), .sendOrDrop(let channel, let cells):
      for cell in cells { add(cell) }
      touch(channels[channel.index])
    case .remove(let channel, at: let index), .copy(let channel, at: let index):
      add(index)
      touch(channels[channel.index])
    case .empty(let channel): touch(channels[channel.index])
    case .fail, .break, .finish: break
    }
  }

  private mutating func add(_ expression: ProgramExpression) {
    switch expression {
    case .constant, .register: break
    case .registerAt(_, _, let index): add(index)
    case .slot(let slot): reads.insert(slot)
    case .slotAt(let first, let stride, let count, let index):
      add(index)
      for place in 0..<count { reads.insert(SlotID(first.index + stride * place)) }
    case .unary(_, let operand): add(operand)
    case .binary(_, let left, let right), .checked(_, let left, let right, _):
      add(left)
      add(right)
    case .conditional(let condition, let yes, let no):
      add(condition)
      add(yes)
      add(no)
    case .quiescent: readsQuiescent = true
    case .ask(_, let first, let count):
      asksOracle = true
      for place in 0..<count { reads.insert(SlotID(first.index + place)) }
    }
  }

  private mutating func read(_ channel: Channel) {
    reads.insert(channel.length)
    for place in 0..<(channel.room * channel.cellCount) {
      reads.insert(SlotID(channel.entries.index + place))
    }
  }

  private mutating func touch(_ channel: Channel) {
    read(channel)
    mayWrite.insert(channel.length)
    for place in 0..<(channel.room * channel.cellCount) {
      mayWrite.insert(SlotID(channel.entries.index + place))
    }
  }
}
