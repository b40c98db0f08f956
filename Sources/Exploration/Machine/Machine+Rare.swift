import TransitionSystem

/// A place in an instance where it can go several ways.
struct ChoicePoint: BitwiseCopyable {
  /// The value of the present way.
  var value: Int64
  /// A range: the last value. Bits: those still to come.
  var rest: Int64
  let base: Int64
  /// Index of the choice; for bits its complement; `isDrop` for a message that gets out or not.
  let choice: Int32

  static let isDrop = Int32.max

  init(value: Int64, rest: Int64, base: Int64, choice: Int32) {
    self.value = value
    self.rest = rest
    self.base = base
    self.choice = choice
  }

  /// Requires: `mask` is not 0.
  init(mask: Int64, base: Int64, _ choice: Int32) {
    self.init(
      value: Int64(mask.trailingZeroBitCount) &+ base, rest: mask & (mask &- 1), base: base,
      choice: ~choice)
  }

  /// The choice; nil for a message.
  var choiceID: ChoiceID? {
    if choice == Self.isDrop { return nil }
    return ChoiceID(Int(choice < 0 ? ~choice : choice))
  }

  /// Goes on to the next value; false after the last.
  mutating func advance() -> Bool {
    if choice < 0 {
      if rest == 0 { return false }
      value = Int64(rest.trailingZeroBitCount) &+ base
      rest &= rest &- 1
      return true
    }
    if value >= rest { return false }
    value += 1
    return true
  }
}

// What the interpreter does now and then.

extension Machine {
  /// Iterations of `while` loops in one way through a step.
  static let iterationsMax = 100_000

  /// Odometer: the innermost open choice that has another value takes it, and those inside it are
  /// closed. Returns how many are open; 0 when all ways were gone, -1 where the watch ends it.
  @inline(never)
  mutating func advance(_ count: Int) -> Int {
    waysUntilLook -= 1
    if waysUntilLook < 0 {
      waysUntilLook = ExpansionWatch.waysPerLook
      let bytes = 2 * failures.capacity * MemoryLayout<StepFailure>.stride
      if !watch.mayGoOn() || !watch.mayHold(bytes) { return -1 }
    }
    var count = count
    while count > 0, !choices[count - 1].advance() { count -= 1 }
    return count
  }

  /// Doubles a full buffer; false where the watch refuses.
  @inline(never)
  func grow(_ buffer: inout SuccessorBuffer) -> Bool {
    guard watch.mayHold(buffer.bytesToGrow) else { return false }
    buffer.grow(used: buffer.count)
    return true
  }

  static var stopped: RunEnd { RunEnd(outcome: .interrupted(.stopped), enabled: true) }

  /// Opens a choice as number `count`.
  mutating func open(_ point: ChoicePoint, at count: Int) {
    if count == choiceCapacity { growChoices() }
    (choices + count).initialize(to: point)
  }

  @inline(never)
  private mutating func growChoices() {
    let larger = UnsafeMutablePointer<ChoicePoint>.allocate(capacity: 2 * choiceCapacity)
    larger.update(from: choices, count: choiceCapacity)
    choices.deallocate()
    choices = larger
    choiceCapacity *= 2
  }

  /// Notes the values of the open choices, which a transition took.
  @inline(never)
  func markChoices(_ count: Int) {
    for point in UnsafeBufferPointer(start: choices, count: count) {
      guard let choice = point.choiceID, point.value >= 0,
        point.value < Self.valueWords * 64
      else { continue }
      let place = choice.index * Self.valueWords + Int(point.value >> 6)
      taken[place] |= 1 << UInt64(point.value & 63)
    }
  }

  /// Notes a failing instance; returns 1 unless the action is a fault.
  @inline(never)
  mutating func fail(_ action: Int32, _ failure: Int64, _ choiceCount: Int) -> Int32 {
    if action >= 0, program.isPartial[Int(action)], !admitsPartialFailure(choiceCount) { return 0 }
    failures.append(StepFailure(action: action, failure: FailureID(Int(failure))))
    return action >= 0 && program.isFault[Int(action)] ? 0 : 1
  }

  @inline(never)
  static func failed(_ failure: Int64) -> RunEnd {
    RunEnd(outcome: .failure(FailureID(Int(failure))), enabled: false)
  }

  @inline(never)
  mutating func overflow(
    _ channel: Int32, _ action: Int32, _ candidate: Int, _ choiceCount: Int
  ) -> RunEnd {
    stop(action, candidate, choiceCount, isCopied: true)
    let channel = ChannelID(Int(channel))
    let grows = compiled.system.channels[channel.index].grows
    return RunEnd(
      outcome: .interrupted(grows ? .growth(channel) : .fullChannel(channel)), enabled: true)
  }

  @inline(never)
  mutating func outOfRange(
    _ action: Int32, _ candidate: Int, _ choiceCount: Int
  ) -> RunEnd {
    stop(action, candidate, choiceCount, isCopied: true)
    return RunEnd(outcome: .interrupted(.indexOutOfRange(action: action)), enabled: true)
  }

  /// The bits of the instruction's field.
  @inline(__always)
  static func bits(_ at: UnsafePointer<Instruction>, _ word: UInt64) -> UInt64 {
    (word &<< UInt64(at.pointee.left)) &>> UInt64(at.pointee.right)
  }

  @inline(__always)
  static func checked(
    _ at: UnsafePointer<Instruction>, _ left: Int64, _ right: Int64
  ) -> (Int64, Bool) {
    switch at.pointee.opcode {
    case .addChecked: left.addingReportingOverflow(right)
    case .subtractChecked: left.subtractingReportingOverflow(right)
    case .multiplyChecked: left.multipliedReportingOverflow(by: right)
    case .divideChecked: left.dividedReportingOverflow(by: right)
    case .remainderChecked: Arithmetic.checkedRemainder(left, right)
    default: (0 as Int64).subtractingReportingOverflow(right)
    }
  }

  /// The answer of the oracle to a question about the state at `words`.
  @inline(never)
  func ask(_ question: Int, _ words: UnsafePointer<UInt64>) -> OracleReader.Answer {
    oracle?.answer(question, on: words) ?? .unknown
  }

  /// Counts an action as fired whose execution failed: it was enabled.
  func noteFired(_ action: Int32) { fired[Int(action) + 1] = 1 }

  /// Whether a transition of the action was ever generated by this machine, or failed.
  func hasFired(_ action: ActionID) -> Bool {
    precondition(compiled.system.actions.indices.contains(action.index))
    return fired[action.index + 1] != 0
  }

  /// The values (0 … 255 are watched) that transitions took at a choice, ascending.
  func valuesTaken(at choice: ChoiceID) -> [Int64] {
    precondition(compiled.system.choices.indices.contains(choice.index))
    return (0..<Int64(Self.valueWords * 64)).filter {
      taken[choice.index * Self.valueWords + Int($0 >> 6)] >> UInt64($0 & 63) & 1 != 0
    }
  }
}
