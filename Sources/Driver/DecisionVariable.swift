import TransitionSystem

/// The variables that hold the decision: `Process.decided` of every member, or a shared one.
struct DecisionVariable {
  let variables: [VariableInfo]
  /// The texts of the values met so far; bit v of a set stands for the v-th.
  private(set) var values: [String] = []

  /// Nil, with the reason, where nothing of this name can be undecided.
  static func named(
    _ name: String, in system: TransitionSystem
  ) -> Result<DecisionVariable, FileError> {
    let found = system.variables.filter { variable in
      switch variable.kind {
      case .agent, .shared, .monitor: return variable.name == name || family(variable.name) == name
      case .control, .local, .lifecycle, .budget: return false
      }
    }
    if found.isEmpty {
      return .failure(FileError(words: "it has no variable `\(name)`; name one as Agent.variable"))
    }
    for variable in found {
      guard case .optional = variable.shape else {
        return .failure(
          FileError(words: "`\(name)` has no undecided value: its type must be optional, `T?`"))
      }
    }
    return .success(DecisionVariable(variables: found))
  }

  private init(variables: [VariableInfo]) { self.variables = variables }

  /// `Process.decided` for `Process[1].decided`.
  private static func family(_ name: String) -> String {
    guard let open = name.firstIndex(of: "["), let close = name.firstIndex(of: "]") else {
      return name
    }
    return String(name[..<open] + name[name.index(after: close)...])
  }

  /// The set of values decided in a state; nil where there are more than 64 in all.
  mutating func decided(_ state: [UInt64], _ system: TransitionSystem) -> UInt64? {
    var set: UInt64 = 0
    for variable in variables {
      let text = system.text(of: variable, in: state)
      if text == "none" { continue }
      if let index = values.firstIndex(of: text) {
        set |= 1 << UInt64(index)
      } else {
        if values.count == 64 { return nil }
        set |= 1 << UInt64(values.count)
        values.append(text)
      }
    }
    return set
  }

  /// `{0, 1}`; "no decision" for the empty set.
  func text(_ set: UInt64) -> String {
    let names = values.indices.filter { set >> UInt64($0) & 1 == 1 }.map { values[$0] }
    return names.isEmpty ? "no decision" : "{\(names.sorted().joined(separator: ", "))}"
  }
}
