/// An exact fraction; operations that leave 64 bits give none.
struct Rational: Hashable {
  let numerator: Int64
  /// Positive, and without a common divisor with the numerator.
  let denominator: Int64

  init(_ value: Int64) { (numerator, denominator) = (value, 1) }

  init?(_ numerator: Int64, over denominator: Int64) {
    guard denominator != 0, numerator != .min, denominator != .min else { return nil }
    var (a, b) = (abs(numerator), abs(denominator))
    while b != 0 { (a, b) = (b, a % b) }
    let sign: Int64 = denominator < 0 ? -1 : 1
    self.numerator = sign * numerator / a
    self.denominator = abs(denominator) / a
  }

  /// "-3", "7/2", "2.50".
  init?(_ text: String) {
    let parts = fraction(text).split(separator: "/")
    guard let numerator = parts.first.flatMap({ Int64($0) }) else { return nil }
    if parts.count == 1 {
      self.init(numerator)
      return
    }
    guard parts.count == 2, let denominator = Int64(parts[1]) else { return nil }
    self.init(numerator, over: denominator)
  }

  var text: String { denominator == 1 ? String(numerator) : "\(numerator)/\(denominator)" }
  var whole: Int64? { denominator == 1 ? numerator : nil }

  func plus(_ other: Rational) -> Rational? {
    guard let left = times(numerator, other.denominator),
      let right = times(other.numerator, denominator),
      let bottom = times(denominator, other.denominator),
      case (let top, false) = left.addingReportingOverflow(right)
    else { return nil }
    return Rational(top, over: bottom)
  }

  func times(_ other: Rational) -> Rational? {
    guard let top = times(numerator, other.numerator),
      let bottom = times(denominator, other.denominator)
    else { return nil }
    return Rational(top, over: bottom)
  }

  func divided(by other: Rational) -> Rational? {
    Rational(other.denominator, over: other.numerator).flatMap { times($0) }
  }

  /// Nil where that is not known.
  func isLess(than other: Rational, orEqual: Bool) -> Bool? {
    guard let left = times(numerator, other.denominator),
      let right = times(other.numerator, denominator)
    else { return nil }
    return orEqual ? left <= right : left < right
  }

  /// The integer at or next to it.
  func rounded(up: Bool) -> Int64 {
    let quotient = numerator / denominator
    if denominator == 1 { return quotient }
    return up ? quotient + (numerator > 0 ? 1 : 0) : quotient - (numerator < 0 ? 1 : 0)
  }

  private func times(_ a: Int64, _ b: Int64) -> Int64? {
    if case (let product, false) = a.multipliedReportingOverflow(by: b) { product } else { nil }
  }
}
