/// Why a condition is not put to the solver.
struct NotEncoded: Error {
  let words: String

  static let tooLarge = NotEncoded(words: "it is too large to be written out")
  static let mayOverflow = NotEncoded(words: "its arithmetic may leave 64 bits")
  static let noValues = NotEncoded(words: "a type in it has no values")
}
