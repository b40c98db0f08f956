import TransitionSystem

/// The C of one program in the making: an action, a guard, a property.
///
/// Anything rare (a failure, a full channel, an index out of range, too many iterations) leaves the
/// function with MACHINE: the caller then expands the state again with the machine, which knows
/// what to do. So the C has no error paths, and what it does give is exactly what the machine
/// gives.
struct CProgram {
  /// Where the words of the state are.
  enum Place {
    /// The source, which is not written: guards, properties, the head of a body.
    case source
    /// Written words are locals, which the C compiler keeps in registers.
    case locals
    /// Written words lie in the place of the next successor, for access by a computed index.
    case memory
  }

  /// What `require` and `finish` do where we are.
  enum Ends {
    /// Jump to labels: the end of this way through the instance; its emission.
    case labels(incomplete: String, finish: String)
    /// Return from the function; jump to the result.
    case predicate(result: String)
  }

  let unit: CUnit
  let shape: ProgramShape
  var text = CText()
  var place = Place.source
  var ends: Ends
  /// In names of locals: registers and words of this nesting of choices.
  var suffix = ""
  /// Labels that some `goto` names: only those may be placed without a warning.
  var labelsUsed: Set<String> = []
  /// Ends of the loops around, innermost last.
  var loopEnds: [String] = []
  /// Numbers of everything named, for the whole function.
  var nameCount: Int
  /// Open choices, outermost first: choice and the variable of its value; nested loops only.
  var openChoices: [(choice: ChoiceID, variable: String)] = []
  /// Whether choices are by odometer.
  var usesWays = false
  /// Cells of a record of the messages that got out; nil where no message can be dropped.
  var logStride: Int?

  init(_ unit: CUnit, _ shape: ProgramShape, ends: Ends, nameCount: Int) {
    self.unit = unit
    self.shape = shape
    self.ends = ends
    self.nameCount = nameCount
  }

  mutating func newName(_ prefix: String) -> String {
    nameCount += 1
    return "\(prefix)_\(nameCount)"
  }

  mutating func goto(_ label: String) {
    labelsUsed.insert(label)
    text.line("goto \(label);")
  }

  mutating func gotoUnless(_ condition: ProgramExpression, _ label: String) {
    labelsUsed.insert(label)
    text.line("if (!(\(expression(condition)))) goto \(label);")
  }

  mutating func placeLabel(_ label: String) {
    if labelsUsed.contains(label) { text.line("\(label):;") }
  }

  // MARK: Names

  /// The word as it is now.
  func word(_ index: Int32) -> String {
    guard shape.written.contains(index) else { return "s[\(index)]" }
    return switch place {
    case .source: "s[\(index)]"
    case .locals: "w\(index)\(suffix)"
    case .memory: "w[\(index)]"
    }
  }

  /// The words as an array. Requires: no written word among those accessed, or `memory`.
  var words: String {
    if case .memory = place { return "w" }
    return "s"
  }

  func register(_ register: Register) -> String {
    let index = register.index
    if let array = shape.arrays.first(where: { $0.contains(index) }) {
      return "a\(array.lowerBound)\(suffix)[\(index - array.lowerBound)]"
    }
    return "r\(index)\(suffix)"
  }

  /// The array that holds a run of registers, and where the run begins in it.
  func registerRun(_ first: Register) -> (name: String, offset: Int) {
    let array = shape.arrays.first { $0.contains(first.index) } ?? 0..<1
    return ("a\(array.lowerBound)\(suffix)", first.index - array.lowerBound)
  }

  /// Registers are 0 at the start of each way through a step. `countsHere`: the iterations of this
  /// program are counted on their own.
  mutating func declareRegisters(countsHere: Bool = true) {
    if !shape.registers.isEmpty {
      let names = shape.registers.sorted().map { "r\($0)\(suffix) UNUSED = 0" }
      text.line("i64 \(names.joined(separator: ", "));")
    }
    for array in shape.arrays {
      text.line("i64 a\(array.lowerBound)\(suffix)[\(array.count)] UNUSED = {0};")
    }
    if shape.countsIterations && countsHere { text.line("int turns\(suffix) UNUSED = 0;") }
  }

  /// Copies of all locals for one value of a choice: the next value begins with the old ones.
  mutating func copyLocals(from outer: String) {
    for register in shape.registers.sorted() {
      text.line("i64 r\(register)\(suffix) UNUSED = r\(register)\(outer);")
    }
    for array in shape.arrays {
      let name = "a\(array.lowerBound)"
      text.line("i64 \(name)\(suffix)[\(array.count)] UNUSED;")
      text.line(
        "for (int c = 0; c < \(array.count); c++) \(name)\(suffix)[c] = \(name)\(outer)[c];")
    }
    if shape.countsIterations { text.line("int turns\(suffix) UNUSED = turns\(outer);") }
    if case .locals = place {
      // Written before the choice: each value begins with the words as they are there.
      for word in shape.written.sorted() {
        text.line("u64 w\(word)\(suffix) UNUSED = w\(word)\(outer);")
      }
    }
  }
}
