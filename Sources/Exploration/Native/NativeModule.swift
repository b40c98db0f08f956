import Glibc

/// Where the functions of a module put successors: `Output` of the C prelude.
struct NativeOutput: BitwiseCopyable {
  /// The three of the buffer; set for each expansion.
  var words: UnsafeMutablePointer<UInt64>?
  var hashes: UnsafeMutablePointer<UInt64>?
  var actions: UnsafeMutablePointer<Int32>?
  /// Successors that the buffer may hold.
  var limit: Int64 = 0
  /// `Machine.fired` and `Machine.taken`: both tiers note coverage in one place.
  let fired: UnsafeMutablePointer<UInt8>
  let taken: UnsafeMutablePointer<UInt64>
  /// Set to 1 where an action other than a fault has a successor.
  var enabled: Int64 = 0
  /// Ways through choices until the machine must take over, which looks at the clock.
  var waysLeft: Int64 = 0

  init(fired: UnsafeMutablePointer<UInt8>, taken: UnsafeMutablePointer<UInt64>) {
    self.fired = fired
    self.taken = taken
  }
}

/// A loaded native module: the functions that `CGenerator` wrote.
///
/// Threads: its functions keep nothing; any number of threads may be in them. The code stays loaded
/// as long as somebody holds the module.
final class NativeModule: @unchecked Sendable {
  /// Source, the `NativeOutput`, successors so far; gives successors then, or one of the two codes.
  typealias Expand =
    @convention(c) (UnsafePointer<UInt64>, UnsafeMutableRawPointer, Int64) -> Int64
  /// The same, and which run of actions (`CGenerator.runs`).
  typealias ExpandRun =
    @convention(c) (UnsafePointer<UInt64>, UnsafeMutableRawPointer, Int64, Int64) -> Int64
  /// State, the properties to look at, quiescent, the answers that the machine remembers (see
  /// `OracleReader`); gives the properties that the machine must look at.
  typealias Filter =
    @convention(c) (
      UnsafePointer<UInt64>, UInt64, Int64, UnsafeMutablePointer<UInt64>?
    ) -> UInt64

  /// The machine must expand the state.
  static let machineNeeded: Int64 = -1
  /// The buffer must grow.
  static let roomNeeded: Int64 = -2

  let expand: Expand
  let expandRun: ExpandRun
  let inspect: Filter
  let antecedents: Filter
  /// Gives the atoms that are true; all bits where the machine must evaluate them.
  let atoms: Filter
  private let handle: UnsafeMutableRawPointer

  /// Loads the module in a file. Requires: nobody writes to the file any more.
  init(path: String, key: ModuleKey) throws(NativeUnavailable) {
    precondition(MemoryLayout<NativeOutput>.size == 8 * 8, "the layout of `Output` in the prelude")
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      let reason = dlerror().map { String(cString: $0) } ?? "unknown reason"
      throw NativeUnavailable(reason: "the compiled module could not be loaded: \(reason)")
    }
    guard let expand = dlsym(handle, "wfcheck_expand"),
      let expandRun = dlsym(handle, "wfcheck_expand_run"),
      let inspect = dlsym(handle, "wfcheck_inspect"),
      let antecedents = dlsym(handle, "wfcheck_antecedents"),
      let atoms = dlsym(handle, "wfcheck_atoms"),
      Self.isOurs(handle, key)
    else {
      dlclose(handle)
      throw NativeUnavailable(reason: "the compiled module is not the one that was asked for")
    }
    self.handle = handle
    // Safety: the version says that the functions have these types.
    self.expand = unsafeBitCast(expand, to: Expand.self)
    self.expandRun = unsafeBitCast(expandRun, to: ExpandRun.self)
    self.inspect = unsafeBitCast(inspect, to: Filter.self)
    self.antecedents = unsafeBitCast(antecedents, to: Filter.self)
    self.atoms = unsafeBitCast(atoms, to: Filter.self)
  }

  deinit { dlclose(handle) }

  private static func isOurs(_ handle: UnsafeMutableRawPointer, _ key: ModuleKey) -> Bool {
    guard let version = dlsym(handle, "wfcheck_abi"), let stored = dlsym(handle, "wfcheck_key")
    else { return false }
    // Safety: both symbols are constants of 64-bit words in the module.
    return version.load(as: UInt64.self) == NativeSource.abiVersion
      && stored.load(as: UInt64.self) == key.upper
      && stored.load(fromByteOffset: 8, as: UInt64.self) == key.lower
  }
}
