import Glibc
import Synchronization

/// Work that passes from busy workers to idle ones, and the end of it.
///
/// A worker that has nothing left waits here. Busy ones look at `isWanted`, one relaxed load, and
/// give part of what they have. Where all wait at once there is no work left anywhere.
///
/// Source: handing work to idle processors for depth-first search is of Rao and Kumar, Parallel
/// depth first search, International Journal of Parallel Programming 1987.
///
/// Threads: `give`, `take`, `pause` and `isWanted` by all workers; `resume` while none is at work.
final class WorkPool: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let workers: Int
  // Guarded by the mutex, which also orders the states that the entries name.
  private var shares: [[UInt64]] = []
  private var waiting = 0
  private var isPaused = false
  /// Workers that wait and have no share to come. Relaxed: a hint, decided under the mutex.
  private let wanted = Atomic<Int>(0)

  init(workers: Int) {
    self.workers = workers
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// Whether somebody waits for work.
  @inline(__always)
  var isWanted: Bool { wanted.load(ordering: .relaxed) > 0 }

  /// Puts work in.
  func give(_ share: [UInt64]) {
    pthread_mutex_lock(mutex)
    shares.append(share)
    noteWanted()
    pthread_cond_signal(changed)
    pthread_mutex_unlock(mutex)
  }

  /// Waits for work; nil where all wait, or must pause.
  func take() -> [UInt64]? {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    waiting += 1
    noteWanted()
    while shares.isEmpty && !isPaused && waiting < workers { pthread_cond_wait(changed, mutex) }
    if !isPaused, let share = shares.popLast() {
      waiting -= 1
      noteWanted()
      return share
    }
    // Who leaves still counts as waiting, so that the others see the end as well.
    pthread_cond_broadcast(changed)
    return nil
  }

  /// Sends away who waits; shares stay for later.
  func pause() {
    pthread_mutex_lock(mutex)
    isPaused = true
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
  }

  /// Begins, or goes on behind a pause.
  func resume() {
    pthread_mutex_lock(mutex)
    isPaused = false
    waiting = 0
    noteWanted()
    pthread_mutex_unlock(mutex)
  }

  private func noteWanted() {
    wanted.store(waiting - shares.count, ordering: .relaxed)
  }
}
