import Foundation
import Semantics
import Testing

private let specs = files(below: repository.appending(path: "specs"), extension: "wf")

/// Every spec of the repository is right under each of its checks, and under the default one.
@Test(arguments: specs)
func specsAnalyse(_ file: URL) throws {
  let text = try specText(file)
  for check in checks(of: text) + [nil] {
    let found = analysis(of: text, name: file.lastPathComponent, Configuration(check: check))
    #expect(found.diagnostics.isEmpty, "\(check ?? "default"): \(found.rendered)")
    #expect(found.spec?.check.name == check)
  }
}

/// `Stages/x.wf` with its typed spec in `.txt`; `UPDATE_SNAPSHOTS=1` rewrites the texts.
@Test(arguments: files(below: testFolder.appending(path: "Stages"), extension: "wf"))
func dumpsAsBefore(_ file: URL) throws {
  let text = try String(contentsOf: file, encoding: .utf8)
  let found = analysis(of: text, name: file.lastPathComponent, configuration(in: text))
  let spec = try #require(found.spec, "\(found.rendered)")
  let golden = file.deletingPathExtension().appendingPathExtension("txt")
  if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
    try dump(spec).write(to: golden, atomically: true, encoding: .utf8)
  }
  #expect(try String(contentsOf: golden, encoding: .utf8) == dump(spec))
}
