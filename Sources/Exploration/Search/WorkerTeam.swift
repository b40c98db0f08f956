import CPrefetch
import Glibc
import Synchronization

/// Dedicated threads that execute one task after the other, each of them all together.
///
/// The calling thread is worker 0, so a team of one has no threads and costs nothing. Who waits
/// looks for some ten microseconds before it sleeps: a search has hundreds of levels, and to be
/// woken takes longer than many of them.
/// Threads: `run` by the owner only.
public final class WorkerTeam: @unchecked Sendable {
  public typealias Task = @Sendable (_ worker: Int) -> Void

  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let done = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var threads: [pthread_t] = []
  // Guarded by the mutex, which also orders what the owner wrote before `run` and what the workers
  // wrote in the task.
  private var task: Task?
  private var epoch = 0
  private var running = 0
  private var isEnding = false
  // Copies of `epoch` and `running` for those who look before they sleep. Relaxed: hints.
  private let epochSeen = Atomic<Int>(0)
  private let runningSeen = Atomic<Int>(0)

  /// Looks before sleep; a pause takes up to 140 cycles.
  private static let looks = 1 << 10
  private static let stackBytes = 16 << 20

  /// Threads that start; at least the calling one.
  public var count: Int { threads.count + 1 }

  /// Starts `count - 1` threads; fewer if the system refuses.
  public init(count: Int) {
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(wake, nil)
    pthread_cond_init(done, nil)
    for worker in stride(from: 1, to: count, by: 1) {
      guard let thread = start(worker) else { break }
      threads.append(thread)
    }
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
      Self.look { epochSeen.load(ordering: .relaxed) != served }
      pthread_mutex_lock(mutex)
      while epoch == served && !isEnding { pthread_cond_wait(wake, mutex) }
      let isEnding = isEnding
      served = epoch
      pthread_mutex_unlock(mutex)
      if isEnding { return }
      execute(worker)
      pthread_mutex_lock(mutex)
      running -= 1
      runningSeen.store(running, ordering: .relaxed)
      if running == 0 { pthread_cond_signal(done) }
      pthread_mutex_unlock(mutex)
    }
  }

  /// Executes the task, whose last reference must not be one of a worker: not inlined, so that it
  /// is gone when this returns.
  @inline(never)
  private func execute(_ worker: Int) {
    pthread_mutex_lock(mutex)
    let task = task
    pthread_mutex_unlock(mutex)
    task?(worker)
  }

  /// Executes `task` once on every worker and returns when all are through.
  public func run(_ task: @escaping Task) {
    if threads.isEmpty {
      task(0)
      return
    }
    pthread_mutex_lock(mutex)
    self.task = task
    running = threads.count
    epoch += 1
    runningSeen.store(running, ordering: .relaxed)
    epochSeen.store(epoch, ordering: .relaxed)
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(mutex)
    task(0)
    Self.look { runningSeen.load(ordering: .relaxed) == 0 }
    pthread_mutex_lock(mutex)
    while running > 0 { pthread_cond_wait(done, mutex) }
    self.task = nil
    pthread_mutex_unlock(mutex)
  }

  /// Waits a little for a condition.
  private static func look(_ isTrue: () -> Bool) {
    for _ in 0..<looks where !isTrue() { cpause() }
  }

  /// Ends the threads. Requires: called once, as the last thing.
  public func end() {
    pthread_mutex_lock(mutex)
    isEnding = true
    pthread_cond_broadcast(wake)
    pthread_mutex_unlock(mutex)
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
