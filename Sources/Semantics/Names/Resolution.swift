/// The state of something that is worked out when it is first asked for.
enum Resolution<Value> {
  case pending
  case resolving
  /// Nil where an error was reported.
  case resolved(Value?)
}
