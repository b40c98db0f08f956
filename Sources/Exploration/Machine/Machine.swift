import TransitionSystem

/// A failing instance: no successor, one record, in the order of the instances.
struct StepFailure: Hashable, Sendable {
  /// -1 for the initial program.
  let action: Int32
  let failure: FailureID
}

/// Why an expansion stopped before its end; its successors must be dropped.
enum Interruption: Hashable, Sendable {
  /// A send met a full representation of a channel that grows: restart with more room.
  case growth(ChannelID)
  /// A send met a full representation of a channel that does not grow: an error in the lowering.
  case fullChannel(ChannelID)
  /// An index that the lowering declared in range was not: an error in the lowering.
  case indexOutOfRange(action: Int32)
  /// The programs name slots, registers or tables that do not exist: an error in the lowering.
  case malformed
  /// `ExpansionWatch` ended it, for memory or because the search is to end.
  case stopped
}

/// What `Machine.expand` found in one state.
struct Expansion: Sendable {
  /// Successors appended to the buffer.
  var transitions = 0
  /// Something besides faults was enabled, a failing step included.
  var enabled = false
  /// Failing instances; their records are in `Machine.failures`, emptied by each expansion.
  var failureCount = 0
  /// Set: the expansion is invalid, and what it appended must be dropped.
  var interruption: Interruption?
}

/// The value of a predicate on one state.
enum Truth: Hashable, Sendable {
  case `false`, `true`
  case failure(FailureID)
}

/// A predicate of a compiled system.
enum PredicateID: Hashable, Sendable {
  /// Of the temporal properties, one after the other.
  case atom(Int)
  case property(Int)
  /// Of a property that has one; else constantly true.
  case antecedent(Int)
  case waiting
  case undelivered
  /// Of `AffectedProperties.residuals`.
  case residual(Int)
}

/// Executes a compiled system; one for each worker.
///
/// Owns the memory of a run: registers, open choices, coverage. All of it has a fixed place, so
/// that the interpreter loop holds the pointers in locals.
struct Machine: ~Copyable {
  let compiled: CompiledSystem
  /// Of `compiled`, which keeps them alive.
  let program: ProgramPointers
  /// The failing instances of the last expansion.
  var failures: [StepFailure] = []

  let registers: UnsafeMutablePointer<Int64>
  /// The open choices of the instance in progress, outermost first.
  var choices: UnsafeMutablePointer<ChoicePoint>
  var choiceCapacity = 64
  /// Looked at after so many more ways through choices.
  var watch = ExpansionWatch()
  var waysUntilLook = ExpansionWatch.waysPerLook
  /// By action, from -1 on: 1 where it fired.
  let fired: UnsafeMutablePointer<UInt8>
  /// By choice: `valueWords` words of bits, one for each value below 256 that was taken.
  let taken: UnsafeMutablePointer<UInt64>
  static let valueWords = 4
  /// The state of the initial program's source: all zero.
  let zero: UnsafeMutablePointer<UInt64>
  /// Stands in where no successors are wanted.
  let unused: UnsafeMutablePointer<SuccessorBuffer>

  /// Messages of the instance in progress, while recording.
  var sent: [SentMessage] = []
  var partial = PartialSends()
  /// Nil where no property asks the oracle.
  let oracle: OracleReader?
  var recording = Recording()

  init(_ compiled: CompiledSystem) {
    self.compiled = compiled
    program = compiled.program.pointers
    let system = compiled.system
    oracle = system.questions.isEmpty ? nil : OracleReader(system)
    registers = Self.zeroed(compiled.registerCount)
    choices = .allocate(capacity: choiceCapacity)
    fired = Self.zeroed(system.actions.count + 1)
    taken = Self.zeroed(system.choices.count * Self.valueWords)
    zero = Self.zeroed(system.layout.wordCount)
    unused = .allocate(capacity: 1)
    unused.initialize(to: SuccessorBuffer(wordCount: system.layout.wordCount, capacity: 2))
  }

  deinit {
    registers.deallocate()
    choices.deallocate()
    fired.deallocate()
    taken.deallocate()
    zero.deallocate()
    unused.deinitialize(count: 1)
    unused.deallocate()
  }

  private static func zeroed<Element: FixedWidthInteger & BitwiseCopyable>(
    _ count: Int
  ) -> UnsafeMutablePointer<Element> {
    // In cache lines of its own: each step writes there, and other workers have theirs beside it.
    let lines = max(1, count) * MemoryLayout<Element>.stride / CacheGap.byteCount + 1
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: lines * CacheGap.byteCount, alignment: CacheGap.byteCount
    ).bindMemory(to: Element.self, capacity: max(1, count))
    memory.initialize(repeating: 0, count: max(1, count))
    return memory
  }

  /// Appends all successors of `source` (of which `hash` is the hash) to `buffer`, in fixed order:
  /// actions, candidates of the trigger, choices with the first value first.
  ///
  /// Requires: the buffer has the system's word count; `source` is not in it (it may move).
  mutating func expand(
    _ source: UnsafePointer<UInt64>, hash: UInt64, into buffer: inout SuccessorBuffer
  ) -> Expansion {
    expand(source, hash: hash, from: 0, into: &buffer)
  }

  /// The successors by one action only. Requires: the program is of single actions.
  mutating func expand(
    _ source: UnsafePointer<UInt64>, hash: UInt64, only action: Int32,
    into buffer: inout SuccessorBuffer
  ) -> Expansion {
    expand(source, hash: hash, from: Int(program.actions[Int(action)]), into: &buffer)
  }

  /// Appends the initial states; their action is -1.
  mutating func initialStates(into buffer: inout SuccessorBuffer) -> Expansion {
    let hash = StateHash.hash(zero, program.wordCount)
    return expand(zero, hash: hash, from: program.initial, into: &buffer)
  }

  mutating func expand(
    _ source: UnsafePointer<UInt64>, hash: UInt64, from entry: Int,
    into buffer: inout SuccessorBuffer
  ) -> Expansion {
    precondition(buffer.wordCount == program.wordCount, "the buffer is for this system")
    if !failures.isEmpty { failures.removeAll(keepingCapacity: true) }
    let first = buffer.count
    // Safety: `run` does not keep the pointer.
    let end = withUnsafeMutablePointer(to: &buffer) {
      run(from: entry, source: source, hash: hash, quiescent: 0, buffer: $0)
    }
    var interruption: Interruption?
    if case .interrupted(let reason) = end.outcome { interruption = reason }
    return Expansion(
      transitions: buffer.count - first, enabled: end.enabled, failureCount: failures.count,
      interruption: interruption)
  }

  /// The value of a predicate on a state; `quiescent` is read only by those that say so.
  ///
  /// A malformed program (see `Interruption`) is false everywhere: expansions report it.
  mutating func evaluate(
    _ predicate: PredicateID, on state: UnsafePointer<UInt64>, quiescent: Bool
  ) -> Truth {
    let end = run(
      from: program.entry(predicate), source: state, hash: 0, quiescent: quiescent ? 1 : 0,
      buffer: unused)
    return switch end.outcome {
    case .value(let value): value ? .true : .false
    case .failure(let failure): .failure(failure)
    case .completed, .interrupted: .false
    }
  }
}

/// How a run of the machine ended.
struct RunEnd {
  enum Outcome {
    case completed
    case value(Bool)
    case failure(FailureID)
    case interrupted(Interruption)
  }
  let outcome: Outcome
  let enabled: Bool
}
