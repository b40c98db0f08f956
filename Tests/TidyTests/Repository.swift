import Foundation

/// A text file of this repository, by its path from the root.
struct TextFile: Sendable {
  let path: String
  let text: String
  /// Of Swift sources, what is left without comments and literals; else empty.
  let code: String

  init(path: String, text: String) {
    self.path = path
    self.text = text
    code = path.hasSuffix(".swift") ? CodeView.text(of: text) : ""
  }

  var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// `merge-gate` of `specs/agents/merge-gate.wf`; up to the first point.
  var stem: String { String(name.prefix { $0 != "." }) }
  var name: String { String(path.split(separator: "/").last ?? "") }
  var folder: String { path.split(separator: "/").dropLast().joined(separator: "/") }

  /// `Report` of `Sources/Report/XMLText.swift`.
  var target: String? {
    let parts = path.split(separator: "/")
    return parts.count > 2 && ["Sources", "Tests"].contains(parts[0]) ? String(parts[1]) : nil
  }
}

/// The files of the working tree that the rules read.
enum Repository {
  static let root = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Below some folders, with one of the extensions; nothing that a build made.
  static func files(below folders: [String], _ extensions: Set<String>) -> [TextFile] {
    folders.flatMap { paths(below: $0) }
      .filter { extensions.contains(URL(filePath: $0).pathExtension) }
      .compactMap(file)
  }

  static func file(_ path: String) -> TextFile? {
    guard let data = try? Data(contentsOf: root.appending(path: path)) else { return nil }
    return TextFile(path: path, text: String(decoding: data, as: UTF8.self))
  }

  /// Every file below a folder, sorted.
  static func paths(below folder: String) -> [String] {
    let url = root.appending(path: folder)
    let all = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []
    return all.filter { path in
      var isFolder: ObjCBool = false
      let isHidden = path.split(separator: "/").contains { $0.hasPrefix(".") }
      return !isHidden
        && FileManager.default.fileExists(
          atPath: url.appending(path: path).path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }.map { "\(folder)/\($0)" }.sorted()
  }

  static let swift = files(below: ["Sources", "Tests"], ["swift"])
}
