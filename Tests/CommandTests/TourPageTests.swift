import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The tours as pages: well-formed, complete in themselves, and shown by a browser.
@Suite(.serialized) struct TourPageTests {
  private static let browser = ["chromium", "chromium-browser", "google-chrome"]
    .map { "/usr/bin/" + $0 }.first { FileManager.default.isExecutableFile(atPath: $0) }
  /// Continuous integration must not skip what needs a browser.
  private static let isRequired =
    ProcessInfo.processInfo.environment["WFCHECK_REQUIRE_BROWSER"] == "1"

  private func withPage(_ name: String, _ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("wfcheck-page-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.appendingPathComponent("\(name).html")
    let run = try Command.wfcheck(["teach", name, "--output", page.path])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.isEmpty)
    try body(page)
  }

  @Test(arguments: TeachTests.tours) func aPageStandsAlone(_ name: String) throws {
    try withPage(name) { page in
      let data = try Data(contentsOf: page)
      let parser = XMLParser(data: data)
      #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
      let text = String(decoding: data, as: UTF8.self)
      let body = text.replacingOccurrences(of: "http://www.w3.org/1999/xhtml", with: "")
      for outside in ["http:", "https:", "src=", "href=", "url(h", "@import", "<script", "<link"] {
        #expect(!body.contains(outside), "\(outside)")
      }
      #expect(text.contains("prefers-color-scheme: dark"))
      #expect(text.contains("lang=\"en\""))
      // Every drawing says in words what it shows.
      let drawings = text.components(separatedBy: "<svg ").count - 1
      #expect(drawings > 0)
      #expect(text.components(separatedBy: "role=\"img\" aria-labelledby").count - 1 == drawings)
      #expect(text.components(separatedBy: "</desc>").count - 1 == drawings)
      // One answer for each question agrees with the run.
      let questions = text.components(separatedBy: "<section ").count - 1
      #expect(questions >= 3)
      #expect(text.components(separatedBy: "✓ The run agrees.").count - 1 == questions)
    }
  }

  @Test(
    .enabled(
      if: browser != nil || isRequired,
      "aBrowserShowsIt is SKIPPED: no Chromium is installed (scripts/setup-tests)"),
    arguments: TeachTests.tours)
  func aBrowserShowsIt(_ name: String) throws {
    try withPage(name) { page in
      let shown = try chromium(["--dump-dom"], page)
      let source = try String(contentsOf: page, encoding: .utf8)
      for piece in ["<section", "<details", "<svg", "<h2", "✓ The run agrees."] {
        #expect(
          shown.output.components(separatedBy: piece).count
            == source.components(separatedBy: piece).count, "\(piece)")
      }
      #expect(!shown.errors.contains("CONSOLE"), "\(shown.errors)")
      // Light and dark are two pictures, and neither is blank.
      let light = try picture(page, dark: false)
      let dark = try picture(page, dark: true)
      #expect(light.count > 10_000 && dark.count > 10_000)
      #expect(light != dark)
    }
  }

  private func picture(_ page: URL, dark: Bool) throws -> Data {
    let file = page.deletingLastPathComponent().appendingPathComponent("\(dark).png")
    let run = try chromium(
      ["--screenshot=\(file.path)", "--window-size=900,1400"]
        + (dark ? ["--blink-settings=preferredColorScheme=0"] : []), page)
    #expect(run.status == 0, "\(run.errors)")
    return try Data(contentsOf: file)
  }

  private func chromium(_ flags: [String], _ page: URL) throws -> Command {
    let program = try #require(Self.browser, "no Chromium, and WFCHECK_REQUIRE_BROWSER=1")
    let profile = page.deletingLastPathComponent().appendingPathComponent("profile").path
    let all =
      [
        program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
        "--hide-scrollbars", "--enable-logging=stderr", "--user-data-dir=\(profile)",
      ] + flags + ["file://\(page.path)"]
    return try Command.shell(all.map { "'\($0)'" }.joined(separator: " "))
  }
}
