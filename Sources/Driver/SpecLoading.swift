import Diagnostics
import Glibc
import Syntax

/// A spec and what it imports, parsed.
struct LoadedSpec {
  /// As the user wrote it; `<stdin>` for `-`.
  let name: String
  /// The main file first, then the imported ones, each once.
  let files: [FileSyntax]
  let diagnostics: [Diagnostic]
}

/// Reads and parses specs with their imports.
struct SpecLoader {
  var sources = SourceSet()

  /// The spec at a path; nil where it cannot be read, with the reason.
  mutating func load(_ path: String) -> Result<LoadedSpec, FileError> {
    let text: [UInt8]
    switch readFile(path) {
    case .failure(let error): return .failure(error)
    case .success(let bytes): text = bytes
    }
    let name = path == "-" ? "<stdin>" : path
    var diagnostics: [Diagnostic] = []
    var seen: Set<String> = [canonicalPath(path)]
    var files: [FileSyntax] = []
    var pending = [parsed(name, text, &diagnostics)]
    while !pending.isEmpty {
      let file = pending.removeFirst()
      files.append(file)
      for declaration in file.declarations {
        guard case .import(let target) = declaration.kind else { continue }
        let resolved = resolve(target, relativeTo: sources.files[file.file.index].name)
        guard seen.insert(canonicalPath(resolved)).inserted else { continue }
        switch readFile(resolved) {
        case .success(let text): pending.append(parsed(resolved, text, &diagnostics))
        case .failure(let error):
          diagnostics.append(.unreadableImport(target, error.words, at: declaration.span))
        }
      }
    }
    return .success(LoadedSpec(name: name, files: files, diagnostics: diagnostics))
  }

  /// A file with nothing but the property `name: valence of …`.
  mutating func property(
    _ name: String, of decision: String, _ diagnostics: inout [Diagnostic]
  ) -> FileSyntax {
    let text = "property decision: valence of \(decision)"
    let file = parsed("<\(name)>", Array(text.utf8), &diagnostics)
    let declarations = file.declarations.map { declaration in
      // No spec can have a property of that name.
      guard case .valenceProperty(let given, let value) = declaration.kind else {
        return declaration
      }
      return Declaration(
        .valenceProperty(Name(name, given.span), value), documentation: nil,
        span: declaration.span)
    }
    return FileSyntax(
      file: file.file, workflow: nil, documentation: nil, declarations: declarations)
  }

  private mutating func parsed(
    _ name: String, _ text: [UInt8], _ diagnostics: inout [Diagnostic]
  ) -> FileSyntax {
    let id = sources.add(SourceFile(name: name, text: text))
    let (file, found) = parse(id, in: sources)
    diagnostics += found
    return file
  }

  private func resolve(_ target: String, relativeTo importer: String) -> String {
    if target.hasPrefix("/") || importer == "<stdin>" { return target }
    guard let slash = importer.lastIndex(of: "/") else { return target }
    return importer[...slash] + target
  }
}

extension Diagnostic {
  static func unreadableImport(_ path: String, _ why: String, at span: Span) -> Diagnostic {
    Diagnostic(
      690, "The imported file `\(path)` cannot be read", at: Label(span, why),
      notes: ["the path of an import is relative to the file that it stands in"])
  }
}
