import Diagnostics
import Semantics
import TransitionSystem

/// What a transition system cannot represent.
extension Diagnostic {
  static func typeTooLarge(_ type: Type, in spec: TypedSpec, _ span: Span) -> Diagnostic {
    Diagnostic(
      850, "A value of this type is too large to keep in a state",
      at: Label(span, "the type has too many elements or cells"),
      notes: [
        "the elements of a set and the keys of a map come from a type of at most"
          + " \(TypeTable.elementMaximum) values; a value has at most \(TypeTable.cellMaximum)"
          + " cells"
      ],
      help: ["use a smaller range for the elements, or a sequence where few of them occur"])
  }

  static func tooManyChoices(_ name: String, _ span: Span) -> Diagnostic {
    Diagnostic(
      851, "There are too many values to choose `\(name)` from",
      at: Label(span, "more than 2^62 values"),
      notes: ["each value of a choice, an `any` or a byzantine field is a successor of its own"],
      help: ["use a type with fewer values"])
  }

  static func tooManyToWalk(_ count: Int, most: Int, _ span: Span) -> Diagnostic {
    let number = count == .max ? "more than 64 bits can count" : "\(count)"
    return Diagnostic(
      853, "There are too many values to go through", at: Label(span, "values: \(number)"),
      notes: [
        "a quantifier or a `for` goes through its values at every evaluation, and through those of"
          + "\nthe loops around it again and again: at most \(most) in all"
      ],
      help: ["use a smaller range, or a condition that says the same without one"])
  }

  static func stateTooWide(_ bits: Int, _ spec: TypedSpec) -> Diagnostic {
    let widest = spec.variables.first
    return Diagnostic(
      852, "A state of this spec needs \(bits) bits; at most \(StateLimit.bits) fit",
      at: widest.map { Label($0.span, "the variables begin here") },
      help: ["use smaller types, smaller families, or a `capacity` for the network"])
  }
}
