/// The small imperative language of guards and effects.
///
/// Every value is a 64-bit integer ("cell"): booleans 0 and 1; integers themselves; enumeration
/// cases and identities by index; a set as a bit mask (bit i: the element of rank i), in several
/// cells of 64 elements where there are more; an optional of a one-cell type other than a set as
/// that cell with `none` one below its least value. Other composites are runs of cells. Locals are
/// registers of one step, gone after it; slots are the state. What is not used of a composite (the
/// tail of a sequence, an absent payload) is all cleared bits, so that equal states have equal
/// bits.

/// A register of one action, predicate or initial program.
public struct Register: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

/// Index of a failure in `TransitionSystem.failures`.
public struct FailureID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

/// Index of a choice in `TransitionSystem.choices`.
public struct ChoiceID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

/// Index of a channel in `TransitionSystem.channels`.
public struct ChannelID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

public enum ProgramUnary: Sendable {
  /// 1 for 0, else 0.
  case not
  case bitNot
  case populationCount
  /// Index of the lowest set bit; 64 for 0.
  case trailingZeros
}

/// Operators that cannot fail; comparisons give 0 or 1.
public enum ProgramBinary: Sendable {
  case addWrapping, subtractWrapping, multiplyWrapping
  /// Truncating; the divisor is known not to be 0 and the result to fit.
  case divideUnchecked, remainderUnchecked
  case equal, notEqual, less, lessEqual
  /// Unsigned, for masks as sort keys.
  case bitAnd, bitOr, bitXor, bitAndNot
  /// The amount is known to be 0 … 63; the right shift is logical.
  case shiftLeft, shiftRight
  /// Both sides are 0 or 1; the right one is evaluated only where it matters.
  case and, or
}

/// Operators that fail on overflow and on division by zero.
public enum ProgramChecked: Sendable { case add, subtract, multiply, divide, remainder, negate }

public indirect enum ProgramExpression: Sendable {
  case constant(Int64)
  case register(Register)
  /// Register `first + index`; 0 <= index < count is known.
  case registerAt(first: Register, count: Int, index: ProgramExpression)
  case slot(SlotID)
  /// Slot `first + stride * index`; 0 <= index < count is known.
  case slotAt(first: SlotID, stride: Int, count: Int, index: ProgramExpression)
  case unary(ProgramUnary, ProgramExpression)
  case binary(ProgramBinary, ProgramExpression, ProgramExpression)
  /// `negate` ignores the left side.
  case checked(ProgramChecked, ProgramExpression, ProgramExpression, FailureID)
  /// Evaluates only the branch taken.
  case conditional(ProgramExpression, ProgramExpression, ProgramExpression)
  /// 1 where nothing but faults is enabled; in property predicates only.
  case quiescent
  /// 1 where the oracle says so of the slots that are 1 among `count` ones of one bit from `first`
  /// on; in property predicates only. Where it does not know, the predicate fails.
  case ask(QuestionID, first: SlotID, count: Int)
}

public enum ChoiceDomain: Sendable {
  /// `lower ... upper`, empty where lower > upper.
  case range(ProgramExpression, ProgramExpression)
  /// The indices of the set bits of one cell, plus `base`.
  case bits(ProgramExpression, base: Int64)
}

public indirect enum ProgramStatement: Sendable {
  case set(Register, ProgramExpression)
  case setAt(first: Register, count: Int, index: ProgramExpression, ProgramExpression)
  /// The value is known to fit the slot.
  case store(SlotID, ProgramExpression)
  case storeAt(
    first: SlotID, stride: Int, count: Int, index: ProgramExpression, ProgramExpression)
  /// Sets all bits of `count` slots from `first` on to zero.
  case clear(first: SlotID, count: Int)
  /// Gives `count` slots from `first` on back the values they had before this step.
  case restore(first: SlotID, count: Int)
  /// Where false, this way through the step does not complete: no successor.
  case require(ProgramExpression)
  /// Where false, the step fails: a violation at the state before it, no successor.
  case check(ProgramExpression, FailureID)
  case fail(FailureID)
  case `if`(ProgramExpression, [ProgramStatement], else: [ProgramStatement])
  case `switch`(
    ProgramExpression, [(values: [Int64], body: [ProgramStatement])], default: [ProgramStatement])
  /// Where a failure is given, more than 100 000 iterations of such loops in one step fail with it.
  case `while`(ProgramExpression, [ProgramStatement], FailureID?)
  /// Ascending; both bounds are evaluated once.
  case forRange(Register, from: ProgramExpression, through: ProgramExpression, [ProgramStatement])
  /// The indices of the set bits of a cell that is evaluated once, ascending.
  case forBits(Register, in: ProgramExpression, [ProgramStatement])
  /// Leaves the innermost loop.
  case `break`
  /// Ends the step (or predicate) here, successfully.
  case finish
  /// One way through the step for each value.
  case choose(Register, ChoiceDomain, ChoiceID)
  /// A new entry: a queue appends it, a bag inserts it in ascending order (cells compared in order,
  /// as unsigned bit fields). A channel whose representation is full stops the search with a
  /// request to grow it; declared capacities are tested by the program with `require`.
  case send(ChannelID, [ProgramExpression])
  /// In the variant of a step that crashes inside: the message gets out, or not. One way through
  /// for each distinct sub-multiset of the messages of the step.
  case sendOrDrop(ChannelID, [ProgramExpression])
  /// Takes out the entry at an index; those behind it move up, the last is cleared.
  case remove(ChannelID, at: ProgramExpression)
  /// A copy of the entry at an index, right behind it.
  case copy(ChannelID, at: ProgramExpression)
  /// Empties the channel.
  case empty(ChannelID)
}

/// A condition on states without choices, sends or stores: statements, then the result.
public struct Predicate: Sendable {
  public let statements: [ProgramStatement]
  /// 0 or 1.
  public let result: ProgramExpression
  public let registerCount: Int
  public init(statements: [ProgramStatement], result: ProgramExpression, registerCount: Int) {
    self.statements = statements
    self.result = result
    self.registerCount = registerCount
  }
}
