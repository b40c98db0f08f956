import Diagnostics
import Syntax

// Codes 0407 to 0417: types that are not finite or too large, values that are not constant.
extension Diagnostic {
  static func infiniteType(_ name: String, at span: Span) -> Diagnostic {
    Diagnostic(
      407, "`\(name)` has no end", at: Label(span, "infinitely many values"),
      notes: ["states are counted one by one, so that every type is finite"],
      help: name == "int" ? ["write a range, as `0..7`"] : ["write an enum or a range"])
  }

  static func literalOfDecisions(_ kind: String, at span: Span) -> Diagnostic {
    Diagnostic(
      408, "There is \(kind) where a finite value is needed", at: Label(span, "\(kind)"),
      notes: ["texts and decimal numbers occur in the decisions of a prompt only"],
      help: ["use an enum case or an integer"])
  }

  static func typeOfDecisions(_ kind: String, at span: Span) -> Diagnostic {
    Diagnostic(
      409, "This type belongs into a decision", at: Label(span, "\(kind)"),
      notes: ["elsewhere an enumeration has a name"], help: ["declare it: `enum Name { a, b }`"])
  }

  static func emptyRange(lower: Int64, upper: Int64, at span: Span) -> Diagnostic {
    Diagnostic(
      410, "This range has no values", at: Label(span, "from \(lower) to \(upper)"),
      notes: ["a type has at least one value: `lower..upper` with lower <= upper"])
  }

  static func tooManyValues(
    _ type: String, _ role: String, _ count: Int, at span: Span
  ) -> Diagnostic {
    let number = count == .max ? "more than 64 bits can count" : "\(count)"
    return Diagnostic(
      411, "\(type) has too many values for \(role)", at: Label(span, "values: \(number)"),
      notes: [
        "a set of values holds a bit for each: at most \(elementCountMax);\n"
          + "larger ranges may be chosen from, quantified over, and asked with `in`"
      ],
      help: ["narrow the range"])
  }

  static func sizeOutOfLimits(
    _ role: String, _ value: Int64, _ limits: ClosedRange<Int64>, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      412, "\(role) cannot be \(value)", at: Label(span, "is \(value)"),
      notes: ["it lies between \(limits.lowerBound) and \(limits.upperBound)"])
  }

  static func stateTooLarge(_ name: String, _ bits: Int, at span: Span) -> Diagnostic {
    let size = bits == .max ? "more than 64 bits can count" : "\(bits) bits"
    return Diagnostic(
      413, "The variables of a state take too much room",
      at: Label(span, "with `\(name)` it is \(size)"),
      notes: ["a state has at most \(stateBitsMax) bits"],
      help: ["use smaller ranges, sets or sequences"])
  }

  static func noDefault(_ name: Name, _ type: String, _ example: String?) -> Diagnostic {
    Diagnostic(
      414, "`\(name.text)` needs an initial value", at: Label(name.span, "of type \(type)"),
      notes: [
        "only bool, optionals, sets, sequences, and records and maps of these start by themselves"
      ],
      help: ["write `= \(example ?? "…")` behind the type, or `= any` for every value"])
  }

  static func notEvaluated(_ failure: EvaluationFailure) -> Diagnostic {
    switch failure.reason {
    case .notConstant:
      return Diagnostic(
        415, "This value is not known before the run",
        at: Label(failure.span, "depends on the state"),
        notes: ["sizes, ranges, constants and parameters are fixed before anything runs"],
        help: ["use numbers, params and constants only"])
    case .tooLong:
      return Diagnostic(
        416, "This constant takes too long to work out", at: Label(failure.span, "given up here"),
        notes: ["constants are worked out before the run, in at most a million steps"],
        help: ["write its value"])
    default:
      return Diagnostic(
        416, "This constant has no value", at: Label(failure.span, failure.words),
        notes: ["constants are worked out before the run, in 64 bits"])
    }
  }

  static func initialOutOfRange(
    _ name: Name, _ value: String, _ type: String, at span: Span
  ) -> Diagnostic {
    Diagnostic(
      417, "`\(name.text)` starts outside its range", at: Label(span, "is \(value)"),
      notes: ["`\(name.text)` has type \(type)"], help: ["widen the range or change the value"])
  }
}

extension EvaluationFailure {
  /// What went wrong, as a label says it.
  var words: String {
    switch reason {
    case .notConstant: "depends on the state"
    case .overflow: "does not fit 64 bits"
    case .divisionByZero: "divides by zero"
    case .outside(let value, let type): "\(value) is no value of \(type)"
    case .unwrappedNone: "is `none` here"
    case .indexOutOfBounds: "there is nothing at that place"
    case .emptyExtremum: "the set is empty"
    case .tooLong: "given up here"
    }
  }
}
