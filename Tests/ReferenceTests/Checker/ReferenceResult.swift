/// What a plain search of the whole reachable set finds.
///
/// All depths are the lengths of shortest paths from an initial state; a failing step at the end
/// is not counted.
struct ReferenceResult {
  enum Ending { case exhausted, depthBound, stateLimit, channelLimit, workLimit }
  var ending = Ending.exhausted
  var states = 0
  /// Without failing steps.
  var transitions = 0
  /// Of the deepest state.
  var depth = 0
  var deadlocks = 0
  var deadlock: Int?
  var orphan: Int?
  var assertion: Int?
  /// Of steps and initial values; those of properties are below.
  var evaluation: Int?
  /// By name: the least depth of a violation, or of a witness for `can`.
  var properties: [String: Int] = [:]
  /// By name: the least depth at which the property itself fails to evaluate.
  var propertyFailures: [String: Int] = [:]
  /// Names of what happened, for statistics.
  var features: Set<String> = []
}
