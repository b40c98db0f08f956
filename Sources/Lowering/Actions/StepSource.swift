import Diagnostics
import Semantics
import TransitionSystem

/// A step that an agent can take, whichever message triggers it and whatever goes wrong in it.
struct StepSource {
  let agent: Int
  /// "Coder starts"; for receipts, "Reviewer receives Patch".
  let label: String
  let kind: ActionKind
  let rule: RuleID
  let fairness: Fairness
  let span: Span
  let lifecycle: Set<LifecycleState>
  let point: RunPlan.Point?
  let conditions: [TypedExpression]
  let pattern: TypedMessagePattern?
  /// Emits what the step does once its message, if any, has matched and left its channel.
  let effect: (CodeLowering) -> Void
}

/// The steps of one agent, in the order of its rules.
struct StepSources {
  let plan: Plan
  let tables: Tables
  let identity: Int
  private let declaration: AgentDeclaration
  private let declarationIndex: Int
  private let name: String

  init(_ plan: Plan, _ tables: Tables, _ identity: Int) {
    self.plan = plan
    self.tables = tables
    self.identity = identity
    declarationIndex = plan.spec.declaration(ofAgent: identity).index
    declaration = plan.spec.agents[declarationIndex]
    name = plan.spec.name(ofAgent: identity)
  }

  var all: [StepSource] {
    declaration.rules.enumerated().flatMap { index, rule in sources(rule, index) }
  }

  private func sources(_ rule: Rule, _ index: Int) -> [StepSource] {
    let body = rule.body
    switch rule.kind {
    case .start:
      return [
        source(
          "\(name) starts", .start, self.rule(index, "on start", rule.span), .weak, rule.span,
          lifecycle: [.starting]
        ) {
          $0.become(identity, .live)
          $0.lower(body)
        }
      ]
    case .recover:
      return [
        source(
          "\(name) runs on recover", .onRecover,
          self.rule(index, "on recover", rule.span, isOptional: true), .weak, rule.span,
          lifecycle: [.recovering, .recoveringStarting]
        ) {
          $0.endRecovery(identity)
          $0.lower(body)
        }
      ]
    case .message(let pattern):
      return [
        source(
          "\(name) receives \(messageName(pattern))", .handler,
          self.rule(index, "on \(text(pattern))", rule.span), .strong, rule.span,
          pattern: pattern
        ) { $0.lower(body) }
      ]
    case .step(let step, let when, let unfair):
      return [
        source(
          "\(name) step \(step)", .step, self.rule(index, "step \(step)", rule.span),
          unfair ? .none : .weak, rule.span, conditions: when.map(\.conjuncts) ?? []
        ) { $0.lower(body) }
      ]
    case .run:
      guard let run = plan.run(of: identity) else { return [] }
      return run.points.flatMap { segments($0, run, index, rule.span) }
    }
  }

  private func source(
    _ label: String, _ kind: ActionKind, _ rule: RuleID, _ fairness: Fairness, _ span: Span,
    lifecycle: Set<LifecycleState> = [.live], point: RunPlan.Point? = nil,
    conditions: [TypedExpression] = [], pattern: TypedMessagePattern? = nil,
    effect: @escaping (CodeLowering) -> Void
  ) -> StepSource {
    StepSource(
      agent: identity, label: label, kind: kind, rule: rule,
      fairness: declaration.isEnvironment ? .none : fairness, span: span, lifecycle: lifecycle,
      point: point, conditions: conditions, pattern: pattern, effect: effect)
  }

  private func rule(
    _ index: Int, _ text: String, _ span: Span, path: [Int] = [], isOptional: Bool = false
  ) -> RuleID {
    tables.rule(
      Tables.RuleKey(declaration: declarationIndex, rule: index, path: path),
      RuleInfo(
        name: "\(declaration.name): \(text)", span: span,
        isOptional: isOptional || declaration.isEnvironment))
  }

  private func messageName(_ pattern: TypedMessagePattern) -> String {
    plan.spec.messages[pattern.message.index].name
  }

  /// `Patch(r)`, `Vote(_, …)`.
  private func text(_ pattern: TypedMessagePattern) -> String {
    let fields = pattern.fields.map { field -> String in
      switch field {
      case .any: return "_"
      case .bind(let local): return plan.spec.locals[local.index].name
      case .equal(let value): return value.constantText(plan.types) ?? "…"
      }
    }
    return "\(messageName(pattern))(\(fields.joined(separator: ", ")))"
  }
}

