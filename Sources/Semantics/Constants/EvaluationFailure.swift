import Diagnostics

/// Why an expression has no constant value.
struct EvaluationFailure: Error {
  enum Reason {
    /// It depends on the state.
    case notConstant
    case overflow
    case divisionByZero
    /// The value is none of the type.
    case outside(value: String, type: String)
    case unwrappedNone
    case indexOutOfBounds
    case emptyExtremum
    case tooLong
  }
  let reason: Reason
  let span: Span
}
