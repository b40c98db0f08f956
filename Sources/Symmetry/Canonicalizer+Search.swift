/// Ties between members.
///
/// Of the members of the first tie each in turn gets a colour of its own, and the colours are
/// refined again, until all differ: a leaf. The tree of these choices for a permuted state is the
/// permuted tree, so that the least image over all leaves is the same for the whole orbit.
/// Where swapping two members leaves the state as it is, only one of them is tried, and a tie
/// of members that can all be swapped is left as it stands: the leaves behind are the same. So
/// the usual tie, of members that are alike, costs a few images; the worst case is all orders,
/// and behind `leavesMax` leaves the least so far is taken. That is an image of the state too,
/// so that nothing is lost but the reduction.
extension Canonicalizer {
  func descend(_ colors: [UInt64]) {
    let order = plan.familyMembers.map { family in
      family.sorted { (colors[$0], $0) < (colors[$1], $1) }
    }
    guard let tie = firstTie(order, colors) else { return visitLeaf(order) }
    var tried: [Int] = []
    for member in tie {
      if leaves > leavesMax { return }
      if tried.contains(where: { isUnchanged(swapping: $0, member) }) { continue }
      tried.append(member)
      var refined = colors
      refined[member] = mix(refined[member] ^ 0x2545_F491_4F6C_DD1D)
      refine(&refined)
      descend(refined)
    }
  }

  /// The first members of equal colour that cannot all be swapped.
  private func firstTie(_ order: [[Int]], _ colors: [UInt64]) -> [Int]? {
    for family in order {
      var start = 0
      while start < family.count {
        var end = start + 1
        while end < family.count, colors[family[end]] == colors[family[start]] { end += 1 }
        let isTie = (start + 1..<end).contains {
          !isUnchanged(swapping: family[$0 - 1], family[$0])
        }
        if isTie { return Array(family[start..<end]) }
        start = end
      }
    }
    return nil
  }

  private func isUnchanged(swapping a: Int, _ b: Int) -> Bool {
    for member in 0..<plan.memberCount { permutation[member] = member }
    permutation[a] = b
    permutation[b] = a
    permute()
    return (0..<plan.cells.count).allSatisfy { image[$0] == fields[$0] }
  }

  private func visitLeaf(_ order: [[Int]]) {
    leaves += 1
    for (family, members) in zip(plan.familyMembers, order) {
      for (place, member) in members.enumerated() {
        permutation[member] = family.lowerBound + place
      }
    }
    permute()
    pack()
    if leaves > 1, !isLess(words, best) { return }
    best.update(from: words, count: plan.wordCount)
    for member in 0..<plan.memberCount { lastPermutation[member] = permutation[member] }
  }

  private func isLess(_ a: UnsafePointer<UInt64>, _ b: UnsafePointer<UInt64>) -> Bool {
    for word in 0..<plan.wordCount where a[word] != b[word] { return a[word] < b[word] }
    return false
  }
}
