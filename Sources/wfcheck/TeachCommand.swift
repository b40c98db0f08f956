import ArgumentParser
import Driver

/// `wfcheck teach flp`.
struct TeachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "teach", abstract: "Take a guided tour of what protocols cannot do.",
    usage: "wfcheck teach NAME [flags]",
    discussion: "Tours: \(TeachVerb.names.joined(separator: ", ")).")

  @Argument(help: "The tour.") var name: String
  @Flag(inversion: .prefixedNo, help: "Read your predictions, line by line.")
  var ask = true
  @Option(name: .shortAndLong, help: "Write the tour as a page to this file.") var output: String?

  func validate() throws {
    if !TeachVerb.names.contains(name) {
      throw ValidationError("The tours are \(TeachVerb.names.joined(separator: ", ")).")
    }
  }

  func run() throws {
    var request = TeachRequest()
    (request.name, request.asks, request.output) = (name, ask, output)
    let code = TeachVerb.run(request)
    if code != .asExpected { throw ArgumentParser.ExitCode(code.rawValue) }
  }
}
