import Testing

@Suite struct RuleTests {
  @Test(arguments: rules) func everyFileKeeps(_ rule: Rule) {
    for file in Repository.swift where rule.applies(file) {
      for complaint in rule.complaints(file) { Issue.record("\(file.path):\(complaint)") }
    }
  }

  @Test(arguments: rules) func canFail(_ rule: Rule) {
    #expect(!rule.complaints(rule.bad).isEmpty)
    #expect(rule.applies(rule.bad))
    #expect(rule.complaints(rule.good).isEmpty)
    #expect(rule.applies(rule.good))
  }

  @Test func thereIsSomethingToRead() {
    #expect(Repository.swift.count > 100)
  }

  @Test func exceptionsAreStillNeeded() {
    for path in longFunctions {
      let extents = Repository.file(path).map { functionExtents(in: $0.code) } ?? []
      #expect(extents.contains { $0.lineCount > 70 }, "\(path) keeps the rule by now")
    }
    for path in foundationFiles { #expect(Repository.file(path) != nil, "\(path) is gone") }
  }
}

@Suite struct ScannerTests {
  @Test func blanksTextAndComments() {
    let source = """
      let a = "b { \\(c("}")) \\" {" // d {
      let e = #"f " \\#(g) {"#; /* { /* { */ { */ h()
      let i = text.matches(of: /\\{"/); let j = k / l / m
      """
    let code = CodeView.text(of: source)
    #expect(code.count == source.count)
    #expect(!code.contains("{") && !code.contains("}") && !code.contains("\""))
    for word in ["let a", "let e", "h()", "let i", "k / l / m"] { #expect(code.contains(word)) }
  }

  @Test func blanksLongStrings() {
    let source = "let a = \"\"\"\n  { \"b\" \\\n  \"\"\"\nfunc c() {}\n"
    #expect(CodeView.text(of: source).filter { $0 == "{" }.count == 1)
    #expect(functionExtents(in: CodeView.text(of: source)).map(\.name) == ["c"])
  }

  @Test func measuresFunctions() {
    let source = """
      struct A {
        let b = 1
        func c(
          d: Int
        ) {
          items.map { $0 }
          if self.e { self.init(f) }
        }
        init?(g: Int) { }
        var h: Int {
          1
        }
      }
      """
    #expect(
      functionExtents(in: CodeView.text(of: source)) == [
        FunctionExtent(name: "c", firstLine: 3, lineCount: 6),
        FunctionExtent(name: "init", firstLine: 9, lineCount: 1),
        FunctionExtent(name: "h", firstLine: 10, lineCount: 3),
      ])
  }
}
