import Glibc

/// What the machine, or the control group this process runs in, has to give.
public enum MachineLimits {
  /// Processors this process may run on.
  public static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Bytes of memory: the least of the machine's and the control groups' limits.
  public static var memory: Int {
    let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    let paths = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"]
    let groups = paths.compactMap { path -> Int? in
      guard case .success(let text) = readFile(path) else { return nil }
      return Int(String(decoding: text, as: UTF8.self).prefix { $0.isNumber })
    }
    return groups.filter { $0 > 0 }.reduce(machine) { min($0, $1) }
  }

  /// The default memory budget of a search.
  static var memoryBudget: Int { memory / 5 * 4 }
}
