/// A question of a tour, with the answers to choose among and the one that the run agrees with.
public struct TourQuestion: Sendable {
  public let text: String
  public let answers: [String]
  /// Index of the answer that what was computed makes true.
  public let right: Int
  public init(text: String, answers: [String], right: Int) {
    self.text = text
    self.answers = answers
    self.right = right
  }

  /// `a`, `b`, `c` …
  public static func letter(_ answer: Int) -> String {
    String(UnicodeScalar(UInt8(97 + answer % 26)))
  }

  /// The answer that a line of the reader names; nil for anything else.
  public func answer(_ line: String) -> Int? {
    let word = line.filter { $0 != " " && $0 != ")" && $0 != "." }.lowercased()
    return answers.indices.first { Self.letter($0) == word || String($0 + 1) == word }
  }
}

/// What was run between two questions of a tour, with the command that does it again.
public struct TourRun: Sendable {
  public enum Result: Sendable {
    case check(CheckReport)
    case valence(ValenceReport)
  }
  public let command: String
  public let result: Result
  public init(command: String, result: Result) {
    self.command = command
    self.result = result
  }

  public var facts: TourFacts {
    switch result {
    case .check(let report): TourFacts(report)
    case .valence(let report): TourFacts(report)
    }
  }
}
