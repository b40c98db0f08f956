import Diagnostics

/// The local names in force, innermost block last.
struct Scope {
  enum Binding {
    /// The type is nil where an error was reported about it.
    case local(LocalID?, Type?, isAssignable: Bool)
    /// A quantifier's binder that is spelled out over a formula.
    case constant(TypedExpression)
  }

  struct Entry {
    let binding: Binding
    let span: Span
  }

  private var blocks: [[String: Entry]] = [[:]]

  mutating func enter() { blocks.append([:]) }

  mutating func leave() { blocks.removeLast() }

  mutating func bind(_ name: String, _ binding: Binding, at span: Span) {
    blocks[blocks.count - 1][name] = Entry(binding: binding, span: span)
  }

  subscript(name: String) -> Entry? {
    for block in blocks.reversed() {
      if let entry = block[name] { return entry }
    }
    return nil
  }

  /// The entry of the innermost block alone.
  func inBlock(_ name: String) -> Entry? { blocks.last?[name] }

  var names: [String] { blocks.flatMap { $0.keys.sorted() } }
}
