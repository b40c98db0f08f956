/// Pieces of a page: text as it must stand in HTML that is also XML, and figures with their words.
enum PageText {
  static func escaped(_ text: String) -> String { XMLText.escaped(text, inAttribute: false) }

  static func attribute(_ text: String) -> String { XMLText.escaped(text, inAttribute: true) }

  /// A drawing with a caption below; `description` is what a reader who does not see it is told.
  static func figure(
    _ body: String, width: Int, height: Int, title: String, description: String, id: String
  ) -> String {
    """
    <figure><div class="scroll"><svg viewBox="0 0 \(width) \(height)" width="\(width)" \
    height="\(height)" role="img" aria-labelledby="\(id)-title \(id)-text">
    <title id="\(id)-title">\(escaped(title))</title>
    <desc id="\(id)-text">\(escaped(description))</desc>
    \(body)</svg></div><figcaption>\(escaped(title))</figcaption></figure>

    """
  }

  static func text(
    _ text: String, x: Int, y: Int, anchor: String = "start", kind: String = ""
  ) -> String {
    let style = kind.isEmpty ? "" : " class=\"\(kind)\""
    return "<text x=\"\(x)\" y=\"\(y)\" text-anchor=\"\(anchor)\"\(style)>\(escaped(text))</text>\n"
  }

  /// The colours of sets of decisions, by index: the values that some state has one by one, then
  /// what is bivalent, then no decision. The number is that of a class `fill-N`.
  static func palette(_ counts: [(values: String, states: Int)]) -> [String] {
    var single = 0
    return counts.map { count in
      if count.values == ValenceReport.noDecision { return "fill-none" }
      if count.values.contains(",") { return "fill-both" }
      single += 1
      return "fill-\((single - 1) % 4)"
    }
  }

  /// What fits into a node: `0`, `0 1`, nothing.
  static func short(_ values: String) -> String {
    values == ValenceReport.noDecision
      ? "–" : values.filter { $0 != "{" && $0 != "}" && $0 != "," }
  }
}

extension PageText {
  /// The arrow heads that a drawing's lines end in.
  static func arrowHeads(_ id: String) -> String {
    """
    <defs><marker id="\(id)-head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" \
    markerHeight="8" orient="auto"><path d="M 0 1 L 10 5 L 0 9 z" class="head"/></marker>
    <marker id="\(id)-message" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" \
    markerHeight="8" orient="auto"><path d="M 0 1 L 10 5 L 0 9 z" class="message-head"/></marker>
    <marker id="\(id)-thick" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="5" \
    markerHeight="5" orient="auto"><path d="M 0 0 L 10 5 L 0 10 z" class="thick-head"/></marker>
    </defs>

    """
  }
}
