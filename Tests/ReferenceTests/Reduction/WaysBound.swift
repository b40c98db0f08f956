import TransitionSystem

/// A bound on the ways through one execution of a program: random specs with a step of millions of
/// ways would fill the memory with the successors of one state.
enum WaysBound {
  /// The most ways through the initial program or through an action, roughly; at most 1e18.
  static func most(_ system: TransitionSystem) -> Double {
    system.actions.map { ways($0.body) }.reduce(ways(system.initial), max)
  }

  private static func ways(_ statements: [ProgramStatement]) -> Double {
    statements.reduce(1) { min($0 * ways($1), 1e18) }
  }

  private static func ways(_ statement: ProgramStatement) -> Double {
    switch statement {
    case .choose(_, .range(.constant(let lower), .constant(let upper)), _):
      max(1, Double(upper) - Double(lower) + 1)
    case .choose: 64
    case .sendOrDrop: 2
    case .if(_, let yes, else: let no): max(ways(yes), ways(no))
    case .switch(_, let cases, default: let other):
      cases.map { ways($0.body) }.reduce(ways(other), max)
    case .forRange(_, _, _, let body), .forBits(_, _, let body), .while(_, let body, _):
      repeated(ways(body))
    default: 1
    }
  }

  /// Loops of random specs go round a few times.
  private static func repeated(_ ways: Double) -> Double {
    min(ways * ways * ways * ways, 1e18)
  }
}
