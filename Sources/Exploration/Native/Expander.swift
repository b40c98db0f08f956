import TransitionSystem

/// A machine and, once there is one, the native module of the same system: what a search calls.
///
/// Both give the same successors in the same order, so the module may come at any state. It hands a
/// state back whenever something rare happens in it (see `CProgram`): the machine then expands
/// that state from its beginning, and what the module had appended is dropped.
///
/// The price of the wrapper: a few stores and an indirect call for each state.
struct Expander: ~Copyable {
  var machine: Machine
  private let tier: NativeTier?
  /// Keeps the functions below loaded. They are copied out of it because a class reference in the
  /// inner loop costs a retain and a release for each state (4 % of a run).
  private var module: NativeModule?
  private var expandFunction: NativeModule.Expand?
  private var expandRunFunction: NativeModule.ExpandRun?
  private var inspectFunction: NativeModule.Filter?
  private var antecedentFunction: NativeModule.Filter?
  private var atomFunction: NativeModule.Filter?
  private var output: NativeOutput
  /// For actions by themselves; nil where nobody asks for them.
  private var single: Machine?
  private var singleActions: SingleActions?
  private var runs: UnsafePointer<Int32>?
  /// Of the machine, which keeps them.
  private let answers: UnsafeMutablePointer<UInt64>?

  /// States that the module handed back.
  private(set) var returned = 0

  init(_ compiled: CompiledSystem, _ tier: NativeTier? = nil) {
    machine = Machine(compiled)
    answers = machine.oracle?.answers
    self.tier = tier
    output = NativeOutput(fired: machine.fired, taken: machine.taken)
    beginChunk()
  }

  var isNative: Bool { module != nil }

  /// Takes the module over if it is ready. To be called once in about a thousand states.
  mutating func beginChunk() {
    guard module == nil, let module = tier?.poll() else { return }
    self.module = module
    expandFunction = module.expand
    expandRunFunction = module.expandRun
    inspectFunction = module.inspect
    antecedentFunction = module.antecedents
    atomFunction = module.atoms
  }

  /// Expansions may go on for as long, and hold as much, as a search may.
  mutating func watch(_ limits: SearchLimits, _ budget: MemoryBudget) {
    machine.watch = ExpansionWatch(limits, budget)
  }

  /// As `Machine.expand`; only the machine needs the hash.
  @inline(__always)
  mutating func expand(
    _ source: UnsafePointer<UInt64>, hash: @autoclosure () -> UInt64,
    into buffer: inout SuccessorBuffer
  ) -> Expansion {
    guard let expandFunction else { return machine.expand(source, hash: hash(), into: &buffer) }
    let first = buffer.count
    prepareOutput(buffer)
    let count = expandFunction(source, &output, Int64(first))
    if count < 0 { return expandRarely(source, hash(), count, into: &buffer) }
    buffer.count = Int(count)
    if !machine.failures.isEmpty { machine.failures.removeAll(keepingCapacity: true) }
    return Expansion(transitions: buffer.count - first, enabled: output.enabled != 0)
  }

  @inline(__always)
  private mutating func prepareOutput(_ buffer: borrowing SuccessorBuffer) {
    output.words = buffer.words
    output.hashes = buffer.hashes
    output.actions = buffer.actions
    // The machine's rule: there is always room for one more.
    output.limit = Int64(buffer.capacity - 1)
    output.enabled = 0
    output.waysLeft = Int64(ExpansionWatch.waysPerLook)
  }

  /// Appends the successor by an action, if there is exactly one and nothing in the way of it;
  /// false, and nothing appended, where not.
  ///
  /// Requires: `prepareSingles`.
  @inline(__always)
  mutating func expandOnly(
    _ action: Int32, _ source: UnsafePointer<UInt64>, hash: UInt64,
    into buffer: inout SuccessorBuffer
  ) -> Bool {
    let first = buffer.count
    guard let expandRunFunction, let runs else {
      return expandOnlyByMachine(action, source, hash, into: &buffer)
    }
    prepareOutput(buffer)
    let run = Int64(runs[Int(action)])
    let count = Int(expandRunFunction(source, &output, Int64(first), run))
    if count < 0 { return expandOnlyByMachine(action, source, hash, into: &buffer) }
    var found = -1
    for index in first..<count where buffer.actions[index] == action {
      if found >= 0 { return false }
      found = index
    }
    if found < 0 { return false }
    buffer.move(found, to: first)
    buffer.count = first + 1
    return true
  }

