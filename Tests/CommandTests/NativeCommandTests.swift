import Foundation
import Testing

/// What may be wrong around the compiler, as a user meets it: the machine goes on or the module is
/// made again, the verdict is the same, and `--verbose` says which.
@Suite struct NativeCommandTests {
  /// A folder of one test, with a shell script as the only compiler.
  private final class Place {
    let path: String

    init(compiler: String? = nil) throws {
      path = NSTemporaryDirectory() + "wfcheck-native-\(UUID().uuidString)"
      try FileManager.default.createDirectory(
        atPath: "\(path)/bin", withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      guard let compiler else { return }
      let file = "\(path)/bin/cc"
      try "#!/bin/sh\n\(compiler)\n".write(toFile: file, atomically: false, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: file)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var cache: String { "\(path)/cache/wfcheck" }

    var modules: [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: cache)) ?? []).sorted()
    }
  }

  private static let three = "specs/bench/two-phase.wf --check three --engine native"

  /// One run in a shell, with these settings before the command.
  private func run(
    _ place: Place, _ settings: String = "", _ arguments: String = three
  ) throws -> Command {
    let command = "\(settings) \(Command.program.path) \(arguments) --verbose"
    return try Command.shell("XDG_CACHE_HOME=\(place.path)/cache \(command)")
  }

  /// The words about the engine of a run that came out as it should.
  private func engine(_ run: Command, states: String = "288 states") -> String {
    #expect(run.status == 0, "\(run.output) \(run.errors)")
    #expect(run.output.contains(states))
    let line = run.output.split(separator: "\n").first { $0.hasPrefix("  engine: ") }
    return line.map { String($0.dropFirst(10)) } ?? ""
  }

  private func isCompiled(_ engine: String) -> Bool {
    engine.hasPrefix("bytecode machine, then compiled C (") && engine.hasSuffix(" ms to compile)")
  }

  private static let fromCache = "bytecode machine, then compiled C from the cache"

  @Test func noCompiler() throws {
    let place = try Place()
    #expect(
      engine(try run(place, "PATH=\(place.path)/bin"))
        == "bytecode machine, no compiled C: no C compiler (cc, clang, gcc) is in PATH")
    #expect(place.modules.isEmpty)
  }

  @Test func failingCompiler() throws {
    let place = try Place(compiler: "echo 'module.c:1:2: error: bad luck' >&2; exit 3")
    #expect(
      engine(try run(place, "PATH=\(place.path)/bin"))
        == "bytecode machine, no compiled C: \(place.path)/bin/cc failed with exit code 3: "
        + "module.c:1:2: error: bad luck")
    #expect(place.modules.isEmpty)
  }

  @Test func compilerKilledBySignal() throws {
    let place = try Place(compiler: "kill -9 $$")
    #expect(
      engine(try run(place, "PATH=\(place.path)/bin"))
        == "bytecode machine, no compiled C: \(place.path)/bin/cc was ended by signal 9")
  }

  /// A compiler that never ends ends with the run, and so does what it started.
  @Test func compilerWithoutEnd() throws {
    let place = try Place(compiler: "")
    let script = """
      #!/bin/sh
      /bin/sleep 1000 &
      echo $$ $! > \(place.path)/numbers
      /bin/sleep 1000
      """
    try script.write(toFile: "\(place.path)/bin/cc", atomically: false, encoding: .utf8)
    // However fast the machine is: compilers begin after 0.3 s.
    let long = "specs/bench/philosophers.wf --check anySize --set N=17 --reduce none --timeout 2s"
    let run = try run(place, "PATH=\(place.path)/bin", long)
    #expect(run.status == 3)
    #expect(
      run.output.contains(
        "engine: bytecode machine; the compiler was still at work at the end"),
      "\(run.output)")
    let text = try String(contentsOfFile: "\(place.path)/numbers", encoding: .utf8)
    let numbers = text.split { $0 == " " || $0 == "\n" }.compactMap { Int32($0) }
    #expect(numbers.count == 2)
    for number in numbers { #expect(hasEnded(number), "\(number)") }
  }

  /// Gone, or dead and not yet waited for by whoever inherited it.
  private func hasEnded(_ process: Int32) -> Bool {
    for _ in 0..<100 {
      guard
        let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
        let state = text.split(separator: ")").last?.first(where: { $0 != " " })
      else { return true }
      if state == "Z" { return true }
      usleep(20_000)
    }
    return false
  }

  @Test func diskThatCannotBeWritten() throws {
    let place = try Place()
    // Nowhere to compile.
    #expect(
      engine(try run(place, "TMPDIR=/proc"))
        == "bytecode machine, no compiled C: no temporary folder can be made in /proc")
    // Nowhere to keep what was compiled: it is used all the same.
    for _ in 0..<2 { #expect(isCompiled(engine(try run(place, "XDG_CACHE_HOME=/proc")))) }
    #expect(place.modules.isEmpty)
    // What is in the cache needs neither.
    #expect(isCompiled(engine(try run(place))))
    #expect(engine(try run(place, "TMPDIR=/proc")) == Self.fromCache)
  }

  /// Files may not be larger than 4 KiB, as on a disk that is full: no module, and nothing is left.
  @Test func fullDisk() throws {
    let place = try Place()
    let run = try Command.shell(
      "trap '' XFSZ; ulimit -f 4; XDG_CACHE_HOME=\(place.path)/cache TMPDIR=\(place.path) "
        + "\(Command.program.path) \(Self.three) --verbose | grep '  engine: '")
    #expect(run.output.hasSuffix("no compiled C: the temporary folder cannot be written\n"))
    #expect(place.modules.isEmpty)
    let left = try FileManager.default.contentsOfDirectory(atPath: place.path)
    #expect(left.allSatisfy { $0 == "bin" || $0 == "cache" }, "\(left)")
  }

  @Test func severalProcessesAtOnce() throws {
    let place = try Place()
    let command =
      "XDG_CACHE_HOME=\(place.path)/cache \(Command.program.path) \(Self.three) --verbose"
    // The parts of a pipe, of which none reads or writes it, run at the same time.
    let parts = (0..<4).map { "(\(command); echo code $?) > \(place.path)/\($0)" }
    _ = try Command.shell(parts.joined(separator: " | "))
    for number in 0..<4 {
      let text = try String(contentsOfFile: "\(place.path)/\(number)", encoding: .utf8)
      #expect(text.contains("then compiled C") && text.hasSuffix("code 0\n"), "\(text)")
    }
    #expect(place.modules.count == 1 && place.modules[0].hasSuffix(".so"))
    #expect(engine(try run(place)) == Self.fromCache)
  }

  /// Cut off, changed, another file, of another user, writable by others: made again, and used from
  /// then on.
  @Test(arguments: [
    "truncate -s 2000 M", "printf X | dd of=M bs=1 seek=700 conv=notrunc 2> /dev/null",
    "echo nonsense > M", ": > M", "chmod 666 M", "rm M; mkfifo -m 600 M", "rm M; ln -s /bin/true M",
    "mv M N; ln -s N M",
  ])
  func damagedModule(damage: String) throws {
    let place = try Place()
    #expect(isCompiled(engine(try run(place))))
    #expect(engine(try run(place)) == Self.fromCache)
    let module = try #require(place.modules.first)
    let line = damage.replacing("M", with: "\(place.cache)/\(module)")
      .replacing("N", with: "\(place.cache)/other")
    #expect(try Command.shell(line).status == 0)
    #expect(isCompiled(engine(try run(place))))
    #expect(engine(try run(place)) == Self.fromCache)
  }

  @Test func folderThatOthersCanWrite() throws {
    let place = try Place()
    #expect(isCompiled(engine(try run(place))))
    #expect(try Command.shell("chmod 770 \(place.cache)").status == 0)
    #expect(isCompiled(engine(try run(place))))
    #expect(try Command.shell("chmod 700 \(place.cache)").status == 0)
    #expect(engine(try run(place)) == Self.fromCache)
  }
}
