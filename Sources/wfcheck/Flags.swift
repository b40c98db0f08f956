import ArgumentParser
import Driver
import Exploration
import Glibc
import Reduction
import Report

enum SearchName: String, ExpressibleByArgument, CaseIterable { case bfs, dfs, random }

extension TraceStyle: ExpressibleByArgument {}
extension EngineChoice: ExpressibleByArgument {}
extension StoreChoice: ExpressibleByArgument {}
extension StubbornChoice: ExpressibleByArgument {}

enum ReductionName: String { case por, symmetry, dead, slice }

/// `auto`, `none`, or reductions separated by commas.
struct ReductionList: ExpressibleByArgument {
  private(set) var request = ReductionRequest.automatic

  init() {}

  init?(argument: String) {
    if argument == "auto" { return }
    var names: Set<ReductionName> = []
    if argument != "none" {
      for text in argument.split(separator: ",", omittingEmptySubsequences: false) {
        guard let name = ReductionName(rawValue: String(text)) else { return nil }
        names.insert(name)
      }
    }
    request = .chosen(
      partialOrder: names.contains(.por), symmetry: names.contains(.symmetry),
      clearsDead: names.contains(.dead), slices: names.contains(.slice))
  }

  var defaultValueDescription: String { "auto" }
}

enum ColorMode: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  func isOn(_ descriptor: Int32) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      if let value = getenv("NO_COLOR"), value.pointee != 0 { return false }
      if let terminal = getenv("TERM"), String(cString: terminal) == "dumb" { return false }
      return isatty(descriptor) == 1
    }
  }
}

/// `text,json`.
struct FormatList: ExpressibleByArgument {
  static let known = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")

  let formats: [ReportFormat]

  init(formats: [ReportFormat]) { self.formats = formats }

  init?(argument: String) {
    let names = argument.split(separator: ",", omittingEmptySubsequences: false)
    var formats: [ReportFormat] = []
    for name in names {
      guard let format = ReportFormat(rawValue: String(name)) else { return nil }
      if !formats.contains(format) { formats.append(format) }
    }
    if formats.isEmpty { return nil }
    self.formats = formats
  }

  var defaultValueDescription: String { formats.map(\.rawValue).joined(separator: ",") }
}

/// A number with a unit at its end.
private func scaled(_ text: String, _ units: [(String, UInt64)]) -> UInt64? {
  for (unit, factor) in units where text.hasSuffix(unit) {
    guard let number = Double(text.dropLast(unit.count)), number > 0, number.isFinite else {
      return nil
    }
    let value = number * Double(factor)
    return value < 9e18 ? UInt64(value) : nil
  }
  return nil
}

/// `8G`, `500M`, `64KiB`; a bare number is bytes.
struct SizeFlag: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    let upper = argument.uppercased()
    let units: [(String, UInt64)] = [
      ("KIB", 1 << 10), ("MIB", 1 << 20), ("GIB", 1 << 30), ("KB", 1 << 10), ("MB", 1 << 20),
      ("GB", 1 << 30), ("K", 1 << 10), ("M", 1 << 20), ("G", 1 << 30), ("T", 1 << 40), ("B", 1),
      ("", 1),
    ]
    guard let value = scaled(upper, units), value > 0 else { return nil }
    bytes = Int(value)
  }
}

/// `60s`, `5m`, `500ms`, `1h`; a bare number is seconds.
struct DurationFlag: ExpressibleByArgument {
  let nanoseconds: UInt64

  init?(argument: String) {
    let units: [(String, UInt64)] = [
      ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
      ("h", 3_600_000_000_000), ("", 1_000_000_000),
    ]
    guard let value = scaled(argument, units) else { return nil }
    nanoseconds = value
  }
}

/// Each `NAME=VALUE` of `--set`, cut in two; no name comes twice.
func overrides(_ items: [String]) throws -> [(name: String, value: String)] {
  var overrides: [(name: String, value: String)] = []
  for item in items {
    let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      throw ValidationError("--set takes NAME=VALUE, and was given `\(item)`.")
    }
    let name = String(parts[0])
    if overrides.contains(where: { $0.name == name }) {
      throw ValidationError("--set gives `\(name)` twice.")
    }
    overrides.append((name, String(parts[1])))
  }
  return overrides
}
