import Foundation
import Report
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The runs that every format is tried on; snapshots are `<run>.<extension>`.
private let runs = ["everything", "election", "rejected"]

@Suite struct FormatTests {
  private func object(_ text: String) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(value as? [String: Any])
  }

  private func list(_ value: Any?) throws -> [[String: Any]] {
    try #require(value as? [[String: Any]])
  }

  @Test(arguments: runs) func json(_ name: String) throws {
    let text = jsonReport(.named(name))
    #expect(try object(text)["schema"] as? Int == 1)
    try expectSnapshot(text, "\(name).json")
  }

  @Test(arguments: runs) func markdown(_ name: String) throws {
    try expectSnapshot(markdownReport(.named(name)), "\(name).md")
  }

  @Test(arguments: runs) func github(_ name: String) throws {
    let text = githubReport(.named(name))
    for line in text.split(separator: "\n") { #expect(line.hasPrefix("::"), "\(line)") }
    try expectSnapshot(text, "\(name).github.txt")
  }

  @Test(arguments: runs) func sarif(_ name: String) throws {
    let text = sarifReport(.named(name))
    let log = try object(text)
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require(try list(log["runs"]).first)
    let tool = try #require(run["tool"] as? [String: Any])
    let driver = try #require(tool["driver"] as? [String: Any])
    let rules = try list(driver["rules"]).compactMap { $0["id"] as? String }
    #expect(Set(rules).count == rules.count)
    for result in try list(run["results"]) {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index] == result["ruleId"] as? String)
      #expect(["fail", "open"].contains(result["kind"] as? String))
      if result["kind"] as? String == "open" { #expect(result["level"] as? String == "none") }
    }
    try expectSnapshot(text, "\(name).sarif")
  }

  @Test(arguments: runs) func junit(_ name: String) throws {
    let text = junitReport(.named(name))
    let counter = ElementCounter()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = counter
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    let total = try #require(counter.root)
    #expect(total["tests"] == String(counter.count("testcase")))
    #expect(total["failures"] == String(counter.count("failure")))
    #expect(total["errors"] == String(counter.count("error")))
    #expect(total["skipped"] == String(counter.count("skipped")))
    try expectSnapshot(text, "\(name).xml")
  }

  @Test func aRunOfNothingIsWellFormed() throws {
    let empty = RunReport(
      version: "0", sources: RunReport.rejected().sources, checks: [], diagnostics: [])
    _ = try object(jsonReport(empty))
    _ = try object(sarifReport(empty))
    #expect(XMLParser(data: Data(junitReport(empty).utf8)).parse())
    #expect(githubReport(empty).isEmpty)
  }

  @Test func numbersThatJSONHasNoWordFor() throws {
    let text = JSONText.array([.number(.nan), .number(.infinity), .number(1e300), .number(-0.5)])
    let values = try JSONSerialization.jsonObject(with: Data(text.text().utf8)) as? [Any]
    #expect(values?.count == 4)
  }
}

/// Counts elements and keeps the attributes of the root.
private final class ElementCounter: NSObject, XMLParserDelegate {
  private var counts: [String: Int] = [:]
  private(set) var root: [String: String]?

  func count(_ name: String) -> Int { counts[name] ?? 0 }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if root == nil { root = attributes }
    counts[name, default: 0] += 1
  }
}
