import Testing
import TransitionSystem

private let agents = ["Ann", "Bob[0]", "Bob[1]"].map {
  AgentInfo(name: $0, family: $0, isEnvironment: false)
}
private let vote = Shape.enumeration(name: "Vote", cases: ["yes", "no"])
private let bid = Shape.record(
  name: "Bid", fields: [("round", .integer(lower: 1, upper: 3)), ("vote", vote)])

@Test(
  arguments: [
    (Shape.bool, [1], "true"), (.integer(lower: -2, upper: 2), [-2], "-2"),
    (.optional(.integer(lower: 0, upper: 3)), [-1], "none"),
    (.optional(.integer(lower: 0, upper: 3)), [2], "2"), (bid, [1, 0], "Bid(round: 1, vote: yes)"),
    (.optional(bid), [0, 1, 0], "none"), (.optional(bid), [1, 3, 1], "Bid(round: 3, vote: no)"),
    (.set(.integer(lower: 1, upper: 70)), [3, 1], "{1, 2, 65}"),
    (.set(.agent(first: 1, count: 2)), [2], "{Bob[1]}"),
    (.sequence(vote, capacity: 3), [2, 1, 0, 0], "[no, yes]"),
    (.map(key: .agent(first: 0, count: 2), value: .bool), [0, 1], "{Ann: false, Bob[0]: true}"),
  ] as [(Shape, [Int64], String)])
func cellsReadAsTheSpecWritesThem(_ shape: Shape, _ cells: [Int64], _ text: String) {
  #expect(shape.text(cells, agents: agents) == text)
}

@Test(arguments: [
  bid, .optional(bid), .set(bid), .sequence(bid, capacity: 2), .map(key: vote, value: bid),
  .optional(.set(vote)), .record(name: "Pair", fields: [("a", .optional(.bool)), ("b", bid)]),
])
func ranksCountThroughAllValues(_ shape: Shape) throws {
  let count = try #require(shape.cardinality)
  let values = (0..<count).map { shape.cells(ofRank: Int64($0)) }
  #expect(Set(values).count == count)
  #expect(values.allSatisfy { $0.count == shape.cellCount })
}

@Test func sequencesAreOrderedByLengthFirst() {
  let shape = Shape.sequence(vote, capacity: 2)
  let texts = (0..<7).map { shape.text(ofRank: $0, agents: []) }
  #expect(texts == ["[]", "[yes]", "[no]", "[yes, yes]", "[yes, no]", "[no, yes]", "[no, no]"])
}
