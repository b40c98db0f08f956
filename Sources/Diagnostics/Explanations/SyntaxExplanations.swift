/// Codes 02xx: what the parser reports.
let syntaxExplanations: [Explanation] =
  (expectedExplanations + foreignExplanations + missingExplanations + structureExplanations)
  .sorted { $0.code.number < $1.code.number }
