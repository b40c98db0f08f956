/// Digits in groups of three, `1 234 567`.
func grouped(_ number: Int) -> String {
  let digits = String(number.magnitude)
  var result = ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.count - place) % 3 == 0 { result.append(" ") }
    result.append(digit)
  }
  return number < 0 ? "-" + result : result
}

/// `count` with the noun, `1 state`, `2 states`.
public func counted(_ count: Int, _ noun: String) -> String {
  "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
}

/// A number with so many digits behind the point; a dash for what is no number of a report.
func fixed(_ value: Double, digits: Int) -> String {
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  guard value.isFinite, value.magnitude * scale < 1e18 else { return "–" }
  let scaled = Int((value.magnitude * scale).rounded())
  let sign = value < 0 && scaled > 0 ? "-" : ""
  if digits == 0 { return "\(sign)\(scaled)" }
  let fraction = String(scaled % Int(scale))
  let zeros = String(repeating: "0", count: digits - fraction.count)
  return "\(sign)\(scaled / Int(scale)).\(zeros)\(fraction)"
}

/// `512 B`, `1.5 GiB`.
func bytes(_ count: Int) -> String {
  var value = Double(count)
  for unit in ["B", "KiB", "MiB"] {
    if value < 1024 { return "\(fixed(value, digits: unit == "B" ? 0 : 1)) \(unit)" }
    value /= 1024
  }
  return "\(fixed(value, digits: 1)) GiB"
}

/// `0.004 s`, `2 min 05 s`.
func duration(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds < 1e15 else { return "–" }
  if seconds < 60 { return "\(fixed(seconds, digits: seconds < 1 ? 3 : 1)) s" }
  let whole = Int(seconds)
  let rest = String(whole % 60)
  return "\(whole / 60) min \(rest.count < 2 ? "0" : "")\(rest) s"
}

/// About two digits of a number that is not negative: `0.012`, `340`, `2.1e-12`.
public func approximate(_ value: Double) -> String {
  guard value.isFinite, value >= 0 else { return "–" }
  if value == 0 { return "0" }
  if value >= 10, value < 1e6 { return grouped(Int(value.rounded())) }
  if value >= 0.01, value < 10 { return fixed(value, digits: value < 1 ? 3 : 1) }
  var (mantissa, exponent) = (value, 0)
  while mantissa >= 9.95 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
  while mantissa < 0.995 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
  return "\(fixed(mantissa, digits: 1))e\(exponent)"
}
