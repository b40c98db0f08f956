import Glibc
import Testing
import TransitionSystem

@testable import Exploration

/// What can go wrong with compilers: always a reason, never an error of the run.
@Suite struct CompilerTests {
  private static func system() -> TransitionSystem {
    var builder = SystemBuilder()
    let slot = builder.slot(0, 3)
    builder.action(when: [.slot(slot) < c(3)], [.store(slot, .slot(slot) + c(1))])
    return builder.system
  }

  private func reason(_ settings: NativeSettings, cancelled: Bool = false) -> String? {
    do {
      _ = try NativeCompiler.module(for: Self.system(), settings) { cancelled }
      return nil
    } catch {
      return error.reason
    }
  }

  @Test func noCompilerInThePath() throws {
    let scratch = try Scratch()
    var settings = settings()
    settings.searchPath = "\(scratch.path):relative:"
    #expect(reason(settings) == "no C compiler (cc, clang, gcc) is in PATH")
    let tier = NativeTier(Self.system(), .native, settings)
    #expect(tier.status == .unavailable("no C compiler (cc, clang, gcc) is in PATH"))
    // The run goes on with the machine.
    var expander = Expander(CompiledSystem(Self.system()), tier)
    var buffer = SuccessorBuffer(wordCount: 1)
    let isNative = expander.isNative
    #expect(!isNative)
    let transitions = expander.expand([0], hash: 0, into: &buffer).transitions
    let suspects = expander.suspects(5, [0], quiescent: false)
    #expect(transitions == 1 && suspects == 5)
  }

  @Test func failingCompilerSaysWhy() throws {
    let scratch = try Scratch()
    var settings = settings()
    settings.searchPath = scratch.compiler("echo 'x.c:1:2: error: bad luck' >&2; exit 3")
    let expected = "\(scratch.path)/bin/cc failed with exit code 3: x.c:1:2: error: bad luck"
    #expect(reason(settings) == expected)
  }

  @Test func compilerThatGivesNothing() throws {
    let scratch = try Scratch()
    var settings = settings()
    settings.searchPath = scratch.compiler("exit 0")
    #expect(reason(settings) == "\(scratch.path)/bin/cc gave no module")
  }

  @Test func compilerThatGivesNonsense() throws {
    let scratch = try Scratch()
    var settings = settings()
    settings.searchPath = scratch.compiler(
      "while [ \"$1\" != -o ]; do shift; done; echo nonsense > \"$2\"")
    #expect(reason(settings)?.hasPrefix("the compiled module could not be loaded: ") == true)
  }

  @Test func compilerWithoutEnd() throws {
    let scratch = try Scratch()
    var settings = settings()
    settings.searchPath = scratch.compiler(": > \(scratch.path)/started; /bin/sleep 100")
    settings.timeout = 50_000_000
    let begin = monotonicNanoseconds()
    #expect(reason(settings) == "\(scratch.path)/bin/cc took too long")
    // Ends with the run, too, and at once.
    settings.timeout = 100_000_000_000
    #expect(reason(settings, cancelled: true) == "the run ended before the compiler began")
    let tier = NativeTier(Self.system(), .auto, settings)
    unlink(scratch("started"))
    while access(scratch("started"), F_OK) != 0 { _ = tier.poll() }
    tier.finish()
    #expect(tier.status == .unavailable("the run ended before the compiler did"))
    #expect(monotonicNanoseconds() - begin < 10_000_000_000)
  }

  @Test func temporaryFolderThatIsNone() throws {
    var settings = settings()
    settings.temporaryFolder = "/dev/null/nowhere"
    #expect(reason(settings) == "no temporary folder can be made in /dev/null/nowhere")
  }

  @Test func theMachineGoesFirst() throws {
    let tier = NativeTier(Self.system(), .auto, settings())
    #expect(tier.poll() == nil && tier.status == .unused)
    let begin = monotonicNanoseconds()
    while tier.poll() == nil, monotonicNanoseconds() - begin < 60_000_000_000 {}
    guard case .ready(false, _) = tier.status else {
      Issue.record("\(tier.status)")
      return
    }
    tier.finish()
    // What was ready stays so.
    #expect(tier.poll() != nil)
    #expect(NativeTier(Self.system(), .vm, settings()).poll() == nil)
  }

  @Test func nothingIsLeftBehind() throws {
    let scratch = try Scratch()
    var settings = settings()
    settings.temporaryFolder = scratch.path
    #expect(reason(settings) == nil)
    #expect(NativeFile.names(in: scratch.path) == [])
  }

  @Test func digestsAreThoseOfTheStandard() {
    func hex(_ text: String) -> String {
      SHA256.digest(Array(text.utf8)).map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined()
    }
    #expect(hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let two = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
    #expect(hex(two) == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
  }
}
