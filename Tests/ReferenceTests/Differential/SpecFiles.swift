import Foundation

/// The spec files that tests read and write.
enum SpecFiles {
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let repository = folder.deletingLastPathComponent().deletingLastPathComponent()

  /// Paths of the project's own specs, relative to `specs`.
  static var specs: [String] { paths(below: repository.appending(path: "specs")) }

  static var goldens: [String] { paths(below: folder.appending(path: "Goldens")) }

  static func spec(_ path: String) throws -> String { try text("specs/\(path)", in: repository) }

  static func golden(_ path: String) throws -> String { try text("Goldens/\(path)", in: folder) }

  /// Keeps the text of a spec as a golden.
  static func keep(_ text: String, as name: String) throws {
    let place = folder.appending(path: "Goldens/\(name).wf")
    try text.write(to: place, atomically: true, encoding: .utf8)
  }

  private static func paths(below folder: URL) -> [String] {
    let all = FileManager.default.enumerator(atPath: folder.resolvingSymlinksInPath().path)
    return (all?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".wf") }.sorted()
  }

  private static func text(_ path: String, in folder: URL) throws -> String {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8)
  }
}
