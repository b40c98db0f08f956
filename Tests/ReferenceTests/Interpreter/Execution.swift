import Diagnostics
import Semantics

/// Why an execution ends before its end.
enum Interruption: Error {
  /// No value to choose, no room in a channel, a guard that does not hold: not enabled.
  case blocked
  case failed(FailureKind, Span)

  static func evaluation(_ span: Span) -> Interruption { .failed(.evaluation, span) }
}

/// One execution of one atomic step: a state that changes, and a way through its choices.
final class Execution {
  let interpreter: Interpreter
  var state: State
  /// Whose rule it is; nil in monitors and properties.
  var agent: Int?
  var sender: Int?
  /// By `LocalID.index`.
  var locals: [Value?]
  /// The values chosen so far.
  private(set) var chosen: [Value] = []
  /// The places of those that were drawn.
  private(set) var drawn: Set<Int> = []
  /// Where the agent crashes inside this step: what becomes of its messages.
  var crashInside: CrashInside?
  /// Iterations of `while` and `loop` so far.
  var iterations = 0
  /// Whether nothing but faults is enabled, for properties.
  var isQuiescent: () -> Bool = { preconditionFailure("quiescent outside of a property") }
  /// Index of the value to take at each choice, and how many there were; beyond it the first.
  fileprivate var way: [(index: Int, count: Int)]
  private var wayPosition = 0

  init(_ interpreter: Interpreter, _ state: State, agent: Int?) {
    self.interpreter = interpreter
    self.state = state
    self.agent = agent
    locals = Array(repeating: nil, count: interpreter.spec.locals.count)
    way = []
  }

  var spec: TypedSpec { interpreter.spec }
  var domain: Domain { interpreter.domain }

  /// Takes one of the values; other executions take the others.
  func choose(among values: [Value], isDraw: Bool = false) throws(Interruption) -> Value {
    if values.isEmpty { throw .blocked }
    if isDraw { drawn.insert(chosen.count) }
    let value = values[branch(values.count)]
    chosen.append(value)
    return value
  }

  /// Goes one of several ways that the step has no name for.
  func branch(_ count: Int) -> Int {
    if wayPosition == way.count { way.append((0, count)) }
    wayPosition += 1
    return way[wayPosition - 1].index
  }
}

/// The messages of a step inside which its agent crashes.
struct CrashInside {
  /// Those that enter the network.
  var sent: [Message: Int] = [:]
  /// Those that would have entered.
  var dropped: [Message: Int] = [:]
}

/// A way through the choices of a step.
struct Attempt {
  /// As it stands at the end, or at the failure.
  let execution: Execution
  /// Nil if the step completes.
  let failure: (kind: FailureKind, span: Span)?
}

extension Interpreter {
  /// Every way through the choices of a step that completes or fails.
  func attempts(
    from state: State, agent: Int?, _ step: (Execution) throws(Interruption) -> Void
  ) -> [Attempt] {
    var attempts: [Attempt] = []
    var way: [(index: Int, count: Int)] = []
    repeat {
      executions += 1
      let execution = Execution(self, state, agent: agent)
      execution.way = way
      do throws(Interruption) {
        try step(execution)
        attempts.append(Attempt(execution: execution, failure: nil))
      } catch {
        if case .failed(let kind, let span) = error {
          attempts.append(Attempt(execution: execution, failure: (kind, span)))
        }
      }
      way = execution.way
      while let last = way.last, last.index + 1 == last.count { way.removeLast() }
      if !way.isEmpty { way[way.count - 1].index += 1 }
    } while !way.isEmpty && executions <= executionsMax
    return attempts
  }
}
