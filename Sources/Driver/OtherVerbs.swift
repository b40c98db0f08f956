import Diagnostics
import Glibc
import Semantics
import Syntax
import TransitionSystem

/// `wfcheck explain CODE`.
public enum Explain {
  public static func run(_ text: String?) -> ExitCode {
    guard let text else {
      let lines = allExplanations.map { "\($0.code)  \($0.title)" }
      return printResult(lines.joined(separator: "\n") + "\n")
    }
    let digits = text.uppercased().hasPrefix("WF") ? String(text.dropFirst(2)) : text
    guard let number = Int(digits), let found = explanation(of: DiagnosticCode(number)) else {
      writeAll(STDERR_FILENO, "wfcheck: there is no diagnostic `\(text)`; they look like WF0203\n")
      return .badInput
    }
    return printResult(found.rendered)
  }
}

/// `wfcheck fmt SPEC…`.
public enum Format {
  public static func run(_ paths: [String], checkOnly: Bool) -> ExitCode {
    var code = ExitCode.asExpected
    for path in paths { code = max(code, format(path, checkOnly: checkOnly)) }
    return code
  }

  private static func format(_ path: String, checkOnly: Bool) -> ExitCode {
    switch readFile(path) {
    case .failure(let error):
      complainAboutReading(path, error)
      return .badInput
    case .success(let text): return format(path, text, checkOnly: checkOnly)
    }
  }

  private static func format(_ path: String, _ text: [UInt8], checkOnly: Bool) -> ExitCode {
    var sources = SourceSet()
    let id = sources.add(SourceFile(name: path == "-" ? "<stdin>" : path, text: text))
    guard let formatted = Syntax.format(id, in: sources) else {
      for diagnostic in parse(id, in: sources).1 {
        writeAll(STDERR_FILENO, renderText(diagnostic, sources: sources, color: false) + "\n")
      }
      return .badInput
    }
    if path == "-", !checkOnly {
      return printResult(formatted)
    }
    if Array(formatted.utf8) == text { return .asExpected }
    if checkOnly {
      writeAll(STDERR_FILENO, "wfcheck: `\(path)` is not formatted\n")
      return .notAsExpected
    }
    if case .failure(let error) = writeFile(path, formatted) {
      writeAll(STDERR_FILENO, "wfcheck: cannot write `\(path)`: \(error.words)\n")
      return .badInput
    }
    return .asExpected
  }
}

/// The stages that `wfcheck dump` prints.
public enum DumpStage: String, Sendable, CaseIterable { case typed, system }

/// `wfcheck dump SPEC`.
public enum Dump {
  public static func run(
    _ path: String, stage: DumpStage, check: String?, overrides: [(name: String, value: String)]
  ) -> ExitCode {
    guard let prepared = PreparedCheck(path, check: check, overrides: overrides) else {
      return .badInput
    }
    if stage == .typed {
      return printResult(Semantics.dump(prepared.spec))
    }
    guard let system = prepared.system() else { return .badInput }
    let text: String = dump(system)
    return printResult(text)
  }
}
