/// Divides the first words of keys among the lines of a table, so that line and what is left give
/// the word back (Cleary, Compact hash tables using bidirectional linear probing, 1984).
///
/// Of the 128-bit product word * lines the high word is the line. The low word says which of the
/// words of that line it is; they are `lines` apart there, so that it can do without its lowest
/// log2(lines) bits. Where words have zeros at their end, they are so much further apart, and so
/// many more bits are left out.
struct KeyLines {
  /// At most 2^31.
  let count: UInt64
  /// 2^64 divided by `count`, and what is left.
  private let scale: UInt64
  private let scaleRest: UInt64
  /// Bits of the low word that are left out.
  private let cutBits: UInt64
  /// Zeros at the end of each word.
  private let zeroBits: UInt64

  init(count: Int, zeroBits: Int = 0) {
    self.count = UInt64(count)
    (scale, scaleRest) = self.count.dividingFullWidth((1, 0))
    self.zeroBits = UInt64(zeroBits)
    cutBits = UInt64(63 - self.count.leadingZeroBitCount + zeroBits)
  }

  /// Bits of what is left of a word.
  var restBits: UInt64 { 64 - cutBits }

  /// Line and low word of a word.
  @inline(__always)
  func place(_ word: UInt64) -> (line: UInt64, low: UInt64) {
    let (line, low) = word.multipliedFullWidth(by: count)
    return (line, low)
  }

  /// What is left of a word, from the low word.
  @inline(__always)
  func rest(_ low: UInt64) -> UInt64 { low &>> cutBits }

  /// The word of a line and what is left.
  ///
  /// It is the least one whose product is not below line * 2^64 + low: low words of one line are at
  /// least as far apart as what was cut off.
  @inline(__always)
  func word(line: UInt64, rest: UInt64) -> UInt64 {
    let zeros: UInt64 = 1 &<< zeroBits &- 1
    return (leastFactor(line: line, low: rest &<< cutBits) &+ zeros) & ~zeros
  }

  /// The least x with x * count >= line * 2^64 + low.
  ///
  /// With 2^64 = s * count + r that is line * s + (line * r + low) / count, rounded up; r and line
  /// are below count <= 2^31.
  @inline(__always)
  private func leastFactor(line: UInt64, low: UInt64) -> UInt64 {
    let (first, firstRest) = divide(line &* scaleRest)
    let (second, secondRest) = divide(low)
    let rest = firstRest &+ secondRest
    return line &* scale &+ first &+ second &+ (rest == 0 ? 0 : rest <= count ? 1 : 2)
  }

  /// Quotient and remainder by `count`. The product with floor(2^64 / count) is too small by less
  /// than 2: value / count - value * s / 2^64 = value * r / (count * 2^64) < 1, and rounding.
  @inline(__always)
  private func divide(_ value: UInt64) -> (quotient: UInt64, remainder: UInt64) {
    let quotient = value.multipliedFullWidth(by: scale).high
    let rest = value &- quotient &* count
    return rest < count ? (quotient, rest) : (quotient &+ 1, rest &- count)
  }
}
