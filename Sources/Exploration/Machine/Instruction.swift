import TransitionSystem

/// One instruction: 24 bytes, every operand in place.
struct Instruction: BitwiseCopyable, Sendable, Hashable {
  var opcode: Opcode
  /// The field, for those that have one: see `Field`.
  var left: UInt8 = 0
  var right: UInt8 = 0
  var a: Int32 = 0
  var b: Int32 = 0
  var c: Int32 = 0
  var immediate: Int64 = 0

  init(
    _ opcode: Opcode, a: Int32 = 0, b: Int32 = 0, c: Int32 = 0, immediate: Int64 = 0,
    field: Field? = nil
  ) {
    self.opcode = opcode
    self.a = a
    self.b = b
    self.c = c
    self.immediate = immediate
    left = field?.left ?? 0
    right = field?.right ?? 0
  }

  /// The mask of `storeMasked` and `restoreMasked`.
  @inline(__always)
  var mask: UInt64 {
    UInt64(UInt32(bitPattern: b)) | UInt64(UInt32(bitPattern: c)) &<< 32
  }

  /// An instruction on the bits `mask` of one word.
  static func masked(_ opcode: Opcode, word: Int32, mask: UInt64, bits: UInt64 = 0) -> Instruction {
    Instruction(
      opcode, a: word, b: Int32(bitPattern: UInt32(truncatingIfNeeded: mask)),
      c: Int32(bitPattern: UInt32(truncatingIfNeeded: mask >> 32)),
      immediate: Int64(bitPattern: bits))
  }

  /// Stride (low half) and count (high half) of an indexed access, packed into the immediate.
  static func extent(stride: Int, count: Int) -> Int64 {
    Int64(Int32(truncatingIfNeeded: stride)) & 0xFFFF_FFFF | Int64(count) << 32
  }
  @inline(__always) var stride: Int { Int(Int32(truncatingIfNeeded: immediate)) }
  @inline(__always) var count: Int { Int(truncatingIfNeeded: immediate &>> 32) }
}

/// A bit field of a word, cut out by two shifts: first the bits above it, then those below it.
///
/// Invariant: of width 1 … 64; shift = right - left, width = 64 - right.
struct Field: Sendable, Hashable {
  let word: Int32
  let left: UInt8
  let right: UInt8

  init(word: Int32, shift: Int, width: Int) {
    precondition(width >= 1 && shift >= 0 && shift + width <= 64)
    self.word = word
    left = UInt8(64 - width - shift)
    right = UInt8(64 - width)
  }

  /// Nil where the slot has no bits.
  init?(_ slot: SlotID, in layout: StateLayout) {
    let width = layout.slots[slot.index].width
    if width == 0 { return nil }
    let position = layout.positions[slot.index]
    self.init(word: position.word, shift: Int(position.shift), width: width)
  }

  var width: Int { 64 - Int(right) }
  var shift: Int { Int(right) - Int(left) }
  /// The greatest value.
  var maximum: UInt64 { UInt64.max >> UInt64(right) }
  /// The bits of the field in its word.
  var mask: UInt64 { maximum << UInt64(shift) }
}
