import TransitionSystem

/// A set of slots of the state and registers of one program, as bits.
struct CellSet: Hashable {
  /// Bit i of word w: slot 64 w + i; registers behind the slots. Trailing zero words are left out.
  private var words: [UInt64] = []
  /// The bit of register 0.
  private let slotCount: Int

  init(slotCount: Int) { self.slotCount = slotCount }

  // MARK: Members

  func contains(_ slot: SlotID) -> Bool { contains(bit: slot.index) }
  func contains(_ register: Register) -> Bool { contains(bit: slotCount + register.index) }
  mutating func insert(_ slot: SlotID) { insert(bit: slot.index) }
  mutating func insert(_ register: Register) { insert(bit: slotCount + register.index) }
  mutating func remove(_ slot: SlotID) { remove(bit: slot.index) }
  mutating func remove(_ register: Register) { remove(bit: slotCount + register.index) }

  /// The slots, ascending.
  var slots: [SlotID] {
    var found: [SlotID] = []
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        let bit = 64 * index + rest.trailingZeroBitCount
        if bit < slotCount { found.append(SlotID(bit)) }
        rest &= rest - 1
      }
    }
    return found
  }

  var isEmpty: Bool { words.isEmpty }

  private func contains(bit: Int) -> Bool {
    let word = bit >> 6
    return word < words.count && words[word] >> UInt64(bit & 63) & 1 == 1
  }

  private mutating func insert(bit: Int) {
    let word = bit >> 6
    while words.count <= word { words.append(0) }
    words[word] |= 1 << UInt64(bit & 63)
  }

  private mutating func remove(bit: Int) {
    let word = bit >> 6
    guard word < words.count else { return }
    words[word] &= ~(1 << UInt64(bit & 63))
    trim()
  }

  private mutating func trim() { while words.last == 0 { words.removeLast() } }

  // MARK: Sets

  mutating func formUnion(_ other: CellSet) {
    while words.count < other.words.count { words.append(0) }
    for (index, word) in other.words.enumerated() { words[index] |= word }
  }

  mutating func subtract(_ other: CellSet) {
    for index in 0..<min(words.count, other.words.count) { words[index] &= ~other.words[index] }
    trim()
  }

  mutating func formIntersection(_ other: CellSet) {
    words.removeLast(max(0, words.count - other.words.count))
    for index in words.indices { words[index] &= other.words[index] }
    trim()
  }

  func union(_ other: CellSet) -> CellSet {
    var result = self
    result.formUnion(other)
    return result
  }

  func subtracting(_ other: CellSet) -> CellSet {
    var result = self
    result.subtract(other)
    return result
  }

  func intersection(_ other: CellSet) -> CellSet {
    var result = self
    result.formIntersection(other)
    return result
  }

  // MARK: Programs

  /// Adds what an expression may read.
  mutating func insertReads(of expression: ProgramExpression) {
    expression.visitSlots { insert($0) }
    expression.visitRegisters { insert($0) }
  }

  mutating func insertReads(of predicate: Predicate) {
    for statement in predicate.statements { insertReads(of: statement) }
    insertReads(of: predicate.result)
  }

  private mutating func insertReads(of statement: ProgramStatement) {
    for expression in statement.expressions { insertReads(of: expression) }
    for body in statement.bodies { for inner in body { insertReads(of: inner) } }
  }
}

extension ProgramStatement {
  /// The slots that it may change, those of its inner statements and of channels left out.
  func visitStores(_ visit: (SlotID) -> Void) {
    switch self {
    case .store(let slot, _): visit(slot)
    case .storeAt(let first, let stride, let count, _, _):
      for place in 0..<count { visit(SlotID(first.index + stride * place)) }
    case .clear(let first, let count), .restore(let first, let count):
      for place in 0..<count { visit(SlotID(first.index + place)) }
    default: break
    }
  }

  /// The slots that it or a statement in it may change, those of channels left out.
  func visitAllStores(_ visit: (SlotID) -> Void) {
    visitStores(visit)
    for body in bodies { for inner in body { inner.visitAllStores(visit) } }
  }
}
