import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The guided tours: each runs, and its page is well-formed and shown by a browser.
@Suite struct TeachTests {
  static let tours = [
    "flp", "two-generals", "byzantine", "two-phase-commit", "ben-or", "failure-detectors", "cap",
  ]
  private static let browser = ["chromium", "chromium-browser", "google-chrome"]
    .map { "/usr/bin/" + $0 }.first { FileManager.default.isExecutableFile(atPath: $0) }

  @Test(arguments: tours) func aTourRunsWhatItShows(_ name: String) throws {
    let run = try Command.wfcheck(["teach", name])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("? "))
    #expect(run.output.contains("as expected") || run.output.contains("bivalent"))
    #expect(!run.output.contains("not as expected"))
  }

  @Test(arguments: tours) func aPageIsWellFormed(_ name: String) throws {
    let page = try page(name)
    defer { try? FileManager.default.removeItem(at: page) }
    let parser = XMLParser(data: try Data(contentsOf: page))
    #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
  }

  @Test(.enabled(if: browser != nil, "no Chromium is installed")) func aBrowserShowsIt() throws {
    let page = try page("flp")
    defer { try? FileManager.default.removeItem(at: page) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(Self.browser))
    process.arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", page.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(text.contains("<svg"))
    #expect(text.contains("Everybody keeps acting and nobody ever decides"))
  }

  private func page(_ name: String) throws -> URL {
    let page = FileManager.default.temporaryDirectory
      .appendingPathComponent("wfcheck-tour-\(UUID().uuidString).html")
    let run = try Command.wfcheck(["teach", name, "--output", page.path])
    #expect(run.status == 0, "\(run.errors)")
    return page
  }
}
