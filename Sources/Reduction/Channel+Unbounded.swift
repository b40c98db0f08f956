import TransitionSystem

extension Channel {
  /// Whether it can become too full in meaning, which is a finding; a full representation of one
  /// with a capacity only asks for more room.
  public var isUnbounded: Bool { grows && capacity == nil }
}
