import Diagnostics
import Syntax

extension Program {
  /// Whether the check and the parameters that the user asked for exist, and those that checks set.
  func checkConfiguration() {
    if let check = configuration.check, !declared.checks.contains(where: { $0.name.text == check })
    {
      let names = declared.checks.map(\.name.text)
      report(.unknownCheck(check, suggestion: closest(to: check, among: names), names))
    }
    let names = declared.parameters.map(\.name.text)
    for override in configuration.overrides where !names.contains(override.name) {
      report(
        .unknownOverride(
          override.name, suggestion: closest(to: override.name, among: names), names))
    }
    for check in declared.checks { checkSettings(check, names) }
  }

  private func checkSettings(_ check: Declared.Check, _ names: [String]) {
    var seen: [String: Span] = [:]
    for case .set(let name, _) in check.items.map(\.kind) {
      if !names.contains(name.text) {
        report(.setsUnknownParameter(name, suggestion: closest(to: name.text, among: names)))
      }
      if let earlier = seen[name.text] {
        report(.duplicateInList("setting", name, earlier: earlier))
      }
      seen[name.text] = name.span
    }
  }

  /// The check in force, as it was written.
  var checkInForce: Declared.Check? {
    configuration.check.flatMap { name in declared.checks.first { $0.name.text == name } }
  }
}
