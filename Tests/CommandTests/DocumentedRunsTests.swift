import Foundation
import Testing

/// What the pages for newcomers show is what a reader sees.
@Suite struct DocumentedRunsTests {
  private static let pages = ["README.md", "docs/tutorial.md"]

  private static func text(_ page: String) throws -> String {
    try String(contentsOf: Command.root.appendingPathComponent(page), encoding: .utf8)
  }

  /// The fenced blocks of a page whose fence says `word`.
  private static func blocks(_ word: String, in text: String) -> [[Substring]] {
    var blocks: [[Substring]] = []
    var fence: Substring?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        let begins = fence == nil
        fence = begins ? line.dropFirst(3) : nil
        if begins, line.dropFirst(3) == word { blocks.append([]) }
      } else if let fence, fence == word {
        blocks[blocks.count - 1].append(line)
      }
    }
    return blocks
  }

  /// Without the lines of seconds and bytes and of the workers, which depend on the machine.
  private static func stable(_ lines: [Substring]) -> [Substring] {
    lines.filter { !$0.contains("bytes/state") && !$0.contains(" worker") }
  }

  /// Whether the lines stand in the output in their order and without a gap, but where they say
  /// `…`.
  private static func show(_ shown: [Substring], of output: [Substring]) -> Bool {
    let parts = shown.split(separator: "…", omittingEmptySubsequences: false)
    var rest = output[...]
    for (place, part) in parts.enumerated() where !part.isEmpty {
      let last = place == parts.count - 1
      var starts = Array(rest.indices)
      if place == 0 { starts = Array(starts.prefix(1)) }
      let found = starts.first { start in
        rest[start...].starts(with: part) && (!last || start + part.count == rest.endIndex)
      }
      guard let found else { return false }
      rest = rest[(found + part.count)...]
    }
    return parts.last?.isEmpty == true || rest.isEmpty
  }

  @Test(arguments: pages)
  func theOutputsShownAreReal(_ page: String) throws {
    let prompt = "$ ./wfcheck "
    let shown = Self.blocks("", in: try Self.text(page)).filter {
      $0.first?.hasPrefix(prompt) == true
    }
    #expect(!shown.isEmpty)
    for block in shown {
      let arguments = block[0].dropFirst(prompt.count).split(separator: " ").map(String.init)
      let run = try Command.wfcheck(arguments)
      let output = run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      let isShown = Self.show(Self.stable(Array(block.dropFirst())), of: Self.stable(Array(output)))
      #expect(isShown, "\(page): \(block[0])\n\(run.output)")
    }
  }

  @Test func theTutorialShowsItsSpecs() throws {
    let folder = Command.root.appendingPathComponent("examples/tutorial")
    let specs = try FileManager.default.contentsOfDirectory(atPath: folder.path).map {
      try Self.text("examples/tutorial/\($0)")
    }
    let shown = Self.blocks("wf", in: try Self.text("docs/tutorial.md"))
    #expect(shown.count > 5)
    for block in shown {
      let text = block.joined(separator: "\n")
      #expect(specs.contains { $0.contains(text) }, "\(text)")
    }
  }

  @Test func whatIsNotInTheOutputIsSeen() {
    let output: [Substring] = ["a", "b", "c", "d"]
    #expect(Self.show(["a", "…", "c", "d"], of: output) && Self.show(["…", "c", "…"], of: output))
    #expect(!Self.show(["b", "…"], of: output) && !Self.show(["a", "…", "c"], of: output))
    #expect(!Self.show(["a", "c", "…"], of: output) && !Self.show(["a", "b"], of: output))
    #expect(!Self.show(["…", "c", "…", "b", "…"], of: output))
  }
}
