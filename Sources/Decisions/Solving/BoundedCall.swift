import CZ3

/// A call into libz3 that may never return.
///
/// Threads: `body` runs on one of its own; what it refers to lives for as long as it runs.
final class BoundedCall {
  private let shared: SolverContext
  private let body: () -> Void

  init(_ shared: SolverContext, _ body: @escaping () -> Void) {
    self.shared = shared
    self.body = body
  }

  /// Requires: nobody else uses the context, and after an abandoned call nobody ever does.
  func run(in context: cz3_context, milliseconds: UInt32) -> cz3_end {
    var call = cz3_call(
      body: { $0.map { BoundedCall.at($0).body() } },
      is_stopped: { $0.map { BoundedCall.at($0).shared.isInterrupted } ?? false },
      release: { $0.map { Unmanaged<BoundedCall>.fromOpaque($0).release() } },
      argument: Unmanaged.passRetained(self).toOpaque(),
      context: context, milliseconds: milliseconds)
    return cz3_run(&call)
  }

  // Safety: `run` retains what it passes, and `release` comes last.
  private static func at(_ argument: UnsafeMutableRawPointer) -> BoundedCall {
    Unmanaged<BoundedCall>.fromOpaque(argument).takeUnretainedValue()
  }
}
