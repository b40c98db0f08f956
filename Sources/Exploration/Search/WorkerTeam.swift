import CPrefetch
import Glibc
import Synchronization

/// Dedicated threads that execute one task after the other, each of them all together.
///
/// The calling thread is worker 0, so a team of one has no threads and costs nothing. A search has
/// hundreds of levels of less than a millisecond, and on a virtual machine a thread that sleeps is
/// back after a tenth of that. So who waits looks for a while before it sleeps, and as long as
/// nobody sleeps nobody takes the mutex or calls the system.
///
/// Nobody sleeps for ever: a worker counts itself among the sleepers before it looks at the epoch
/// once more, the owner writes the epoch before it looks at their number, and these four are
/// sequentially consistent, so one of them sees what the other did. The same goes for the owner,
/// who sleeps until nobody runs.
///
/// Linux puts a thread that is new on the processor that does least, and one that wakes mostly
/// where it was last: virtual machines may even let two share a processor while another one idles,
/// for some milliseconds or for the whole search. So threads start with the first task for them,
/// when the others that a search begins with are through.
///
/// Threads: `run` by the owner only.
public final class WorkerTeam: @unchecked Sendable {
  public typealias Task = @Sendable (_ worker: Int) -> Void

  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let done = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var threads: [pthread_t] = []
  /// Threads that are yet to start.
  private var missing: Int
  // Written by the owner while nobody runs; the epoch publishes both.
  private var task: Task?
  private var isEnding = false
  /// Tasks so far. What was written before it is seen by who read it.
  private let epoch = Atomic<Int>(0)
  /// Workers in the task. What they wrote is seen by the owner who reads 0.
  private let running = Atomic<Int>(0)
  // Changed under the mutex, so that who wakes others does not come before they sleep.
  private let sleepers = Atomic<Int>(0)
  private let ownerSleeps = Atomic<Bool>(false)

  /// Nanoseconds of looking before sleep.
  private static let patience: UInt64 = 200_000
  private static let stackBytes = 16 << 20

  /// Workers, the calling one among them; perhaps fewer once they have started.
  public var count: Int { threads.count + missing + 1 }

  /// Starts `count - 1` threads, fewer if the system refuses: with the first task, or at once where
  /// it matters how many there are.
  public init(count: Int, startsAtOnce: Bool = false) {
    missing = max(0, count - 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(wake, nil)
    pthread_cond_init(done, nil)
    if startsAtOnce { startMissing() }
  }

  private func startMissing() {
    while missing > 0, let thread = start(threads.count + 1) {
      threads.append(thread)
      missing -= 1
    }
    missing = 0
  }

  private final class Birth {
    let team: WorkerTeam
    let worker: Int
    init(team: WorkerTeam, worker: Int) {
      self.team = team
      self.worker = worker
    }
  }

  private func start(_ worker: Int) -> pthread_t? {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, WorkerTeam.stackBytes)
    // Safety: the new thread takes the reference over; if there is none, it is released here.
    let birth = Unmanaged.passRetained(Birth(team: self, worker: worker))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, &attributes,
      { argument in
        guard let argument else { return nil }
        let birth = Unmanaged<Birth>.fromOpaque(argument).takeRetainedValue()
        birth.team.serve(birth.worker)
        return nil
      }, birth.toOpaque())
    if code != 0 {
      birth.release()
      return nil
    }
    return thread
  }

  private func serve(_ worker: Int) {
    var served = 0
    while true {
      Self.look { epoch.load(ordering: .acquiring) != served }
      if epoch.load(ordering: .acquiring) == served { sleep(after: served) }
      served += 1
      if isEnding { return }
      execute(worker)
      let left = running.subtract(1, ordering: .sequentiallyConsistent).newValue
      if left == 0 && ownerSleeps.load(ordering: .sequentiallyConsistent) { signal(done) }
    }
  }

  /// Sleeps until there is another task.
  private func sleep(after served: Int) {
    pthread_mutex_lock(mutex)
    sleepers.add(1, ordering: .sequentiallyConsistent)
    while epoch.load(ordering: .sequentiallyConsistent) == served {
      pthread_cond_wait(wake, mutex)
    }
    sleepers.subtract(1, ordering: .relaxed)
    pthread_mutex_unlock(mutex)
  }

  /// Wakes who sleeps on a condition.
  private func signal(_ condition: UnsafeMutablePointer<pthread_cond_t>) {
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }

  /// Executes the task, whose last reference must not be one of a worker: not inlined, so that it
  /// is gone when this returns.
  @inline(never)
  private func execute(_ worker: Int) { task?(worker) }

  /// Executes `task` once on every worker and returns when all are through.
  public func run(_ task: @escaping Task) {
    if missing > 0 { startMissing() }
    if threads.isEmpty {
      task(0)
      return
    }
    self.task = task
    // Relaxed: the epoch publishes it.
    running.store(threads.count, ordering: .relaxed)
    beginEpoch()
    task(0)
    Self.look { running.load(ordering: .acquiring) == 0 }
    if running.load(ordering: .acquiring) != 0 { sleepUntilDone() }
    self.task = nil
  }

  private func beginEpoch() {
    epoch.add(1, ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { signal(wake) }
  }

  private func sleepUntilDone() {
    pthread_mutex_lock(mutex)
    ownerSleeps.store(true, ordering: .sequentiallyConsistent)
    while running.load(ordering: .sequentiallyConsistent) != 0 { pthread_cond_wait(done, mutex) }
    ownerSleeps.store(false, ordering: .relaxed)
    pthread_mutex_unlock(mutex)
  }

  /// Waits a little for a condition.
  private static func look(_ isTrue: () -> Bool) {
    // A look at the clock takes as long as some pauses.
    let begin = monotonicNanoseconds()
    repeat {
      for _ in 0..<16 {
        if isTrue() { return }
        cpause()
      }
    } while monotonicNanoseconds() - begin < patience
  }

  /// Ends the threads. Requires: called once, as the last thing.
  public func end() {
    isEnding = true
    beginEpoch()
    for thread in threads { pthread_join(thread, nil) }
    threads = []
  }

  deinit {
    pthread_cond_destroy(wake)
    pthread_cond_destroy(done)
    pthread_mutex_destroy(mutex)
    wake.deallocate()
    done.deallocate()
    mutex.deallocate()
  }
}
