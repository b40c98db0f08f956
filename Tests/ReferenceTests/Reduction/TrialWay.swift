import Exploration
import Reduction

/// How one reduced search of a spec is done: everything that must not matter.
struct TrialWay: Hashable, CustomStringConvertible {
  var strategy = SearchStrategy.breadthFirst
  /// Nil without partial-order reduction.
  var stubborn: StubbornChoice?
  /// Whether the families that are symmetric are.
  var symmetry = false
  var clearsDead = false
  var slices = false
  var store = StoreChoice.exact
  var engine = EngineChoice.vm
  // What is drawn beside the combination.
  var workers = 1
  /// Of a first part in full.
  var fullStatesMax: Int?
  var isChecked = false

  /// Every combination of reductions, search and store that is accepted.
  static let combinations: [TrialWay] = {
    var all: [TrialWay] = []
    let choices = [nil] + StubbornChoice.allCases.map(Optional.some)
    for strategy in [SearchStrategy.breadthFirst, .depthFirst] {
      for (stubborn, store) in choices.flatMap({ choice in
        StoreChoice.allCases.map { (choice, $0) }
      }) {
        for bits in 0..<8 {
          let way = TrialWay(
            strategy: strategy, stubborn: stubborn, symmetry: bits & 1 > 0,
            clearsDead: bits & 2 > 0, slices: bits & 4 > 0, store: store)
          if way.isAccepted { all.append(way) }
        }
      }
    }
    return all
  }()

  /// The others are refused by name (`CommandTests.ReductionTests`).
  private var isAccepted: Bool {
    if strategy == .depthFirst { return store == .exact }
    return stubborn == nil || store.knowsLevels
  }

  /// The combinations in turn, and with each what a seed draws. Compiled C comes seldom: it takes a
  /// tenth of a second of a C compiler.
  static func drawn(_ number: UInt64, from combinations: [TrialWay], seed: UInt64) -> TrialWay {
    var random = SplitMix(seed: seed &* 8 &+ number)
    func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    var way = combinations[Int((seed &* 4 &+ number) % UInt64(combinations.count))]
    if way.strategy == .breadthFirst { way.workers = [1, 1, 2, 3][below(4)] }
    if below(3) == 0 { way.fullStatesMax = [1, 10, 100][below(3)] }
    way.isChecked = way.stubborn != nil && below(8) == 0
    if below(400) == 0 { way.engine = .native }
    return way
  }

  /// What of it must be met in every run.
  var combination: TrialWay {
    var kind = self
    (kind.workers, kind.fullStatesMax, kind.isChecked) = (1, nil, false)
    return kind
  }

  var description: String {
    var words = [strategy == .breadthFirst ? "bfs" : "dfs"]
    if let stubborn { words.append("por by \(stubborn.rawValue)") }
    if symmetry { words.append("symmetry") }
    if clearsDead { words.append("dead") }
    if slices { words.append("slice") }
    words += [store.rawValue, engine.rawValue, "\(workers) workers"]
    if let fullStatesMax { words.append("after \(fullStatesMax) in full") }
    if isChecked { words.append("checked") }
    return words.joined(separator: " ")
  }

  /// Puts it into the options of a search.
  func apply(to options: inout SearchOptions, families: [Range<Int>]) {
    options.strategy = strategy
    options.partialOrder = stubborn != nil
    options.stubborn = stubborn ?? .auto
    options.symmetricFamilies = symmetry ? families : []
    options.clearsDead = clearsDead
    options.slices = slices
    options.store = store
    options.engine = engine
    options.workers = workers
    options.fullStatesMax = fullStatesMax
    options.checksStubbornSets = isChecked
  }
}
