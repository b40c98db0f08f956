/// What a batch of random specs was like, for people.
struct Statistics: Sendable {
  var refused = 0
  var tooLarge = 0
  var bounded = 0
  var sizes: [Int] = []
  var features: [String: Int] = [:]

  var compared: Int { sizes.count }

  mutating func add(_ result: ReferenceResult) {
    sizes.append(result.states)
    if result.ending == .depthBound { bounded += 1 }
    var seen = result.features
    if result.deadlock != nil { seen.insert("deadlock") }
    if result.orphan != nil { seen.insert("orphan") }
    if result.assertion != nil { seen.insert("assertion") }
    if result.evaluation != nil { seen.insert("evaluation in a step") }
    if !result.propertyFailures.isEmpty { seen.insert("evaluation in a property") }
    if !result.properties.isEmpty { seen.insert("property found") }
    for feature in seen { features[feature, default: 0] += 1 }
  }

  mutating func add(_ other: Statistics) {
    refused += other.refused
    tooLarge += other.tooLarge
    bounded += other.bounded
    sizes += other.sizes
    features.merge(other.features, uniquingKeysWith: +)
  }

  var text: String {
    let sorted = sizes.sorted()
    let deciles = sorted.isEmpty ? [] : (0...10).map { sorted[(sorted.count - 1) * $0 / 10] }
    let counts = features.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    return """
      \(compared) specs compared (\(bounded) up to a depth), \(refused) refused, \
      \(tooLarge) too large
      states, deciles: \(deciles.map(String.init).joined(separator: " "))
      specs with: \(counts.joined(separator: ", "))

      """
  }
}
