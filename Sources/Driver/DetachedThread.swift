import Glibc

/// Runs `body` on a thread of its own that nobody joins; where the system refuses one, not at all.
func startDetachedThread(_ body: @escaping @Sendable () -> Void) {
  let argument = Unmanaged.passRetained(ThreadBody(body)).toOpaque()
  var thread = pthread_t()
  let failed = pthread_create(
    &thread, nil,
    { argument in
      // Safety: one retained reference was passed for this thread to take over.
      if let argument { Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run() }
      return nil
    }, argument)
  if failed == 0 {
    pthread_detach(thread)
  } else {
    Unmanaged<ThreadBody>.fromOpaque(argument).release()
  }
}

/// A closure behind an address that C can pass on.
private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
