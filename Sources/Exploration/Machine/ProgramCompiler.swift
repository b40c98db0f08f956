import TransitionSystem

/// Compiles the programs of a transition system to one stretch of bytecode.
///
/// Evaluation order, for the native tier: operands left to right; in an indexed assignment the
/// index before the value; in a choice the lower bound before the upper. Registers are 0 at the
/// start of each way through a step. The iterations of `while` are counted anew for the guards and
/// for each way through the body. In a predicate or guard a `require` that is false makes it false,
/// and `finish` goes on to its result.
struct ProgramCompiler {
  /// What `require`, `finish` and failures mean where we are.
  enum Context {
    case body(isFault: Bool, isPartial: Bool)
    case predicate(falseLabel: Label, result: Label)
  }

  let system: TransitionSystem
  var assembler = Assembler()
  var context = Context.body(isFault: false, isPartial: false)
  /// Where an instance goes that does not complete; nil until somebody asks.
  var incompleteLabel: Label?
  /// Where it goes before the copy, if no choice can be open: past the instance.
  var prefixExit: Label?
  /// The stubs of the failures of the present program, its guards included.
  var failureLabels: [Int: Label] = [:]
  /// Ends of the loops around, innermost last.
  var loopEnds: [Label] = []
  /// Registers of the present program, temporaries included.
  var registerNext: Int32 = 0
  var registerMax: Int32 = 0
  /// Whether the state was copied already, in the present program.
  var isCopied = false

  init(_ system: TransitionSystem) { self.system = system }

  mutating func temporary() -> Int32 { temporaries(1) }

  /// The first of `count` registers in a row.
  mutating func temporaries(_ count: Int) -> Int32 {
    let first = registerNext
    registerNext += Int32(count)
    registerMax = max(registerMax, registerNext)
    return first
  }

  /// Begins a program with its own registers.
  mutating func begin(registerCount: Int, _ context: Context) {
    self.context = context
    registerNext = Int32(registerCount)
    registerMax = max(registerMax, registerNext)
    loopEnds = []
    isCopied = false
    prefixExit = nil
  }

  /// Ends a program: the code that it jumps to in rare cases.
  mutating func end() {
    if let incompleteLabel {
      assembler.place(incompleteLabel)
      assembler.emit(Instruction(.incomplete))
    }
    for (failure, label) in failureLabels.sorted(by: { $0.key < $1.key }) {
      assembler.place(label)
      assembler.emit(Instruction(.fail, a: Int32(failure)))
    }
    failureLabels = [:]
    incompleteLabel = nil
  }

  mutating func failureLabel(_ failure: FailureID) -> Label {
    if let label = failureLabels[failure.index] { return label }
    let label = assembler.label()
    failureLabels[failure.index] = label
    return label
  }

  /// Where a false `require` goes.
  mutating func incomplete() -> Label {
    if case .predicate(let falseLabel, _) = context { return falseLabel }
    if let prefixExit, !isCopied { return prefixExit }
    if let incompleteLabel { return incompleteLabel }
    let label = assembler.label()
    incompleteLabel = label
    return label
  }

  /// Clears the registers that may be read before they are written.
  mutating func clearRegisters(
    _ statements: [ProgramStatement], result: ProgramExpression?, assigned: Set<Int> = []
  ) {
    var analysis = AssignmentAnalysis(assigned: assigned)
    analysis.visit(statements)
    if let result { analysis.visitResult(result) }
    var run: Range<Int> = 0..<0
    for register in analysis.unassigned.sorted() {
      if register == run.upperBound, !run.isEmpty {
        run = run.lowerBound..<register + 1
        continue
      }
      emitClear(run)
      run = register..<register + 1
    }
    emitClear(run)
  }

  private mutating func emitClear(_ run: Range<Int>) {
    if run.isEmpty { return }
    assembler.emit(
      Instruction(.clearRegisters, a: Int32(run.lowerBound), b: Int32(run.count)))
  }
}
