extension Diagnostic {
  /// An error; the form with a severity is for warnings.
  public init(
    _ code: Int, _ title: String, at primary: Label? = nil, secondary: [Label] = [],
    notes: [String] = [], help: [String] = [], fix: Fix? = nil
  ) {
    self.init(
      code, .error, title, at: primary, secondary: secondary, notes: notes, help: help, fix: fix)
  }
}
