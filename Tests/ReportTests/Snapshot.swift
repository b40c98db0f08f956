import Foundation
import Testing

/// Compares a text with `Snapshots/<name>`; `UPDATE_SNAPSHOTS=1` writes the file instead.
func expectSnapshot(
  _ text: String, _ name: String, location: SourceLocation = #_sourceLocation
) throws {
  let url = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Snapshots").appending(path: name)
  if ProcessInfo.processInfo.environment["UPDATE_SNAPSHOTS"] == "1" {
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    return
  }
  let expected = try String(contentsOf: url, encoding: .utf8)
  #expect(text == expected, "differs from Snapshots/\(name)", sourceLocation: location)
}
