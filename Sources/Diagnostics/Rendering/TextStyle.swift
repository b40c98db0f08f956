/// The terminal colours of a rendered diagnostic, or none.
struct TextStyle {
  enum Role { case error, warning, gutter, strong }
  let color: Bool

  /// The text in the colour of its role.
  func callAsFunction(_ role: Role, _ text: String) -> String {
    guard color, !text.isEmpty else { return text }
    return "\u{1B}[\(code(role))m\(text)\u{1B}[0m"
  }

  private func code(_ role: Role) -> String {
    switch role {
    case .error: "1;31"
    case .warning: "1;33"
    case .gutter: "1;34"
    case .strong: "1"
    }
  }
}
