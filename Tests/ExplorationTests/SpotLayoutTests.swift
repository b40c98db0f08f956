import Testing

@testable import Exploration
@testable import Reduction

/// Where spots lie in rows, kind after kind, against what rows need of it.
@Suite struct SpotLayoutTests {
  @Test(arguments: [1, 2, 16]) func kindsLieInWordsOfTheirOwn(_ wordsMax: Int) {
    var shared = 0
    for seed in 0..<200 as Range<UInt64> {
      var random = RandomSource(seed: seed, stream: 0)
      let groupCount = 1 + random.below(9)
      var layout = SpotLayout(groupCount: groupCount, wordsMax: wordsMax)
      var sizes = [[Int]](repeating: [], count: groupCount)
      for _ in 0..<random.below(60) {
        let group = random.below(groupCount)
        let size = random.below(8) == 0 ? [0, 64][random.below(2)] : random.below(6)
        let (number, before) = (layout.form.number, places(layout, sizes))
        layout.addKind(of: size, to: group)
        let hasMoved = places(layout, sizes) != before
        #expect(!hasMoved || layout.form.number > number, "seed \(seed)")
        sizes[group].append(size)
        check(layout, sizes, wordsMax, seed)
      }
      shared += layout.form.kindsShareBits ? 1 : 0
    }
    #expect(wordsMax == 16 || shared > 50)
    #expect(wordsMax == 1 || shared < 200)
  }

  private func places(_ layout: SpotLayout, _ sizes: [[Int]]) -> [[Int]] {
    sizes.indices.map { group in
      sizes[group].indices.map { layout.firstBit(of: $0, in: group) }
    }
  }

  private func check(
    _ layout: SpotLayout, _ sizes: [[Int]], _ wordsMax: Int, _ seed: UInt64
  ) {
    let form = layout.form
    #expect(form.kindsShareBits || form.wordCount <= wordsMax, "seed \(seed)")
    #expect(form.wordCount <= max(wordsMax, sizes.count), "seed \(seed)")
    #expect(layout.groupOfBit.count == 64 * form.wordCount, "seed \(seed)")
    var end = 0
    for (group, kinds) in sizes.enumerated() {
      var taken: Set<Int> = []
      for (kind, size) in kinds.enumerated() {
        let first = layout.firstBit(of: kind, in: group)
        #expect(first < 64 * form.wordCount, "seed \(seed): behind the last word")
        if size == 0 { continue }
        let bits = first..<first + size
        #expect(bits.lowerBound >> 6 == (bits.upperBound - 1) >> 6, "seed \(seed): two words")
        #expect(bits.upperBound <= 64 * form.wordCount, "seed \(seed): behind the last word")
        #expect(bits.lowerBound >= end, "seed \(seed): not in the order of groups")
        #expect(bits.allSatisfy { layout.groupOfBit[$0] == Int32(group) }, "seed \(seed)")
        #expect(layout.bits(of: group).contains(bits.lowerBound), "seed \(seed)")
        if !form.kindsShareBits { #expect(taken.isDisjoint(with: bits), "seed \(seed)") }
        taken.formUnion(bits)
      }
      end = layout.bits(of: group).upperBound
    }
  }
}
