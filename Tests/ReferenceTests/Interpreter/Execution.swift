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
  /// Messages that entered the network, in order.
  var entered: [Message] = []
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
  func choose(among values: [Value]) throws(Interruption) -> Value {
    if values.isEmpty { throw .blocked }
    if wayPosition == way.count { way.append((0, values.count)) }
    let value = values[way[wayPosition].index]
    wayPosition += 1
    chosen.append(value)
    return value
  }
}

/// A way through the choices of a step.
struct Attempt {
  enum Outcome {
    case completed(Execution)
    case failed(FailureKind, Span)
  }
  let choices: [Value]
  let outcome: Outcome
}

extension Interpreter {
  /// Every way through the choices of a step that completes or fails.
  func attempts(
    from state: State, agent: Int?, _ step: (Execution) throws(Interruption) -> Void
  ) -> [Attempt] {
    var attempts: [Attempt] = []
    var way: [(index: Int, count: Int)] = []
    repeat {
      let execution = Execution(self, state, agent: agent)
      execution.way = way
      do throws(Interruption) {
        try step(execution)
        attempts.append(Attempt(choices: execution.chosen, outcome: .completed(execution)))
      } catch {
        if case .failed(let kind, let span) = error {
          attempts.append(Attempt(choices: execution.chosen, outcome: .failed(kind, span)))
        }
      }
      way = execution.way
      while let last = way.last, last.index + 1 == last.count { way.removeLast() }
      if !way.isEmpty { way[way.count - 1].index += 1 }
    } while !way.isEmpty
    return attempts
  }
}
