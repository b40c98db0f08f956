/// What preserves fair executions; tests leave parts of it out.
public struct ExecutionConditions: Sendable {
  public var omitted: Set<ExecutionCondition>
  public init(omitting omitted: Set<ExecutionCondition> = []) { self.omitted = omitted }
}
