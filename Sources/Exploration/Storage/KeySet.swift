/// What a set of keys stores: one word, or two.
struct Key: Equatable {
  /// Spread evenly over all 64 bits.
  let first: UInt64
  let second: UInt64
}

/// How much of the second word there is to store.
enum KeyShape: Equatable {
  /// Nothing: it is 0.
  case narrow
  /// All of it; neither word is 0.
  case wide
  /// So many bits, and beside them the stage of the state.
  case staged(secondBits: Int, stageBits: Int)
  /// So many bits; the others are 0.
  case quotient(secondBits: Int)
  /// Nothing; of the first word, the highest `code.bits` bits.
  case root(RootCode)
}

/// How an insertion into a set of keys ended.
enum KeySettlement { case known, fresh, full }

/// An open-addressing table that is a set of keys.
protocol KeySet: ~Copyable, SendableMetatype {
  /// Nil where memory is refused. `populates`: whether its pages are made at once, or by those who
  /// move entries into it. Requires: `slotCount` is a multiple of 16, at least `slotsMin`.
  init?(slotCount: Int, shape: KeyShape, populates: Bool)

  static func byteCount(slotCount: Int, shape: KeyShape) -> Int
  /// Bytes of a slot.
  static func slotBytes(slotCount: Int, shape: KeyShape) -> Int
  static func slotsMin(_ shape: KeyShape) -> Int

  var slotCount: Int { get }
  /// Slots in memory, those behind the last home included.
  var positionCount: Int { get }

  /// Asks for the slot where a search for the key begins.
  func prefetch(_ first: UInt64)

  /// Finds or inserts a key. `probes` counts slots beyond the first.
  ///
  /// Threads: several, with `shared`.
  func insert(_ key: Key, shared: Bool, probes: inout Int) -> KeySettlement

  /// The stage of keys that are inserted from now on, where the shape has stages.
  ///
  /// Threads: one, between levels.
  var freshStage: Stage { get set }

  /// The stage of a key; nil where it is not there, or the shape has none.
  func stage(of key: Key) -> Stage?

  /// Gives a key that is there another stage.
  ///
  /// Threads: several, for different keys, while others are inserted or asked for.
  func setStage(_ stage: Stage, of key: Key)

  /// Moves the entries at some positions into a larger table, or one with another code of
  /// roots; false where one finds no place.
  ///
  /// Threads: several, on disjoint ranges, with `shared`.
  func stream(_ part: Range<Int>, into larger: borrowing Self, shared: Bool) -> Bool

  /// Gives the pages of positions whose entries were moved back to the system.
  func giveBack(_ part: Range<Int>)
}
