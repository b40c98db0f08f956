import Exploration
import Reduction

/// How one reduced search of a spec is done: everything that must not matter, drawn by a seed.
struct TrialWay: CustomStringConvertible {
  var strategy = SearchStrategy.breadthFirst
  var partialOrder = true
  var stubborn = StubbornChoice.closure
  /// Whether the families that are symmetric are.
  var symmetry = false
  var store = StoreChoice.exact
  var engine = EngineChoice.vm
  var workers = 1
  /// Of a first part in full.
  var fullStatesMax: Int?
  var isChecked = false

  init() {}

  /// Each kind of reduction in its turn, and with it what is drawn.
  ///
  /// Compiled C is drawn rarely: it takes a tenth of a second of a C compiler.
  init(number: Int, seed: UInt64) {
    var random = SplitMix(seed: seed &* 8 &+ UInt64(number))
    func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
    switch number % 4 {
    case 0: stubborn = .closure
    case 1: stubborn = .deletion
    case 2: strategy = .depthFirst
    default: (symmetry, partialOrder) = (true, below(2) == 0)
    }
    if strategy == .depthFirst || symmetry { stubborn = below(2) == 0 ? .closure : .deletion }
    if symmetry && !partialOrder { store = [.exact, .compact, .exact][below(3)] }
    if strategy == .breadthFirst { workers = [1, 1, 2, 3][below(4)] }
    if below(3) == 0 { fullStatesMax = [1, 10, 100][below(3)] }
    isChecked = partialOrder && below(8) == 0
    if below(400) == 0 { engine = .native }
  }

  var description: String {
    let search = strategy == .breadthFirst ? "bfs" : "dfs"
    let por = partialOrder ? " por by \(stubborn.rawValue)" : ""
    let first = fullStatesMax.map { " after \($0) in full" } ?? ""
    return "\(search)\(por)\(symmetry ? " symmetry" : "") \(store.rawValue) \(engine.rawValue) "
      + "\(workers) workers\(first)\(isChecked ? " checked" : "")"
  }

  /// Puts it into the options of a search.
  func apply(to options: inout SearchOptions, families: [Range<Int>]) {
    options.strategy = strategy
    options.partialOrder = partialOrder
    options.stubborn = stubborn
    options.symmetricFamilies = symmetry ? families : []
    options.store = store
    options.engine = engine
    options.workers = workers
    options.fullStatesMax = fullStatesMax
    options.checksStubbornSets = isChecked
  }
}
