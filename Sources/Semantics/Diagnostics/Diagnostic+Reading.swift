import Diagnostics
import Syntax

// Codes 0501 to 0509: who may read what.
extension Diagnostic {
  static func impure(_ name: Name, at span: Span) -> Diagnostic {
    Diagnostic(
      501, "A function does not read variables", at: Label(span, "a variable"),
      secondary: [Label(name.span, "declared here")],
      notes: ["functions depend on their parameters only, so that they mean the same everywhere"],
      help: ["hand it over: add a parameter for `\(name.text)`"])
  }

  static func readsLaterVariable(_ name: Name, at span: Span) -> Diagnostic {
    Diagnostic(
      502, "`\(name.text)` has no value yet", at: Label(span, "starts later"),
      secondary: [Label(name.span, "declared here")],
      notes: ["shared variables start first, then each agent's in order, then the monitors'"],
      help: ["declare `\(name.text)` before it is read"])
  }

  static func readsForeign(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      503, "An agent does not see `\(text)`", at: Label(span, "belongs to somebody else"),
      notes: [
        "agents read their own variables and shared ones;\n"
          + "only properties, monitors and environments read everything"
      ],
      help: ["send it in a message, or declare it as a `shared var`"])
  }

  static func readsStatus(_ text: String, at span: Span) -> Diagnostic {
    Diagnostic(
      504, "An agent does not see who crashed", at: Label(span, "`\(text)` read by an agent"),
      notes: ["only properties, monitors and environments read the status of agents"],
      help: ["model what the agent can observe: a timeout, a heartbeat, a detector"])
  }

  static func onlyInProperties(_ words: String, at span: Span) -> Diagnostic {
    Diagnostic(
      505, "`\(words)` is for properties", at: Label(span, "not in a property"),
      notes: ["it speaks about the whole state, which no agent sees"],
      help: ["move it into a `property`"])
  }

  static func noSelf(at span: Span) -> Diagnostic {
    Diagnostic(
      506, "There is no `self` here", at: Label(span, "whose?"),
      notes: ["`self` is the agent whose rule or variable it is"],
      help: ["quantify over the agents: `all n in Node: …`"])
  }

  static func noSender(_ region: Region, at span: Span) -> Diagnostic {
    let help: String
    switch region {
    case .agent(_, isRun: true): help = "bind it when the message comes: `receive M(x) from s`"
    case .monitor: help = "bind it in the rule: `on sent M(x) from s`"
    default: help = "use it in a rule that takes a message: `on M(x) { … }`"
    }
    return Diagnostic(
      507, "No message is at hand here", at: Label(span, "whose message?"),
      notes: ["`sender` lasts from a receipt to the next blocking statement"], help: [help])
  }

  static func temporalInState(isProperty: Bool, at span: Span) -> Diagnostic {
    Diagnostic(
      508, "A word about time does not fit into a state", at: Label(span, "speaks about a run"),
      notes: [
        "`always`, `eventually`, `can`, `until` and `leads to` stand in properties,\n"
          + "outside of everything but `not`, `and`, `or`, `implies`, `iff`, `all` and `some`"
      ],
      help: isProperty ? ["take it out of the expression around it"] : ["move it into a `property`"]
    )
  }

  static func temporalOverState(at span: Span) -> Diagnostic {
    Diagnostic(
      509, "The domain of a quantifier over time must be fixed",
      at: Label(span, "changes, or is large"),
      notes: ["`all n in S: eventually …` is spelled out before the run, for each n in S"],
      help: ["use a type or family as domain and filter inside: `all n in Node: n in s implies …`"])
  }
}
