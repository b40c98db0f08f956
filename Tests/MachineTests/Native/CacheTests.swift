import Glibc
import Synchronization
import Testing
import TransitionSystem

@testable import Exploration

/// The cache: it helps where it can be trusted, and is not missed where it cannot.
@Suite struct CacheTests {
  private static func system(_ maximum: Int64 = 3) -> TransitionSystem {
    var builder = SystemBuilder()
    let slot = builder.slot(0, maximum)
    builder.action(when: [.slot(slot) < c(maximum)], [.store(slot, .slot(slot) + c(1))])
    return builder.system
  }

  /// Whether the module came from the cache.
  private func isCached(_ folder: String, _ maximum: Int64 = 3) throws -> Bool {
    try NativeCompiler.module(for: Self.system(maximum), settings(cache: folder)) { false }
      .fromCache
  }

  private func modules(_ folder: String) -> [String] { NativeFile.names(in: folder).sorted() }

  @Test func keepsModules() throws {
    let scratch = try Scratch()
    let folder = scratch("a/b/wfcheck")
    #expect(try !isCached(folder))
    #expect(try isCached(folder))
    #expect(try !isCached(folder, 7))
    #expect(try isCached(folder) && isCached(folder, 7))
    #expect(modules(folder).count == 2)
    var status = stat()
    stat(folder, &status)
    #expect(status.st_mode & 0o777 == 0o700)
  }

  @Test(arguments: ["short", "empty", "changed", "replaced"])
  func ignoresDamage(damage: String) throws {
    let scratch = try Scratch()
    let folder = scratch("cache")
    #expect(try !isCached(folder))
    let path = "\(folder)/\(modules(folder)[0])"
    var bytes = try #require(NativeFile.read(path, limit: 1 << 20))
    switch damage {
    case "short": bytes.removeLast(100)
    case "empty": bytes = []
    case "changed": bytes[bytes.count / 2] ^= 1
    default: bytes = Array("not a module".utf8)
    }
    unlink(path)
    #expect(NativeFile.write(bytes, to: path))
    #expect(try !isCached(folder))
    #expect(try isCached(folder))
  }

  @Test func ignoresTheModuleOfAnotherKey() throws {
    let scratch = try Scratch()
    let folder = scratch("cache")
    #expect(try !isCached(folder))
    let first = "\(folder)/\(modules(folder)[0])"
    #expect(try !isCached(folder, 7))
    let other = try #require(modules(folder).map { "\(folder)/\($0)" }.first { $0 != first })
    // Whole, but not what its name says.
    #expect(rename(first, other) == 0)
    #expect(try !isCached(folder, 7))
  }

  @Test func refusesFoldersThatOthersCanWrite() throws {
    let scratch = try Scratch()
    let folder = scratch("cache")
    mkdir(folder, 0o700)
    chmod(folder, 0o777)
    #expect(ModuleCache(folder, bytesMax: 1 << 20) == nil)
    #expect(try !isCached(folder) && !isCached(folder))
    #expect(modules(folder) == [])
    chmod(folder, 0o700)
    #expect(try !isCached(folder) && isCached(folder))
    // The same for a module in it.
    chmod("\(folder)/\(modules(folder)[0])", 0o666)
    #expect(try !isCached(folder))
  }

  @Test func refusesLinks() throws {
    let scratch = try Scratch()
    mkdir(scratch("real"), 0o700)
    symlink(scratch("real"), scratch("cache"))
    #expect(ModuleCache(scratch("cache"), bytesMax: 1 << 20) == nil)
  }

  @Test(.enabled(if: geteuid() == 0, "only the administrator can give folders away"))
  func refusesFoldersOfOthers() throws {
    let scratch = try Scratch()
    let folder = scratch("cache")
    mkdir(folder, 0o700)
    #expect(chown(folder, 1, 1) == 0)
    #expect(ModuleCache(folder, bytesMax: 1 << 20) == nil)
    #expect(try !isCached(folder) && !isCached(folder))
  }

  @Test func worksWithoutAFolder() throws {
    #expect(try !isCached("/dev/null/cache"))
    #expect(try !isCached("/proc/cache"))
    #expect(try !NativeCompiler.module(for: Self.system(), settings()) { false }.fromCache)
  }

  @Test func removesTheLeastRecentlyUsed() throws {
    let scratch = try Scratch()
    let cache = try #require(ModuleCache(scratch("cache"), bytesMax: 3500))
    let object = [UInt8](repeating: 7, count: 1000)
    let keys = (0..<4).map { ModuleKey(hashing: [UInt8($0)]) }
    for key in keys.prefix(3) {
      #expect(cache.store(object, key) != nil)
      usleep(20_000)
    }
    // Used again: now the second is the oldest.
    #expect(cache.find(keys[0]) != nil)
    usleep(20_000)
    #expect(cache.store(object, keys[3]) != nil)
    #expect(keys.map { cache.find($0) != nil } == [true, false, true, true])
    #expect(cache.store([UInt8](repeating: 7, count: 4000), keys[1]) == nil)
  }

  /// However many modules there are, and whatever runs that were killed left behind.
  @Test func staysBounded() throws {
    let scratch = try Scratch()
    let folder = scratch("cache")
    let cache = try #require(ModuleCache(folder, bytesMax: 10_000))
    let object = [UInt8](repeating: 7, count: 900)
    for (name, age) in [("new-1-1", 4000), ("new-2-2", 10)] {
      #expect(NativeFile.write(object, to: "\(folder)/\(name)"))
      let then = timeval(tv_sec: time(nil) - age, tv_usec: 0)
      #expect(utimes("\(folder)/\(name)", [then, then]) == 0)
    }
    for number in 0..<40 {
      let key = ModuleKey(hashing: [UInt8(number)])
      #expect(cache.store(object, key) != nil && cache.find(key) != nil)
      let kept = modules(folder).filter { $0.hasSuffix(".so") }
      #expect(kept.count * 940 <= 10_000 && kept.contains("\(key.text).so"))
    }
    // The other may be of a run that is still at work.
    #expect(modules(folder).filter { $0.hasPrefix("new-") } == ["new-2-2"])
    #expect(modules(folder).count == 11)
  }

  @Test(.enabled(if: geteuid() == 0, "only the administrator can give files away"))
  func refusesModulesOfOthers() throws {
    let scratch = try Scratch()
    let folder = scratch("cache")
    #expect(try !isCached(folder))
    #expect(chown("\(folder)/\(modules(folder)[0])", 1, 1) == 0)
    #expect(try !isCached(folder))
    #expect(try isCached(folder))
  }

  @Test func survivesCrowds() throws {
    let scratch = try Scratch()
    let folder = scratch("cache")
    let object = [UInt8](repeating: 7, count: 20_000)
    let key = ModuleKey(hashing: [1])
    let found = Atomic<Int>(0)
    let refused = Atomic<Int>(0)
    let team = WorkerTeam(count: 4)
    team.run { _ in
      for _ in 0..<50 {
        guard let cache = ModuleCache(folder, bytesMax: 30_000) else {
          refused.add(1, ordering: .relaxed)
          continue
        }
        if cache.store(object, key) == nil { refused.add(1, ordering: .relaxed) }
        if cache.find(key) != nil { found.add(1, ordering: .relaxed) }
      }
    }
    let count = team.count
    team.end()
    #expect(refused.load(ordering: .relaxed) == 0)
    #expect(found.load(ordering: .relaxed) == 50 * count)
    #expect(modules(folder) == ["\(key.text).so"])
  }
}
