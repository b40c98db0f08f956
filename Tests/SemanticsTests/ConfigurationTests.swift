import Diagnostics
import Semantics
import Syntax
import Testing

private let text = """
  workflow Sizes
  param N: 1..4 = 2
  agent Node[N] { var up: bool = true }
  network fifo capacity N
  faults { crash up to 1 of Node }
  property up: always all n in Node: n.up
  property down: can not Node[0].up
  check large { N = 3; faults { }; network unordered; expect up; expect down fails }
  """

private func spec(_ configuration: Configuration) -> TypedSpec? {
  analysis(of: text, configuration).spec
}

@Test func aParamHasItsDefaultElseTheChecksValueElseTheOverride() {
  #expect(spec(Configuration())?.agents.first?.count == 2)
  #expect(spec(Configuration(check: "large"))?.agents.first?.count == 3)
  let overridden = Configuration(check: "large", overrides: [("N", "4")])
  #expect(spec(overridden)?.agents.first?.count == 4)
  #expect(spec(overridden)?.parameters.first?.value == "4")
}

@Test func aChecksSurroundingsReplaceTheFiles() {
  let own = spec(Configuration(check: "large"))
  #expect(own?.faults.isEmpty == true)
  #expect(own?.network.isFIFO == false)
  #expect(own?.network.capacity == nil)
  let file = spec(Configuration())
  #expect(file?.faults.count == 1)
  #expect(file?.network.isFIFO == true)
  #expect(file?.network.capacity == 2)
}

@Test func withoutACheckEveryPropertyIsExpectedToHold() {
  let check = spec(Configuration())?.check
  #expect(check?.name == nil)
  #expect(check?.properties.map(\.property) == ["up", "down"])
  #expect(check?.properties.allSatisfy { $0.outcome == .holds } == true)
}

@Test(arguments: ["5", "0", "two", "", "99999999999999999999", "true"])
func anOverrideOutsideTheRangeIsRefused(_ value: String) {
  let found = analysis(of: text, Configuration(overrides: [("N", value)]))
  #expect(found.codes == [606])
  #expect(found.spec == nil)
}

@Test func aLongChainOfCallsIsRefused() {
  let chain = (1...5000).map { "function f\($0)(x: 0..3) -> 0..3 = f\($0 - 1)(x)" }
  let functions = ["workflow W", "function f0(x: 0..3) -> 0..3 = x"] + chain
  #expect(
    analysis(of: functions.joined(separator: "\n") + "\nconst c = f5000(1)").codes.contains(424))
  let backwards = functions.prefix(1) + functions.dropFirst().reversed()
  #expect(analysis(of: backwards.joined(separator: "\n")).codes.contains(424))
}

@Test func importedDeclarationsAreUsableAndNotLinted() {
  var sources = SourceSet()
  let main = sources.add(
    SourceFile(
      name: "main.wf",
      text: Array("workflow M\nshared var n: Small = 0\nproperty p: always n < 4\n".utf8)))
  let library = sources.add(
    SourceFile(
      name: "library.wf",
      text: Array("type Small = 0..3\ntype Unused = 0..9\ncheck c { expect q }\n".utf8)))
  let files = [parse(main, in: sources).0, parse(library, in: sources).0]
  let (spec, diagnostics) = analyze(files, configuration: Configuration(), in: sources)
  #expect(spec != nil)
  #expect(diagnostics.isEmpty)
  #expect(checkNames(in: files).isEmpty)
}
