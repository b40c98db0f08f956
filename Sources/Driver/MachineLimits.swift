import Glibc

/// What the machine, or the control group this process runs in, has to give.
public enum MachineLimits {
  /// Processors this process may run on: those of its affinity, which `taskset` and containers
  /// restrict. Read once.
  public static let processors = {
    let online = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    guard case .success(let status) = readFile("/proc/self/status") else { return online }
    return allowedProcessors(String(decoding: status, as: UTF8.self)) ?? online
  }()

  /// How many bits the mask of a `/proc/self/status` has; nil where it has none.
  static func allowedProcessors(_ status: String) -> Int? {
    let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed:") }
    guard let line else { return nil }
    let count = line.dropFirst("Cpus_allowed:".count).reduce(0) {
      $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0)
    }
    return count > 0 ? count : nil
  }

  /// Bytes of memory: the least of the machine's and the control groups' limits. Read once.
  public static let memory = {
    let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    guard case .success(let groups) = readFile("/proc/self/cgroup") else { return machine }
    let limits = limitFiles(String(decoding: groups, as: UTF8.self)).compactMap { path -> Int? in
      guard case .success(let text) = readFile(path) else { return nil }
      return Int(String(decoding: text, as: UTF8.self).prefix { $0.isNumber })
    }
    return limits.filter { $0 > 0 }.reduce(machine) { min($0, $1) }
  }()

  /// Where the limits of a process stand, whose `/proc/self/cgroup` is given: of its groups and of
  /// all groups around them, in both versions of control groups.
  static func limitFiles(_ groups: String) -> [String] {
    var files: [String] = []
    for line in groups.split(separator: "\n") {
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { continue }
      let isUnified = fields[1].isEmpty
      guard isUnified || fields[1].split(separator: ",").contains("memory") else { continue }
      let root = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
      let name = isUnified ? "memory.max" : "memory.limit_in_bytes"
      var names = fields[2].split(separator: "/")
      while true {
        files.append(([root] + names.map(String.init) + [name]).joined(separator: "/"))
        if names.popLast() == nil { break }
      }
    }
    return files
  }

  /// The default memory budget of a search.
  static var memoryBudget: Int { memory / 5 * 4 }
}
