/// The hash of a packed state: the XOR over its words of a mix of word and position.
///
/// Incremental: a successor's hash is its source's, with the mixes of the changed words exchanged.
/// For each position the mix is a bijection (Stafford's variant 13 of the finaliser of MurmurHash3,
/// as in SplitMix64, on the word XOR a constant of the position), so that states of one word never
/// collide. The native tier must use the same function.
enum StateHash {
  /// The part of the hash that `word` at `position` contributes.
  @inline(__always)
  static func mix(_ position: Int, _ word: UInt64) -> UInt64 {
    var bits = word ^ (UInt64(truncatingIfNeeded: position &+ 1) &* 0x9E37_79B9_7F4A_7C15)
    bits = (bits ^ (bits &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits &>> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits &>> 31)
  }

  /// The hash of `count` words.
  @inline(__always)
  static func hash(_ words: UnsafePointer<UInt64>, _ count: Int) -> UInt64 {
    var result: UInt64 = 0
    for position in 0..<count { result ^= mix(position, words[position]) }
    return result
  }

  /// A second hash, for fingerprints of 128 bits: another finaliser (Stafford's variant 4), summed.
  @inline(__always)
  static func second(_ words: UnsafePointer<UInt64>, _ count: Int) -> UInt64 {
    var result: UInt64 = 0
    for position in 0..<count {
      var bits = words[position] ^ (UInt64(position &+ 1) &* 0xD1B5_4A32_D192_ED03)
      bits = (bits ^ (bits &>> 33)) &* 0x62A9_D9ED_7997_05F5
      bits = (bits ^ (bits &>> 28)) &* 0xCB24_D0A5_C88C_35B3
      result &+= bits ^ (bits &>> 32)
    }
    return result
  }
}
