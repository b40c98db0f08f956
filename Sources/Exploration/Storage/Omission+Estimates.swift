import Glibc

extension Omission {
  /// The probability that of so many random values of so many bits some two are equal, by the
  /// union bound in its exponential form.
  static func collision(states: Int, bits: Int) -> Double {
    let pairs = Double(states) * Double(max(0, states - 1)) / 2
    return -expm1(-pairs * exp2(-Double(bits)))
  }
}
