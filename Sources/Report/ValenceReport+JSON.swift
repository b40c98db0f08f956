extension ValenceReport {
  /// As one JSON document.
  public var json: String {
    JSONText.object([
      ("workflow", .string(workflow)), ("check", check.map { .string($0) } ?? .null),
      ("file", .string(file)), ("decision", .string(decision)), ("states", .integer(states)),
      ("transitions", .integer(transitions)), ("exhaustive", .bool(isExhaustive)),
      ("bound", bound.map { .string($0) } ?? .null),
      (
        "possible",
        list(counts) { [("values", .string($0.values)), ("states", .integer($0.states))] }
      ),
      ("bivalent", .integer(bivalent)), ("pairs", .integer(pairs)), ("kept", .integer(kept)),
      (
        "initial",
        list(initial) { [("inputs", .string($0.inputs)), ("values", .string($0.values))] }
      ),
      ("differing", differing.map { .array([.integer($0.0), .integer($0.1)]) } ?? .null),
      ("critical", .integer(criticalCount)),
      ("wayToCritical", .array(wayToCritical.map { .string($0) })),
      (
        "deciders",
        list(deciders) { [("event", .string($0.event)), ("values", .string($0.values))] }
      ),
      (
        "decisions",
        list(decisions) {
          [
            ("agent", .string($0.agent)), ("event", .string($0.event)),
            ("values", .string($0.values)), ("states", .integer($0.states)),
          ]
        }
      ),
      ("undecidedRun", undecidedRun),
    ]).text() + "\n"
  }

  private func list<Item>(
    _ items: [Item], _ members: (Item) -> [(String, JSONText)]
  ) -> JSONText {
    .array(items.map { .object(members($0)) })
  }

  private var undecidedRun: JSONText {
    switch undecided {
    case .none: .object([("found", .bool(false))])
    case .notSearched(let why): .object([("notSearched", .string(why))])
    case .stem(let stem, let cycle):
      .object([
        ("found", .bool(true)), ("stem", .array(stem.map { .string($0) })),
        ("cycle", .array(cycle.map { .string($0) })),
      ])
    }
  }
}
