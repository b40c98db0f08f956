/// Pseudo-random numbers: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
///
/// Deterministic: the same numbers for the same seed and stream on every machine.
struct RandomSource: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Streams of one seed are independent: each starts at a mixed place of the one long cycle.
  init(seed: UInt64, stream: UInt64) {
    var seeded = RandomSource(state: seed)
    let base = seeded.next()
    var streamed = RandomSource(state: base ^ stream &* 0xD134_2543_DE82_EF95)
    state = streamed.next()
  }

  private init(state: UInt64) { self.state = state }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits &>> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits &>> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits &>> 31)
  }

  /// A number below `bound`, each equally likely (Lemire, 2019).
  mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0)
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }
}