/// The steps of a `run`: one for each way to go on from each point.
extension StepSources {
  private func segments(
    _ point: RunPlan.Point, _ run: RunPlan, _ index: Int, _ span: Span
  ) -> [StepSource] {
    switch point {
    case .begin:
      let rule = rule(index, "run", span, path: [-1])
      return [
        source("\(name) begins its run", .segment, rule, .weak, span, point: point) {
          $0.enter(point)
          $0.beginRun()
        }
      ]
    case .resume(let path):
      let rule = rule(index, "resume at checkpoint", span, path: path + [-2], isOptional: true)
      return [
        source("\(name) resumes at its checkpoint", .segment, rule, .weak, span, point: point) {
          $0.enter(point)
          $0.continueRun(behind: path)
        }
      ]
    case .blocking(let path):
      guard let statement = run.statement(path) else { return [] }
      return alternatives(statement, path, at: point, index)
    case .end: return []
    }
  }

  /// The ways to go on at a blocking statement.
  private func alternatives(
    _ statement: TypedStatement, _ path: [Int], at point: RunPlan.Point, _ index: Int
  ) -> [StepSource] {
    let span = statement.span
    switch statement.kind {
    case .receive(let cases, let timeout, _, _):
      let receipts = cases.enumerated().map { number, alternative in
        segment(
          "receives \(messageName(alternative.pattern))",
          rule(
            index, "receive \(text(alternative.pattern))", alternative.pattern.span,
            path: path + [number]),
          alternative.pattern.span, point, block: alternative.body, path + [number],
          pattern: alternative.pattern)
      }
      guard let timeout else { return receipts }
      return receipts + [
        segment(
          "times out", rule(index, "timeout", span, path: path + [cases.count]), span, point,
          block: timeout, path + [cases.count])
      ]
    case .await(let condition):
      return [
        segment(
          "passes its await", rule(index, "await", span, path: path + [0]), span, point, block: [],
          path + [0], conditions: condition.conjuncts)
      ]
    case .either(let branches):
      return branches.enumerated().flatMap { number, branch in
        enter(branch, path + [number], at: point, index, span)
      }
    default:
      return [
        segment(
          "goes on", rule(index, "yield", span, path: path + [0]), span, point, block: [],
          path + [0])
      ]
    }
  }

  /// A branch of `either`: by the step of its first statement where that blocks.
  private func enter(
    _ branch: [TypedStatement], _ path: [Int], at point: RunPlan.Point, _ index: Int, _ span: Span
  ) -> [StepSource] {
    if let first = branch.first {
      if first.kind.isBlocking { return alternatives(first, path + [0], at: point, index) }
      if case .loop(let body) = first.kind {
        return enter(body, path + [0, 0], at: point, index, first.span)
      }
    }
    let number = (path.last ?? 0) + 1
    return [
      segment(
        "takes branch \(number)", rule(index, "either, branch \(number)", span, path: path),
        branch.first?.span ?? span, point, block: branch, path)
    ]
  }

  /// A step into an inner block of a statement and on from there.
  private func segment(
    _ label: String, _ rule: RuleID, _ span: Span, _ point: RunPlan.Point,
    block: [TypedStatement], _ path: [Int], conditions: [TypedExpression] = [],
    pattern: TypedMessagePattern? = nil
  ) -> StepSource {
    source(
      "\(name) \(label)", .segment, rule, pattern == nil ? .weak : .strong, span, point: point,
      conditions: conditions, pattern: pattern
    ) {
      if $0.lower(block, path: path) { $0.continueBlock(path) }
    }
  }
}

extension TypedExpression {
  /// The operands of `and` at the top, left to right.
  var conjuncts: [TypedExpression] {
    if case .connective(.and, let left, let right) = kind {
      return left.conjuncts + right.conjuncts
    }
    return [self]
  }

  /// The text of a literal.
  func constantText(_ types: TypeTable) -> String? {
    let cell: Int64
    switch kind {
    case .boolean(let value): cell = value ? 1 : 0
    case .integer(let value): cell = value
    case .enumerationCase(let index): cell = Int64(index)
    case .agent(let identity): cell = Int64(identity)
    case .none: return "none"
    case .some(let value), .convert(let value): return value.constantText(types)
    default: return nil
    }
    return types.info(type).shape.text([cell], agents: types.agents)
  }
}
