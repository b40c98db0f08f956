/// Makes the text of a spec smaller while it stays interesting.
///
/// Works on lines: a line that ends in `{` opens a block, one that begins with `}` closes it, as
/// the random specs are written and as is usual.
struct Shrinker {
  /// Whether a text still shows what is wanted; ill-formed ones do not.
  let isInteresting: (String) -> Bool
  /// Texts to try before giving up.
  var trialsMax = 3_000

  func shrink(_ text: String) -> String {
    var lines = text.split(separator: "\n").map(String.init)
    var trials = 0
    var changed = true
    while changed && trials < trialsMax {
      changed = false
      for candidates in [removals, unwrappings, simplifications] {
        var start = 0
        while trials < trialsMax {
          guard let (found, index) = firstInteresting(candidates(lines), from: start, &trials)
          else {
            break
          }
          lines = found
          start = index
          changed = true
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func firstInteresting(
    _ candidates: [[String]], from start: Int, _ trials: inout Int
  ) -> (lines: [String], index: Int)? {
    for index in candidates.indices.dropFirst(start) {
      trials += 1
      if trials > trialsMax { return nil }
      if isInteresting(candidates[index].joined(separator: "\n") + "\n") {
        return (candidates[index], index)
      }
    }
    return nil
  }

  /// Without one block (largest first) or line.
  private func removals(_ lines: [String]) -> [[String]] {
    ranges(lines).sorted { $0.count > $1.count }.map { range in
      Array(lines[..<range.lowerBound] + lines[range.upperBound...])
    }
  }

  /// With the inside of a block in place of the block.
  private func unwrappings(_ lines: [String]) -> [[String]] {
    ranges(lines).filter { $0.count > 1 }.map { range in
      let inside = lines[(range.lowerBound + 1)..<(range.upperBound - 1)]
      return Array(lines[..<range.lowerBound] + inside + lines[range.upperBound...])
    }
  }

  /// With a shorter expression somewhere.
  private func simplifications(_ lines: [String]) -> [[String]] {
    lines.indices.flatMap { index in
      shorter(lines[index]).map { line in
        var result = lines
        result[index] = line
        return result
      }
    }
  }

  /// Every line, and every block from its opening to its closing line; the parts of `if … else`
  /// and `either … or` are blocks, too.
  private func ranges(_ lines: [String]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var open: [Int] = []
    for (index, line) in lines.enumerated() {
      let text = line.drop { $0 == " " }
      if text.hasPrefix("}"), let start = open.popLast() {
        ranges.append(start..<(text.hasSuffix("{") ? index : index + 1))
      }
      if text.hasSuffix("{") {
        open.append(index)
      } else if !text.hasPrefix("}") {
        ranges.append(index..<index + 1)
      }
    }
    return ranges
  }
}
