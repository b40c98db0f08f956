/// A place in the code, known or to come.
struct Label: Hashable, Sendable {
  fileprivate let index: Int32
}

/// Puts instructions one behind the other and resolves their branch targets.
struct Assembler {
  private(set) var code: [Instruction] = []
  /// Labels first, after `finish` indices of instructions: the tables of `dispatch` and
  /// `dispatchField`. A table for `dispatch` begins with the number of its entries.
  private(set) var tables: [Int32] = []
  /// By label: index of its instruction; -1 while it is not placed.
  private var places: [Int32] = []
  private var tableLabels: [(position: Int, label: Label)] = []
  /// Instructions below this index must not be merged with later ones: a label stands there.
  private var barrier = 0

  var count: Int { code.count }

  mutating func label() -> Label {
    places.append(-1)
    return Label(index: Int32(places.count - 1))
  }

  /// Places the label at the next instruction.
  mutating func place(_ label: Label) {
    assert(places[Int(label.index)] < 0, "a label is placed once")
    places[Int(label.index)] = Int32(code.count)
    barrier = code.count
  }

  /// A new label at the next instruction.
  mutating func labelHere() -> Label {
    let result = label()
    place(result)
    return result
  }

  mutating func emit(_ instruction: Instruction) {
    assert(!instruction.opcode.hasTarget, "a branch needs a label")
    if merges(instruction) { return }
    code.append(instruction)
  }

  /// An instruction with a branch target.
  mutating func emit(_ instruction: Instruction, to target: Label) {
    assert(instruction.opcode.hasTarget)
    var instruction = instruction
    instruction.c = target.index
    code.append(instruction)
  }

  mutating func jump(_ target: Label) {
    if code.count > barrier, let last = code.last, last.opcode.isTerminal { return }
    emit(Instruction(.jump), to: target)
  }

  /// Adds a table of targets; returns where it begins. `counted` for `dispatch`.
  mutating func table(_ targets: [Label], counted: Bool) -> Int32 {
    let start = Int32(tables.count)
    if counted { tables.append(Int32(targets.count)) }
    for target in targets {
      tableLabels.append((tables.count, target))
      tables.append(0)
    }
    return start
  }

  /// Merges constants stored into the word that the last instruction stored constants into, in
  /// one instruction.
  private mutating func merges(_ instruction: Instruction) -> Bool {
    guard code.count > barrier, let last = code.last, last.opcode == .storeMasked,
      instruction.opcode == .storeMasked, last.a == instruction.a
    else { return false }
    let bits =
      UInt64(bitPattern: last.immediate) & ~instruction.mask
      | UInt64(bitPattern: instruction.immediate)
    code[code.count - 1] = .masked(
      .storeMasked, word: last.a, mask: last.mask | instruction.mask, bits: bits)
    return true
  }

  /// Resolves all targets. Requires: each label used is placed.
  mutating func finish() {
    for index in code.indices where code[index].opcode.hasTarget {
      code[index].c = resolve(code[index].c)
    }
    for (position, label) in tableLabels { tables[position] = resolve(label.index) }
    tableLabels = []
    thread()
  }

  /// The instruction at which a label ended up, for entry points. Requires: `finish` was called.
  func place(of label: Label) -> Int { Int(places[Int(label.index)]) }

  private func resolve(_ label: Int32) -> Int32 {
    let place = places[Int(label)]
    precondition(place >= 0 && place < code.count, "every label is placed before an instruction")
    return place
  }

  /// Jump threading: a branch to a jump goes where the jump goes.
  private mutating func thread() {
    func end(_ target: Int32) -> Int32 {
      var target = target
      // The bound ends a cycle of jumps.
      for _ in 0..<64 where code[Int(target)].opcode == .jump { target = code[Int(target)].c }
      return target
    }
    for index in code.indices where code[index].opcode.hasTarget {
      code[index].c = end(code[index].c)
    }
    var position = 0
    let counted = Set(code.filter { $0.opcode == .dispatch }.map { Int($0.b) })
    while position < tables.count {
      if !counted.contains(position) { tables[position] = end(tables[position]) }
      position += 1
    }
  }
}
