/// A tour as one page: no scripts, nothing to load; questions open to what follows them.
public struct TourPage: Sendable {
  private let title: String
  private var body = ""
  private var isOpen = false

  public init(title: String) { self.title = title }

  public mutating func add(text: String) {
    close()
    body += "<p>\(escaped(text))</p>\n"
  }

  /// What follows, up to the next text, is hidden until the reader has guessed.
  public mutating func add(question: String) {
    close()
    body += "<details><summary>\(escaped(question))</summary>\n"
    isOpen = true
  }

  public mutating func add(output: String) { body += "<pre>\(escaped(output))</pre>\n" }

  public mutating func add(_ report: ValenceReport) {
    body += bars(report) + ring(report) + "<pre>\(escaped(report.text))</pre>\n"
  }

  public var html: String {
    """
    <!DOCTYPE html>
    <html lang="en" xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/>
    <title>\(escaped(title))</title><style>
    body { max-width: 50em; margin: 2em auto; padding: 0 1em; font: 17px/1.5 sans-serif; }
    pre { overflow-x: auto; background: #f4f4f0; padding: 1em; font-size: 13px; line-height: 1.35; }
    summary { font-weight: bold; cursor: pointer; } svg { max-width: 100%; display: block; }
    </style></head><body><h1>\(escaped(title))</h1>
    \(body)\(isOpen ? "</details>\n" : "")</body></html>

    """
  }

  private mutating func close() {
    if isOpen { body += "</details>\n" }
    isOpen = false
  }

  private func escaped(_ text: String) -> String { XMLText.escaped(text, inAttribute: false) }

  /// How many states leave which decisions open.
  private func bars(_ report: ValenceReport) -> String {
    let height = 30 * report.counts.count
    var svg = "<svg viewBox=\"0 0 600 \(height)\" width=\"600\" height=\"\(height)\" role=\"img\">"
    for (row, count) in report.counts.enumerated() {
      let width = max(1, 340 * count.states / max(1, report.states))
      let top = 30 * row
      svg += "<rect x=\"150\" y=\"\(top + 4)\" width=\"\(width)\" height=\"20\" fill=\"#4a7fb5\"/>"
      svg += "<text x=\"140\" y=\"\(top + 20)\" text-anchor=\"end\" font-size=\"14\">"
      svg += "\(escaped(count.values))</text><text x=\"\(width + 158)\" y=\"\(top + 20)\" "
      svg += "font-size=\"14\">\(counted(count.states, "state"))</text>"
    }
    return svg + "</svg>\n"
  }

  /// The run that never decides: the way in above, the steps that come round again below.
  private func ring(_ report: ValenceReport) -> String {
    guard case .stem(let stem, let cycle) = report.undecided else { return "" }
    let rows = stem.count + cycle.count
    let height = 28 * rows + 20
    let first = 28 * stem.count + 20
    let last = 28 * (rows - 1) + 20
    var svg = "<svg viewBox=\"0 0 600 \(height)\" width=\"600\" height=\"\(height)\" role=\"img\">"
    for (row, step) in (stem + cycle).enumerated() {
      let color = row < stem.count ? "#999999" : "#c0562b"
      svg += "<circle cx=\"70\" cy=\"\(28 * row + 20)\" r=\"7\" fill=\"\(color)\"/>"
      svg += "<text x=\"90\" y=\"\(28 * row + 25)\" font-size=\"14\">\(escaped(step))</text>"
    }
    svg += "<path d=\"M 62 \(last) C 10 \(last), 10 \(first), 62 \(first)\" fill=\"none\" "
    return svg + "stroke=\"#c0562b\" stroke-width=\"2\"/></svg>\n"
  }
}
