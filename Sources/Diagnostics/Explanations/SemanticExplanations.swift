/// Codes 03xx to 08xx: what name lookup, typing and the other rules of the language report.
let semanticExplanations: [Explanation] =
  namesExplanations + typesExplanations + valuesExplanations + readingExplanations
  + actingExplanations + checksExplanations + lintsExplanations + unsupportedExplanations
