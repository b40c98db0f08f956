import Report

/// What the process tells its caller.
public enum ExitCode: Int32, Sendable, Comparable {
  /// Every expectation came true, within the user's own bounds.
  case asExpected = 0
  /// Some expectation did not.
  case notAsExpected = 1
  /// The spec or its input is wrong.
  case badInput = 2
  /// A budget ran out, or a bound where a proof was required.
  case unknown = 3
  case usage = 64
  /// A fault of wfcheck itself.
  case internalFault = 70
  case interrupted = 130

  /// Of several, the one that a caller must hear of first comes last.
  private var rank: Int {
    switch self {
    case .asExpected: 0
    case .unknown: 1
    case .notAsExpected: 2
    case .badInput: 3
    case .usage: 4
    case .interrupted: 5
    case .internalFault: 6
    }
  }

  public static func < (a: ExitCode, b: ExitCode) -> Bool { a.rank < b.rank }
}
