import Diagnostics
import Foundation
import Syntax

/// The folder of this test target, and the root of the repository.
let testFolder = URL(filePath: #filePath).deletingLastPathComponent()
let repository = testFolder.deletingLastPathComponent().deletingLastPathComponent()

/// A source set with one file.
func sourceSet(_ text: some Sequence<UInt8>, name: String = "test.wf") -> (SourceSet, FileID) {
  var sources = SourceSet()
  let file = sources.add(SourceFile(name: name, text: Array(text)))
  return (sources, file)
}

/// What the parser says of a text.
func diagnostics(of text: String) -> [Diagnostic] {
  let (sources, file) = sourceSet(text.utf8)
  return parse(file, in: sources).1
}

/// The codes the parser reports for a text.
func codes(of text: String) -> [Int] { diagnostics(of: text).map(\.code.number) }

/// The tree of a text that has no mistakes.
func tree(of text: String) -> FileSyntax {
  let (sources, file) = sourceSet(text.utf8)
  return parse(file, in: sources).0
}

/// Files with an extension below a folder, sorted by path; none where there is no such folder.
func files(below folder: URL, extension suffix: String) -> [URL] {
  let all = FileManager.default.enumerator(
    at: folder.resolvingSymlinksInPath(), includingPropertiesForKeys: nil)
  return (all?.compactMap { $0 as? URL } ?? [])
    .filter { $0.pathExtension == suffix }
    .sorted { $0.path < $1.path }
}

/// The specs of the repository and those of this target.
func sampleSpecs() -> [URL] {
  files(below: repository.appending(path: "specs"), extension: "wf")
    + files(below: testFolder.appending(path: "Samples"), extension: "wf")
}
