/// What an instruction does.
///
/// Operands: `a`, `b`, `c` as told (r[x]: register x; "to c": `c` is the branch target), `#` the
/// immediate, `field` the bits of a word that `left` and `right` cut out (see `Field`).
enum Opcode: UInt8, Sendable, CaseIterable {
  // One instance of an action, in the order in which they occur.

  /// Begins instances of action `a`; when there are no more, to c. A retry starts behind this.
  case enter
  /// The same for an action with partial sends: forgets the sub-multisets seen.
  case enterPartial
  /// No candidate was tried yet.
  case firstCandidate
  /// r[a] := 0: the head of a queue that is not empty.
  case headCandidate
  /// r[a] := the next distinct entry of channel `b`; to c where there is none.
  case nextCandidate
  /// From here on the words are a copy of the source, behind the last successor.
  case copyState
  /// `enter`, then `copyState`.
  case enterAndCopy
  /// The instance is complete: a successor. `b`: 1 unless the action is a fault.
  case finish
  /// In front of `finish` in an action with partial sends: a repetition does not complete.
  case admitPartial
  /// The instance does not complete.
  case incomplete
  /// The instance fails with `a`.
  case fail
  /// The end of all actions.
  case halt
  /// The predicate is true; false.
  case yieldTrue, yieldFalse
  /// The program was not well formed: stops with an interruption.
  case malformed

  // Registers and slots.

  /// r[a] := #.
  case constant
  /// r[a] := r[b].
  case move
  /// r[a ..< a + b] := 0.
  case clearRegisters
  /// r[a] := field of word `b`, plus #.
  case load
  /// r[a] := slot c + stride * r[b]; # is stride and count (see `Instruction.Extent`).
  case loadAt
  /// r[a] := r[c + r[b]], r[b] < #; r[c + r[b]] := r[a].
  case registerAt, setAt
  /// Field of word `b` := r[a] minus #.
  case store
  /// Slot c + stride * r[b] := r[a].
  case storeAt
  /// Word `a` under the mask (b, c) := #; := what the source has.
  case storeMasked, restoreMasked
  /// r[a] := 1 where only faults are enabled, else 0.
  case quiescent
  /// r[a] := what the oracle says to question `b`; where it does not know, the predicate fails
  /// with #.
  case ask

  // r[a] := r[b] op r[c].
  case add, subtract, multiply, divide, remainder
  case bitAnd, bitOr, bitXor, bitAndNot, shiftLeft, shiftRight
  case equal, notEqual, less, lessEqual
  // r[a] := r[b] op #; `subtractFrom` is # - r[b].
  case addImmediate, subtractFrom, multiplyImmediate
  case bitAndImmediate, bitOrImmediate, bitXorImmediate
  case shiftLeftImmediate, shiftRightImmediate
  case equalImmediate, notEqualImmediate, lessImmediate, atLeastImmediate
  // r[a] := op r[b].
  case not, bitNot, populationCount, trailingZeros
  // r[a] := r[b] op r[c], or the step fails with #.
  case addChecked, subtractChecked, multiplyChecked, divideChecked, remainderChecked
  case negateChecked

  // Branches to c.
  case jump
  /// Where r[a] is not 0; is 0.
  case branchIf, branchUnless
  // r[a] op r[b].
  case branchEqual, branchNotEqual, branchLess, branchLessEqual
  // r[a] op #.
  case branchEqualImmediate, branchNotEqualImmediate, branchLessImmediate, branchAtLeastImmediate
  // Field of word `a` op #, unsigned.
  case branchFieldEqual, branchFieldNotEqual, branchFieldLess, branchFieldAtLeast
  /// To entry (field of word `a`) of the table at `b`, which has one for each value of the field.
  case dispatchField
  /// To entry (r[a] - #) of the table at `b`, which has as many as its header says; else to c.
  case dispatch

  // Loops.

  /// One more iteration in this step, or the step fails with `a`.
  case countIteration
  /// Where r[a] < r[b]: r[a] += 1, to c.
  case loopNext
  /// To c where r[b] is 0; else r[a] := its lowest set bit, which is taken out.
  case bitsNext

  // Choices: r[a] := the value that this way through the step takes at choice #.

  /// From r[b] ... r[c].
  case chooseRange
  /// From the set bits of r[b]; `c` is the choice, # the base.
  case chooseBits

  // Channel `b`: the cells in r[a...], the entry at index r[a].
  case send, sendOrDrop, removeEntry, copyEntry
}

extension Opcode {
  /// Whether `c` is a branch target.
  var hasTarget: Bool {
    switch self {
    case .enter, .enterPartial, .enterAndCopy, .nextCandidate, .jump, .branchIf, .branchUnless,
      .branchEqual, .branchNotEqual, .branchLess, .branchLessEqual, .branchEqualImmediate,
      .branchNotEqualImmediate, .branchLessImmediate, .branchAtLeastImmediate, .branchFieldEqual,
      .branchFieldNotEqual, .branchFieldLess, .branchFieldAtLeast, .dispatch, .loopNext, .bitsNext:
      true
    default: false
    }
  }

  /// Whether the next instruction is never reached from this one.
  var isTerminal: Bool {
    switch self {
    case .finish, .incomplete, .fail, .halt, .yieldTrue, .yieldFalse, .malformed,
      .jump, .dispatchField, .dispatch:
      true
    default: false
    }
  }
}
