/// SMT-LIB writes characters beyond ASCII as `\u{e9}`.
func escaped(_ text: String) -> String {
  text.unicodeScalars.map { scalar in
    (0x20..<0x7F).contains(scalar.value) && scalar != "\\"
      ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
  }.joined()
}

func unescaped(_ text: String) -> String {
  var result = ""
  var rest = text[...]
  while let start = rest.range(ofSubsequence: "\\u{") {
    result += rest[..<start]
    let digits = rest[rest.index(start, offsetBy: 3)...].prefix { $0 != "}" }
    guard let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code),
      digits.endIndex < rest.endIndex
    else { return result + rest[start...] }
    result.unicodeScalars.append(scalar)
    rest = rest[rest.index(after: digits.endIndex)...]
  }
  return result + rest
}

extension Substring {
  fileprivate func range(ofSubsequence wanted: String) -> Index? {
    indices.first { self[$0...].hasPrefix(wanted) }
  }
}
