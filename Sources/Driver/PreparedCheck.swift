import Diagnostics
import Glibc
import Lowering
import Semantics
import Syntax
import TransitionSystem

/// One check of one spec, ready for the verbs that look at it without judging: `dump`, `graph`,
/// `replay`.
struct PreparedCheck {
  let file: String
  let spec: TypedSpec
  let prompt: PromptClaims?
  let sources: SourceSet

  /// The name of the property that `decision` becomes.
  static let decisionName = "--decision"

  /// Loads and analyses; nil where the spec is wrong, which standard error then says.
  ///
  /// `decision` is an expression whose valence becomes one more property.
  init?(
    _ path: String, check: String?, overrides: [(name: String, value: String)],
    decision: String? = nil
  ) {
    var loader = SpecLoader()
    guard
      case .success(let loaded) = loader.load(path).mapError({ error in
        complainAboutReading(path, error)
        return error
      })
    else { return nil }
    let configuration = Configuration(
      check: check ?? checkNames(in: loaded.files).first?.text, overrides: overrides)
    var (files, diagnostics) = (loaded.files, loaded.diagnostics)
    if let decision {
      let file = loader.property(Self.decisionName, of: decision, &diagnostics)
      if file.declarations.count > 1 {
        writeAll(STDERR_FILENO, "wfcheck: --decision takes one expression, not declarations\n")
        return nil
      }
      files.append(file)
    }
    let (analyzed, found) = analyzeWithPrompt(files, configuration, in: loader.sources)
    for diagnostic in diagnostics + found {
      writeAll(
        STDERR_FILENO, renderText(diagnostic, sources: loader.sources, color: false) + "\n")
    }
    guard let analyzed, !diagnostics.contains(where: { $0.severity == .error }) else {
      return nil
    }
    file = loaded.name
    spec = analyzed.spec
    prompt = analyzed.prompt
    sources = loader.sources
  }

  /// The transition system with that much room in its channels; nil where it has none, which
  /// standard error then says.
  func system(rooms: [Int: Int] = [:]) -> TransitionSystem? {
    var (lowered, refusals) = lower(spec, rooms: rooms)
    for diagnostic in refusals {
      writeAll(STDERR_FILENO, renderText(diagnostic, sources: sources, color: false) + "\n")
    }
    if let prompt, let system = lowered, !system.questions.isEmpty {
      lowered?.oracle = ClaimOracle(system, prompt)
    }
    return lowered
  }

  /// Runs `body` on systems with more and more room until it meets no full channel any more.
  ///
  /// A channel grows up to its capacity, or up to the limit beyond which it counts as unbounded;
  /// then the last result stands. Nil where the spec has no transition system.
  func growing<Result>(
    _ body: (TransitionSystem) -> (result: Result, full: ChannelID?)
  ) -> Result? {
    var rooms: [Int: Int] = [:]
    while let system = system(rooms: rooms) {
      let (result, full) = body(system)
      guard let channel = full.map({ system.channels[$0.index] }),
        channel.room < channel.roomMax(unbounded: channelLimitDefault), let full
      else { return result }
      rooms[full.index] = min(
        channel.room * 2, channel.roomMax(unbounded: channelLimitDefault))
    }
    return nil
  }
}

/// "cannot read `x.wf`: no such file or directory", with what a shell pattern needs.
func complainAboutReading(_ path: String, _ error: FileError) {
  var words = "wfcheck: cannot read `\(path)`: \(error.words)"
  if path.contains("*"), access(path, F_OK) != 0 {
    words += "; the shell expands patterns, where they stand without quotes"
  }
  writeAll(STDERR_FILENO, words + "\n")
}
