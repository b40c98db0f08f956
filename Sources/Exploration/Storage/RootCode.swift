/// The keys of roots: a bijection of the bits that a root uses, so that a quotient table can spread
/// roots evenly and give them back when the number of bits changes.
///
/// A root is a word of two halves of 32 bits: the numbers of two nodes, or the one leaf of a tree
/// without pairs. The code keeps the lowest bits of each and mixes them within so many bits:
/// foldings by at least half of the bits are their own inverses, and odd factors have inverses
/// modulo any power of two (as in the finalisers of Appleby's MurmurHash3, 2011).
struct RootCode: Hashable, Sendable {
  /// Bits kept of the lower and of the upper half.
  let low: UInt64
  let high: UInt64

  static let numberBitsMin = 16

  /// For a tree that is one leaf of so many bits, at most 64.
  init(leafBits: Int) {
    low = 32
    high = UInt64(max(0, leafBits - 32))
  }

  /// For pairs of numbers below 2^numberBits. Requires: `numberBitsMin` … 32.
  init(numberBits: Int) {
    precondition(numberBits >= RootCode.numberBitsMin && numberBits <= 32)
    low = UInt64(numberBits)
    high = low
  }

  /// Of a key: 32 … 64.
  var bits: Int { Int(low &+ high) }

  /// Whether a root uses no bits but those that are kept.
  @inline(__always)
  func keeps(_ root: UInt64) -> Bool {
    (root & 0xFFFF_FFFF) >> low == 0 && root >> (32 + high) == 0
  }

  private static let factors: (UInt64, UInt64) = (0xFF51_AFD7_ED55_8CCD, 0xC4CE_B9FE_1A85_EC53)
  private static let inverses = (inverse(factors.0), inverse(factors.1))

  /// Newton's iteration: each round doubles the number of bits that are right, of three at first.
  private static func inverse(_ factor: UInt64) -> UInt64 {
    var result = factor
    for _ in 0..<5 { result = result &* (2 &- factor &* result) }
    return result
  }

  @inline(__always)
  private var mask: UInt64 { ~0 &>> (64 &- low &- high) }
  @inline(__always)
  private var half: UInt64 { (low &+ high &+ 1) &>> 1 }

  /// The key of a root, in the lowest `bits` bits.
  @inline(__always)
  func key(_ root: UInt64) -> UInt64 {
    var bits = (root & 0xFFFF_FFFF) | (root &>> 32) &<< low
    bits ^= bits &>> half
    bits = bits &* RootCode.factors.0 & mask
    bits ^= bits &>> half
    bits = bits &* RootCode.factors.1 & mask
    return bits ^ (bits &>> half)
  }

  /// The root of a key.
  func root(_ key: UInt64) -> UInt64 {
    var bits = key
    bits ^= bits &>> half
    bits = bits &* RootCode.inverses.1 & mask
    bits ^= bits &>> half
    bits = bits &* RootCode.inverses.0 & mask
    bits ^= bits &>> half
    return (bits & (~0 &>> (64 &- low))) | (bits &>> low) &<< 32
  }
}
