import TransitionSystem

/// What is known of the registers of a program.
///
/// By number: they are few and small, and an array of them is copied and dropped at once where
/// blocks begin and end.
struct KnownRegisters {
  private var values: [ProgramExpression?] = []

  /// What a register stands for; nil where that is not known.
  subscript(register: Int) -> ProgramExpression? {
    get { register < values.count ? values[register] : nil }
    set {
      if register < values.count {
        values[register] = newValue
      } else if let newValue {
        values += repeatElement(nil, count: register - values.count)
        values.append(newValue)
      }
    }
  }
}
