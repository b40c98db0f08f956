import Testing

@testable import Exploration

/// The table of recent keys against a dictionary.
@Suite struct RecentKeysTests {
  @Test func agreesWithADictionary() {
    let recent = RecentKeys()
    var model: [Int: Key] = [:]
    var random = RandomSource(seed: 5, stream: 1)
    for round in 0..<200_000 {
      let place = random.below(RecentKeys.count)
      let key = Key(
        first: UInt64(place + RecentKeys.count * random.below(2)),
        second: UInt64(random.below(2)))
      let isNew = recent.entries.renew(key)
      #expect(isNew == (model[place] == key ? 0 : 1))
      model[place] = key
      if round % 50_000 == 49_999 {
        recent.removeAll()
        model = [:]
      }
    }
  }

  /// Not even of a key whose words are those of an entry that was never written.
  @Test func knowsNothingAtFirst() {
    let recent = RecentKeys()
    for first in 0..<2 * RecentKeys.count {
      #expect(recent.entries.renew(Key(first: UInt64(first), second: 0)) == 1)
    }
    let states = RecentStates()
    for hash in 0..<UInt64(2 * RecentKeys.count) {
      #expect(states.entries.entry(hash).first != hash)
    }
  }

  /// States of a batch that a full table refused are no recent ones when they come again.
  @Test func refusedStatesAreNotKnown() {
    let plan = StorePlan(wordCount: 1, workers: 1, budget: MemoryBudget(limit: 3 << 20))
    guard let store = KeyStore<KeyTable>(plan) else {
      Issue.record("no memory")
      return
    }
    var writer = KeyWriter(worker: 0)
    var batch = InsertionBatch()
    var (stored, refusals) = (0, 0)
    for first in stride(from: UInt64(0), to: 400_000, by: 100) where refusals < 3 {
      let states = Array(first..<first + 100)
      let hashes = states.map { word in StateHash.mix(0, word) }
      for _ in 0..<2 where refusals < 3 {
        let (consumed, outcome) = store.insert(
          states, hashes: hashes, count: 100, writer: &writer, batch: &batch)
        stored += batch.freshCount
        if outcome == .done { continue }
        refusals += 1
        // The one that was refused is refused again, and not taken for known.
        let (again, _) = store.insert(
          Array(states[consumed...]), hashes: Array(hashes[consumed...]), count: 100 - consumed,
          writer: &writer, batch: &batch)
        #expect(again == 0)
        #expect(batch.freshCount == 0)
      }
    }
    #expect(refusals == 3)
    #expect(store.count == stored)
  }
}
