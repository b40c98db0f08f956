import ArgumentParser
import Driver
import Glibc

/// The command `wfcheck`: flags in, exit code out; no logic of its own.
@main
struct Wfcheck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wfcheck",
    abstract: "Checks protocols between agents: every interleaving, fault and answer.",
    usage: "wfcheck SPEC... [flags]",
    discussion: """
      Reads .wf specs (- is standard input), explores what can happen, and says what holds and \
      what does not, with the shortest story of how it goes wrong.

      Exit: 0 as expected, 1 not as expected, 2 wrong input, 3 unknown, 64 wrong flags, \
      130 interrupted. More: wfcheck explain CODE, docs/language.md.
      """,
    version: versionText,
    subcommands: [
      CheckCommand.self, ExplainCommand.self, FormatCommand.self, GraphCommand.self,
      DumpCommand.self, RefineCommand.self, ReplayCommand.self, ValenceCommand.self,
      TeachCommand.self, LintCommand.self,
    ],
    defaultSubcommand: CheckCommand.self)

  static var verbs: [String] {
    configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
  }

  static func main() {
    // A reader that goes away (`| head`) shows as a failed write, whatever the verb.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try command(Array(CommandLine.arguments.dropFirst()))
      try command.run()
    } catch {
      if exitCode(for: error) == .success {
        // Help and versions: ArgumentParser would not notice that the disk is full.
        Glibc.exit(printResult(fullMessage(for: error) + "\n").rawValue)
      }
      // Wrong flags end with 64, as ArgumentParser does by itself; codes of ours pass through.
      exit(withError: error)
    }
  }
}
