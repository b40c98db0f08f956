/// Where the levels lie in the visited set, and the present level cut into chunks of work.
///
/// Price: 8 bytes a level and worker; no state carries its depth or a link to its parent.
struct LevelTable: Sendable {
  let workers: Int
  /// First place of each worker in each level, level after level; the last row is the end.
  private var starts: [Int]
  /// Of the level that is cut, by worker.
  private var ranges: [Range<Int>] = []
  /// Chunks of each range.
  private var chunksEach = 0

  /// States of a chunk where a level has enough of them.
  private static let chunkMax = 1024

  init(workers: Int) {
    self.workers = workers
    starts = Array(repeating: 0, count: workers)
  }

  /// Complete levels.
  var count: Int { starts.count / workers - 1 }

  /// Ends the level under way, where the workers hold `counts` states.
  mutating func close(counts: [Int]) {
    precondition(counts.count == workers)
    starts += counts
  }

  /// The places of a worker in a level.
  func range(level: Int, worker: Int) -> Range<Int> {
    starts[level * workers + worker]..<starts[(level + 1) * workers + worker]
  }

  /// The first place of a worker in a level.
  func start(of level: Int, worker: Int) -> Int { starts[level * workers + worker] }

  /// States of all levels before one.
  func statesBefore(_ level: Int) -> Int {
    (0..<workers).reduce(0) { $0 + start(of: level, worker: $1) }
  }

  /// States of a level.
  func size(_ level: Int) -> Int {
    (0..<workers).reduce(0) { $0 + range(level: level, worker: $1).count }
  }

  /// Where the first levels begin if states are numbered level by level, and where they end.
  func firstStates(_ levelCount: Int) -> [Int] { (0...levelCount).map { statesBefore($0) } }

  /// Cuts a level for `team` workers: at least some chunks for each, so that they end together.
  ///
  /// All ranges are cut into equally many, which take turns: each worker has what it found in about
  /// one order, and so states that are near each other in the graph are expanded one shortly after
  /// the other, and what they lead to lies near in memory. Where one range came after the other,
  /// each level was a shuffle of the one before: a walk through two million states took 1.6 times
  /// as long.
  mutating func cut(_ level: Int, team: Int) {
    ranges = (0..<workers).map { range(level: level, worker: $0) }
    let size = min(LevelTable.chunkMax, max(16, size(level) / (team * 8)))
    let most = ranges.reduce(0) { max($0, $1.count) }
    chunksEach = (most + size - 1) / size
  }

  /// The states of a chunk of the level that is cut, of which there may be none; nil behind the
  /// last chunk.
  func chunk(_ number: Int) -> (worker: Int, places: Range<Int>)? {
    let (place, worker) = number.quotientAndRemainder(dividingBy: workers)
    if place >= chunksEach { return nil }
    let range = ranges[worker]
    let from = range.lowerBound + range.count * place / chunksEach
    return (worker, from..<range.lowerBound + range.count * (place + 1) / chunksEach)
  }
}
