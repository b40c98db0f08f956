/// Where the levels lie in the visited set, and the present level cut into chunks of work.
///
/// Price: 8 bytes a level and worker; no state carries its depth or a link to its parent.
struct LevelTable: Sendable {
  let workers: Int
  /// First place of each worker in each level, level after level; the last row is the end.
  private var starts: [Int]
  /// Of the level that is cut, by worker.
  private var ranges: [Range<Int>] = []
  /// States of its chunks.
  private var chunkSize = 1
  /// States after which a worker says how far it is.
  private(set) var reportSize = 1

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

  /// Cuts a level for `team` workers: several chunks for each, so that they end together.
  mutating func cut(_ level: Int, team: Int) {
    ranges = (0..<workers).map { range(level: level, worker: $0) }
    let size = size(level)
    reportSize = min(LevelTable.chunkMax, max(16, size / (team * 8)))
    chunkSize = team == 1 ? reportSize : min(reportSize, max(16, size / (team * 32)))
  }

  /// The states of a chunk of what a worker found in the level that is cut; nil behind the last.
  func chunk(_ number: Int, of worker: Int) -> Range<Int>? {
    let range = ranges[worker]
    let from = range.lowerBound + number * chunkSize
    return from < range.upperBound ? from..<min(from + chunkSize, range.upperBound) : nil
  }
}
