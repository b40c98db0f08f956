import ArgumentParser

extension Wfcheck {
  /// The command that the arguments mean, ready to run.
  ///
  /// Nearly always that is a check. The parser of the whole program looks at all verbs and lists
  /// the flags of checks twice, which takes 0.3 ms more than the parser of checks alone: as long as
  /// a search of some thousand states. So that one comes first where no verb does, and what it does
  /// not accept, be it wrong or a question for help, is left to the other.
  static func command(_ arguments: [String]) throws -> any ParsableCommand {
    if let first = arguments.first, !isVerb(first),
      let check = try? CheckCommand.parse(arguments)
    {
      return check
    }
    return try parseAsRoot(arguments)
  }

  /// Looks at the name of a file first, as most words are one: the list of verbs takes 0.1 ms.
  private static func isVerb(_ word: String) -> Bool {
    !word.contains(where: { "./-".contains($0) }) && verbs.contains(word)
  }
}
