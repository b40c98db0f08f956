import Semantics

/// The two sides of the differential test, put next to each other.
struct Disagreement {
  let reference: ReferenceResult
  let product: ProductResult

  /// What differs, in words; empty if nothing does.
  var differences: [String] {
    var differences: [String] = []
    func compare<Subject: Equatable>(_ what: String, _ ours: Subject, _ theirs: Subject) {
      if ours != theirs { differences.append("\(what): reference \(ours), product \(theirs)") }
    }
    compare("ending", ending, product.ending)
    compare("states", reference.states, product.states)
    compare("transitions", reference.transitions, product.transitions)
    compare("depth", reference.depth, product.depth)
    let names = Set(violations.keys).union(product.violations.keys).sorted()
    for name in names {
      compare(name, text(violations[name]), text(product.violations[name]))
    }
    return differences
  }

  private var ending: ProductResult.Ending {
    switch reference.ending {
    case .exhausted: .exhausted
    case .depthBound: .depthBound
    case .stateLimit, .workLimit: .other("too large")
    case .channelLimit: .unbounded
    }
  }

  private func text(_ depth: Int?) -> String { depth.map { "\($0)" } ?? "-" }

  private var violations: [String: Int] {
    var violations = reference.properties
    violations["deadlock"] = reference.deadlock
    violations["orphan"] = reference.orphan
    violations["assertion"] = reference.assertion
    violations["evaluation"] = reference.evaluationSeen
    return violations
  }
}

extension ReferenceResult {
  /// The least depth of an evaluation error. A property is evaluated as long as it is looked for,
  /// that is, up to the level in which it is found.
  var evaluationSeen: Int? {
    let inProperties = propertyFailures.filter { name, depth in
      properties[name].map { depth <= $0 } ?? true
    }
    return ([evaluation] + inProperties.map { Optional($0.value) }).compactMap { $0 }.min()
  }
}
