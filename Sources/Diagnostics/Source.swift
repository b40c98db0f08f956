/// Index of a source file in a `SourceSet`.
public struct FileID: Hashable, Sendable {
  public let index: Int
  public init(_ index: Int) { self.index = index }
}

/// A half-open range of UTF-8 bytes `start ..< end` in one source file.
public struct Span: Hashable, Sendable {
  public let file: FileID
  public let start: Int
  public let end: Int

  public init(file: FileID, start: Int, end: Int) {
    self.file = file
    self.start = start
    self.end = end
  }

  /// The smallest span that covers both; Requires: same file.
  public func union(_ other: Span) -> Span {
    Span(file: file, start: min(start, other.start), end: max(end, other.end))
  }

  /// Whether the other lies inside.
  public func contains(_ other: Span) -> Bool {
    file == other.file && start <= other.start && other.end <= end
  }
}

/// One source text, as it was read.
public struct SourceFile: Sendable {
  /// The path as the user wrote it; `<stdin>` for standard input.
  public let name: String
  public let text: [UInt8]
  /// Byte offset of the first byte of each line.
  public let lineStarts: [Int]

  public init(name: String, text: [UInt8]) {
    self.name = name
    self.text = text
    var starts = [0]
    for (offset, byte) in text.enumerated() where byte == 0x0A { starts.append(offset + 1) }
    lineStarts = starts
  }
}

/// A place for people: line and column count from 1, columns in characters.
public struct SourceLocation: Hashable, Sendable {
  public let file: String
  public let line: Int
  public let column: Int
}

/// The source files of one run; spans refer to them.
public struct SourceSet: Sendable {
  public private(set) var files: [SourceFile] = []

  public init() {}

  public mutating func add(_ file: SourceFile) -> FileID {
    files.append(file)
    return FileID(files.count - 1)
  }

  public func text(of span: Span) -> String {
    let bytes = files[span.file.index].text
    let start = min(max(span.start, 0), bytes.count)
    return String(decoding: bytes[start..<min(max(span.end, start), bytes.count)], as: UTF8.self)
  }

  /// Zero-based index of the line that holds a byte offset.
  public func line(at offset: Int, in file: FileID) -> Int {
    let starts = files[file.index].lineStarts
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The text of a line without its line end.
  public func lineText(_ line: Int, in file: FileID) -> String {
    let source = files[file.index]
    let start = source.lineStarts[line]
    var end = line + 1 < source.lineStarts.count ? source.lineStarts[line + 1] : source.text.count
    while end > start, source.text[end - 1] == 0x0A || source.text[end - 1] == 0x0D { end -= 1 }
    return String(decoding: source.text[start..<end], as: UTF8.self)
  }

  public func location(of span: Span) -> SourceLocation {
    let line = line(at: span.start, in: span.file)
    let source = files[span.file.index]
    let start = source.lineStarts[line]
    let upTo = min(max(span.start, start), source.text.count)
    let column = String(decoding: source.text[start..<upTo], as: UTF8.self).count + 1
    return SourceLocation(file: source.name, line: line + 1, column: column)
  }
}
