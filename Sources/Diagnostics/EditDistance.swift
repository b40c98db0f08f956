/// The candidate nearest to a misspelt name, nil when none is near enough to be meant.
///
/// Near enough is a third of the length of the longer name (at least one edit), where an edit
/// inserts, deletes or replaces a character, swaps two neighbours, or changes case at half price.
/// Of equally near candidates the first one wins.
/// Source: Damerau 1964; the restricted variant, which never edits a swapped pair again.
public func closest(to name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.unicodeScalars)
  var best: (name: String, cost: Int)?
  for candidate in candidates where candidate != name {
    let scalars = Array(candidate.unicodeScalars)
    let length = max(wanted.count, scalars.count)
    guard length <= suggestionLengthMax else { continue }
    let limit = max(2, 2 * length / 3)
    guard 2 * abs(wanted.count - scalars.count) <= limit else { continue }
    let cost = editCost(wanted, scalars)
    guard cost <= limit, cost < (best?.cost ?? .max), cost < 2 * length else { continue }
    best = (candidate, cost)
  }
  return best?.name
}

/// Longer names are never suggested: the table would grow with the square of the length.
private let suggestionLengthMax = 200

/// Twice the number of edits that turn one text into the other; a change of case costs one.
private func editCost(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
  var rowBefore = [Int](repeating: 0, count: b.count + 1)
  var row = (0...b.count).map { 2 * $0 }
  for i in 0..<a.count {
    var next = [Int](repeating: 2 * (i + 1), count: b.count + 1)
    for j in 0..<b.count {
      let replaced = row[j] + replacementCost(a[i], b[j])
      next[j + 1] = min(replaced, row[j + 1] + 2, next[j] + 2)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j], a[i] != b[j] {
        next[j + 1] = min(next[j + 1], rowBefore[j - 1] + 2)
      }
    }
    rowBefore = row
    row = next
  }
  return row[b.count]
}

private func replacementCost(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Int {
  if a == b { return 0 }
  return a.properties.lowercaseMapping == b.properties.lowercaseMapping ? 1 : 2
}
