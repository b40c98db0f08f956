import Glibc
import Synchronization
import TransitionSystem

/// What executes the steps.
public enum EngineChoice: String, Sendable, CaseIterable {
  /// The machine first; compiled C as soon as the run has lasted a while and the compiler is done.
  case auto
  /// The machine only.
  case vm
  /// Compiled C from the first state on, if there is a compiler.
  case native
}

/// What became of the native tier, for `--verbose`.
public enum NativeStatus: Sendable, Hashable {
  /// Not wanted, or the run was over before it would have paid.
  case unused
  case compiling
  case ready(fromCache: Bool, seconds: Double)
  /// One plain sentence without its period.
  case unavailable(String)
}

/// The native module of one system on its way: made in the background, asked for by the workers.
///
/// Threads: `poll` from any; `waitForModule` and `finish` from the owner.
final class NativeTier: Sendable {
  private let system: TransitionSystem
  private let settings: NativeSettings
  private let startTime: UInt64
  /// Written with release after the state below, read with acquire before it.
  private let phase: Atomic<Int>
  /// Relaxed: the flag publishes no other data.
  private let isCancelled = Atomic<Bool>(false)
  private let state = Mutex(State())

  private struct State {
    var module: NativeModule?
    var status = NativeStatus.unused
    var thread: pthread_t?
  }

  private enum Phase { static let (idle, started, over) = (0, 1, 2) }

  /// Compiling a run that is over sooner does not pay.
  static let delay: UInt64 = 300_000_000

  /// `waits`: for the module, where there is to be one before the first state.
  init(
    _ system: TransitionSystem, _ choice: EngineChoice, _ settings: NativeSettings,
    waits: Bool = true
  ) {
    self.system = system
    self.settings = settings
    startTime = monotonicNanoseconds()
    phase = Atomic(choice == .vm ? Phase.over : Phase.idle)
    if choice == .native { start() }
    if choice == .native && waits { join() }
  }

  deinit { finish() }

  /// The tier that a search begins with; nil where only the machine is wanted.
  static func wanted(
    by options: SearchOptions, _ system: TransitionSystem, waits: Bool = true
  ) -> NativeTier? {
    options.engine == .vm
      ? nil : NativeTier(system, options.engine, .fromEnvironment(), waits: waits)
  }

  /// The module, if it is ready; starts the compiler when the run has lasted long enough.
  func poll() -> NativeModule? {
    switch phase.load(ordering: .acquiring) {
    case Phase.idle:
      if monotonicNanoseconds() - startTime >= Self.delay { start() }
      return nil
    case Phase.started: return nil
    default: return state.withLock { $0.module }
    }
  }

  /// Starts the compiler at once, and returns when it is done.
  func waitForModule() {
    start()
    join()
  }

  /// Stops a compiler that is still at work. The module stays with those who hold it.
  func finish() {
    isCancelled.store(true, ordering: .relaxed)
    join()
  }

  var status: NativeStatus { state.withLock { $0.status } }

  private func join() {
    let thread = state.withLock { state in
      defer { state.thread = nil }
      return state.thread
    }
    if let thread { pthread_join(thread, nil) }
  }

  private func start() {
    state.withLock { state in
      // Under the lock, so that `join` sees the thread. The lock orders the rest.
      guard phase.load(ordering: .relaxed) == Phase.idle else { return }
      phase.store(Phase.started, ordering: .relaxed)
      state.status = .compiling
      // Safety: the thread does not outlive the tier, which joins it before it goes.
      let me = Unmanaged.passUnretained(self).toOpaque()
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      defer { pthread_attr_destroy(&attributes) }
      // Programs are trees, and the generator recurses.
      pthread_attr_setstacksize(&attributes, 64 << 20)
      var thread = pthread_t()
      let code = pthread_create(
        &thread, &attributes,
        { argument in
          guard let argument else { return nil }
          Unmanaged<NativeTier>.fromOpaque(argument).takeUnretainedValue().make()
          return nil
        }, me)
      if code == 0 {
        state.thread = thread
      } else {
        state.status = .unavailable("no thread for the compiler could be started")
        phase.store(Phase.over, ordering: .releasing)
      }
    }
  }

  private func make() {
    let begin = monotonicNanoseconds()
    let made = Result { () throws(NativeUnavailable) in
      try NativeCompiler.module(for: system, settings) {
        isCancelled.load(ordering: .relaxed)
      }
    }
    let seconds = Double(monotonicNanoseconds() - begin) / 1e9
    state.withLock { state in
      switch made {
      case .success(let (module, fromCache)):
        state.module = module
        state.status = .ready(fromCache: fromCache, seconds: seconds)
      case .failure(let error): state.status = .unavailable(error.reason)
      }
    }
    phase.store(Phase.over, ordering: .releasing)
  }
}
