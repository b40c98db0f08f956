import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The guided tours: each computes what it shows, asks before, and reacts to what was predicted.
@Suite struct TeachTests {
  static let tours = [
    "flp", "two-generals", "byzantine", "two-phase-commit", "ben-or", "failure-detectors", "cap",
  ]

  @Test(arguments: tours) func aTourRunsWhatItShows(_ name: String) throws {
    let run = try Command.wfcheck(["teach", name, "--no-ask"])
    #expect(run.status == 0, "\(run.errors)")
    let questions = run.output.components(separatedBy: "\nQuestion ").count - 1
    let results = run.output.components(separatedBy: "\n→ The run says ").count - 1
    #expect(questions >= 3 && results == questions)
    #expect(run.output.contains("$ wfcheck "))
    #expect(!run.output.contains("Your prediction"))
    let widest = run.output.split(separator: "\n").map(\.count).max() ?? 0
    #expect(widest <= 80, "without a terminal, lines are made for 80 columns")
  }

  /// The letters that the runs agree with.
  private func right(_ name: String) throws -> [String] {
    let run = try Command.wfcheck(["teach", name, "--no-ask"])
    return run.output.components(separatedBy: "\n→ The run says ").dropFirst()
      .map { String($0.prefix(1)) }
  }

  @Test(arguments: ["flp", "two-generals", "cap"])
  func predictionsAreHeldAgainstTheRun(_ name: String) throws {
    let right = try right(name)
    let all = try Command.wfcheck(
      ["teach", name], input: right.joined(separator: "\n") + "\n")
    #expect(all.status == 0)
    #expect(all.output.components(separatedBy: "→ As you predicted: ").count - 1 == right.count)
    #expect(all.output.contains("\(right.count) predictions of \(right.count) agreed"))
    // The other answers: `a` where it is not right, else `b`.
    let wrong = right.map { $0 == "a" ? "B)" : " a " }
    let none = try Command.wfcheck(["teach", name], input: wrong.joined(separator: "\n") + "\n")
    #expect(
      none.output.components(separatedBy: "→ The run says otherwise").count - 1 == right.count)
    #expect(none.output.contains("0 predictions of \(right.count) agreed"))
  }

  @Test func linesThatAreNoAnswerAreAskedAgain() throws {
    let run = try Command.wfcheck(["teach", "cap"], input: "maybe\nz\nb\n\n")
    #expect(run.status == 0)
    // Twice more for the first question; the third meets the end of the input.
    #expect(run.output.components(separatedBy: "Your prediction").count - 1 == 5)
    #expect(run.output.contains("of 1 agreed"))
    #expect(run.output.components(separatedBy: "Please answer with a, ").count - 1 == 2)
  }

  /// It waits for an answer that never comes: its input stays open.
  @Test func ctrlCEndsTheWaitForAnAnswer() throws {
    let program = Command.program.path
    let run = try Command.shell(
      """
      folder=$(mktemp -d); mkfifo $folder/in
      \(program) teach cap < $folder/in > $folder/out & teacher=$!
      exec 3> $folder/in
      for look in $(seq 200); do grep -q 'Your prediction' $folder/out && break; sleep 0.05; done
      kill -INT $teacher
      (sleep 20; kill -KILL $teacher 2>/dev/null) > /dev/null & guard=$!
      wait $teacher; echo "ended with $?"
      kill $guard; rm -r $folder
      """)
    #expect(run.output == "ended with 130\n")
  }

  /// Runs a tour of that text.
  private func tour(_ text: String) throws -> Command {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("wfcheck-tour-\(UUID().uuidString)")
    let tours = folder.appendingPathComponent("specs/teaching/tours")
    try FileManager.default.createDirectory(at: tours, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(
      at: Command.root.appendingPathComponent("specs/teaching/cap.wf"),
      to: folder.appendingPathComponent("specs/teaching/cap.wf"))
    try text.write(
      to: tours.appendingPathComponent("cap.tour"), atomically: true, encoding: .utf8)
    return try Command.shell("cd \(folder.path) && \(Command.program.path) teach cap --no-ask")
  }

  /// Which answer is right is computed: a tour that knows better than the run is a fault.
  @Test(arguments: [
    ("- a :: consistency is violated\n- b :: consistency is unknown", "0 answers"),
    ("- a :: consistency is holds\n- b :: availability is holds", "2 answers"),
    ("- a :: consistency is holds\n- b :: nobody is holds", "does not tell"),
    ("- a :: consistency is holds\n- b :: states > many", "does not tell"),
    ("- a :: consistency is holds", "fewer than two answers"),
    ("- a\n- b :: states = 5", "without its condition"),
  ]) func answersAreJudgedByTheRun(_ answers: String, _ complaint: String) throws {
    let run = try tour("# T\n\n? Q\n\(answers)\n! check teaching/cap.wf consistent\n")
    #expect(run.status != 0)
    #expect(run.errors.contains(complaint), "\(run.errors)")
  }

  @Test func anAnswerIsRightByWhatIsComputed() throws {
    let run = try tour(
      """
      # T

      ? How many states?
      - Four. :: states = 4
      - Five, and all is well. :: states = 5 and consistency is holds and availability is holds
      ! check teaching/cap.wf consistent

      """)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("→ The run says b) Five"))
  }
}
