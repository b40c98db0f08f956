import Syntax

/// A case of an enumeration.
struct EnumerationCase: Hashable {
  let enumeration: EnumerationID
  let index: Int
}

/// What a name of the file scope stands for.
struct Symbol {
  enum Kind {
    case parameter(Int)
    case constant(Int)
    case alias(Int)
    case enumeration(EnumerationID)
    /// Enumerations may share the name of a case.
    case cases([EnumerationCase])
    case record(RecordID)
    case function(FunctionID)
    case agent(AgentID)
    case monitor(MonitorID)
    case shared(VariableID)
  }
  let kind: Kind
  let name: Name

  /// What it is, with an article, for messages.
  var description: String {
    switch kind {
    case .parameter: "a param"
    case .constant: "a constant"
    case .alias, .enumeration, .record: "a type"
    case .cases: "an enum case"
    case .function: "a function"
    case .agent: "an agent"
    case .monitor: "a monitor"
    case .shared: "a shared variable"
    }
  }
}

/// Names that the language itself gives a meaning.
let reservedNames: Set<String> = [
  "bool", "int", "real", "string", "Agent", "self", "sender", "none", "true", "false", "quiescent",
  "coherent",
]

/// Functions that the language itself provides.
let builtinFunctions = ["first", "index", "max", "min", "rest", "size"]

/// What may be read of every agent, as `n.crashed`.
let statusNames: [(name: String, status: AgentStatus)] = [
  ("crashed", .crashed), ("stopped", .stopped), ("byzantine", .byzantine),
]
