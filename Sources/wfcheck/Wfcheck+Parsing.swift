import ArgumentParser
import Driver
import Glibc

extension Wfcheck {
  /// Does what the arguments say.
  ///
  /// Nearly always that is a check, written plainly (`CheckFlags+Plain`); a verb in the first
  /// place, and all else that is not plain, is for ArgumentParser.
  static func obey(_ arguments: [String]) throws {
    if let first = arguments.first, !verbs.contains(first),
      let flags = CheckFlags(plain: arguments)
    {
      // Not through ArgumentParser, which would write its help for any code but 0.
      Glibc.exit(try flags.run().rawValue)
    }
    var command = try parseAsRoot(arguments)
    try command.run()
  }
}