  @inline(never)
  private mutating func expandOnlyByMachine(
    _ action: Int32, _ source: UnsafePointer<UInt64>, _ hash: UInt64,
    into buffer: inout SuccessorBuffer
  ) -> Bool {
    let first = buffer.count
    let expansion = single?.expand(source, hash: hash, only: action, into: &buffer)
    let isIt = expansion.map {
      $0.interruption == nil && $0.failureCount == 0 && $0.transitions == 1
    }
    if isIt != true { buffer.count = first }
    return isIt == true
  }

  /// Makes ready for `expandOnly`.
  mutating func prepareSingles(_ actions: SingleActions) {
    singleActions = actions
    runs = actions.runs
    single = Machine(actions.compiled)
    single?.watch = machine.watch
  }

  @inline(never)
  private mutating func expandRarely(
    _ source: UnsafePointer<UInt64>, _ hash: UInt64, _ code: Int64,
    into buffer: inout SuccessorBuffer
  ) -> Expansion {
    if code == NativeModule.roomNeeded {
      guard machine.grow(&buffer) else { return Expansion(interruption: .stopped) }
      return expand(source, hash: hash, into: &buffer)
    }
    returned += 1
    return machine.expand(source, hash: hash, into: &buffer)
  }

  /// Of the properties `wanted` (by bit; at most `CGenerator.propertiesMax`), those that the
  /// machine must evaluate on the state: it is all of them while there is no module, and then those
  /// that are found or fail, or ask what the machine has no answer to yet.
  @inline(__always)
  func suspects(
    _ wanted: UInt64, _ state: UnsafePointer<UInt64>, quiescent: Bool
  ) -> UInt64 {
    guard let inspectFunction else { return wanted }
    return inspectFunction(state, wanted, quiescent ? 1 : 0, answers)
  }

  /// The same for antecedents that are true or fail.
  @inline(__always)
  func antecedentSuspects(
    _ wanted: UInt64, _ state: UnsafePointer<UInt64>, quiescent: Bool
  ) -> UInt64 {
    guard let antecedentFunction else { return wanted }
    return antecedentFunction(state, wanted, quiescent ? 1 : 0, answers)
  }
}

// The rest of the machine's interface.
extension Expander {
  /// The atoms of temporal properties that are true, as bits; those that fail are false, and noted.
  @inline(__always)
  mutating func atoms(
    _ state: UnsafePointer<UInt64>, count: Int, quiescent: Bool, _ failed: inout UInt64
  ) -> UInt64 {
    if let atomFunction {
      let bits = atomFunction(state, .max, quiescent ? 1 : 0, answers)
      if bits != .max { return bits }
    }
    return machineAtoms(state, count, quiescent, &failed)
  }

  @inline(never)
  private mutating func machineAtoms(
    _ state: UnsafePointer<UInt64>, _ count: Int, _ quiescent: Bool, _ failed: inout UInt64
  ) -> UInt64 {
    var bits: UInt64 = 0
    for atom in 0..<count {
      switch machine.evaluate(.atom(atom), on: state, quiescent: quiescent) {
      case .true: bits |= 1 << UInt64(atom)
      case .false: break
      case .failure: failed |= 1 << UInt64(atom)
      }
    }
    return bits
  }

  var failures: [StepFailure] { machine.failures }

  mutating func initialStates(into buffer: inout SuccessorBuffer) -> Expansion {
    machine.initialStates(into: &buffer)
  }

  mutating func evaluate(
    _ predicate: PredicateID, on state: UnsafePointer<UInt64>, quiescent: Bool
  ) -> Truth {
    machine.evaluate(predicate, on: state, quiescent: quiescent)
  }

  var oracleCounts: (questions: Int, workedOut: Int) { machine.oracle?.counts ?? (0, 0) }

  func hasFired(_ action: ActionID) -> Bool { machine.hasFired(action) }

  func valuesTaken(at choice: ChoiceID) -> [Int64] { machine.valuesTaken(at: choice) }
}
