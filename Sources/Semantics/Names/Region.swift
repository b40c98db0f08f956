/// Where code stands, which decides what it may read.
enum Region: Equatable {
  /// Constants, sizes, ranges: no variables.
  case constant
  case function
  /// The initialiser of a variable: only variables before it, shared or of the same owner; the
  /// filter of an `any` reads the variable itself, too.
  case initializer(VariableID, readsItself: Bool)
  /// A rule of an agent or environment; `isRun` in its `run`.
  case agent(AgentID, isRun: Bool)
  case monitor(MonitorID)
  case property
}
