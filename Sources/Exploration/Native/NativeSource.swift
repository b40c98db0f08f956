import TransitionSystem

/// Why there is no native module; the run goes on with the machine.
struct NativeUnavailable: Error, Hashable, Sendable {
  /// One plain sentence without its period.
  let reason: String
}

/// The name of a module: a hash of all that it is made from.
struct ModuleKey: Hashable, Sendable {
  let upper: UInt64
  let lower: UInt64

  /// The first 128 bits of the digest.
  init(hashing bytes: [UInt8]) {
    let digest = SHA256.digest(bytes)
    upper = digest[0..<8].reduce(0) { $0 << 8 | UInt64($1) }
    lower = digest[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// 32 hexadecimal digits.
  var text: String {
    [upper, lower].map { half in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}

/// A translation unit and its key.
struct NativeSource: Sendable {
  let text: String
  let key: ModuleKey

  /// Changes with `NativeOutput`, the exported functions, and the meaning of their results.
  static let abiVersion: UInt64 = 4

  /// `toolchain`: what identifies compiler and flags.
  init(_ system: TransitionSystem, toolchain: String) {
    let body = CGenerator.text(system)
    key = ModuleKey(hashing: Array("\(Self.abiVersion)\n\(toolchain)\n\(body)".utf8))
    text =
      body + """
        EXPORT const u64 wfcheck_abi = \(Self.abiVersion)UL;
        EXPORT const u64 wfcheck_key[2] = {\(key.upper)UL, \(key.lower)UL};

        """
  }
}
