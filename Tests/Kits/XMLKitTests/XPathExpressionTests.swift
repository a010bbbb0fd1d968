import Testing
import XMLKit

@Suite("XPath")
struct XPathExpressionTests {
  private let source = """
    <p:Goi xmlns:p="urn:p"><HoSo stt="2"><Ma>H1</Ma><Phi>1500</Phi></HoSo><HoSo stt="1"><Ma>H2</Ma></HoSo></p:Goi>
    """

  @Test("an expression yields nodes, a string, a number or a boolean")
  func kinds() throws {
    let root = try #require(try document(source).root)
    #expect(try XPathExpression("HoSo/Ma").nodes(at: root).map(\.text) == ["H1", "H2"])
    #expect(
      try XPathExpression("HoSo/@stt").nodes(at: root).map(\.path) == ["/p:Goi/HoSo[1]/@stt", "/p:Goi/HoSo[2]/@stt"])
    #expect(try XPathExpression("HoSo/Ma").string(at: root) == "H1")
    #expect(try XPathExpression("KhongCo").string(at: root) == "")
    #expect(try XPathExpression("sum(HoSo/Phi) div 2").number(at: root) == 750)
    #expect(try XPathExpression("number('x')").number(at: root).isNaN)
    #expect(try XPathExpression("HoSo[@stt = 1]/Ma = 'H2'").boolean(at: root))
    #expect(try XPathExpression("boolean(KhongCo)").boolean(at: root) == false)
    guard case .number(2) = try XPathExpression("count(HoSo)").evaluate(at: root) else {
      Issue.record("count is a number")
      return
    }
    #expect(try XPathExpression("/p:Goi/HoSo[last()]/Ma", namespaces: ["p": "urn:p"]).string(at: root) == "H2")
    #expect(try XPathExpression("1 div 3").string(at: root) == "0.333333333333333")
  }

  @Test("nodes come in document order, whatever the expression's order")
  func order() throws {
    let root = try #require(try document(source).root)
    #expect(try XPathExpression("HoSo[2]/Ma | HoSo[1]/Ma").nodes(at: root).map(\.text) == ["H1", "H2"])
    #expect(try XPathExpression("HoSo[2]/preceding-sibling::*/Ma | HoSo[2]/Ma").string(at: root) == "H1")
  }

  @Test("the context node is at position one of one")
  func position() throws {
    let root = try #require(try document(source).root)
    #expect(try XPathExpression("position() + last() * 10").number(at: root) == 11)
  }

  @Test("variables of every kind are looked up by name")
  func variables() throws {
    let root = try #require(try document(source).root)
    let expression = try XPathExpression("concat($a, $b + 1, $c, $d[2]/Ma)")
    #expect(expression.variableNames == ["a", "b", "c", "d"])
    let variables: [String: XPathValue] = [
      "a": .string("x"), "b": .number(1), "c": .boolean(true), "d": .nodes(Array(root.elements)),
    ]
    #expect(try expression.string(at: root, variables: variables) == "x2trueH2")
    #expect(xmlError { _ = try expression.string(at: root) }?.code == .evaluationFailed)
  }

  @Test("EXSLT strings, dates, math and sets are there without declaration")
  func exslt() throws {
    let root = try #require(try document(source).root)
    #expect(try XPathExpression("str:padding(3, 'ab')").string(at: root) == "aba")
    #expect(try XPathExpression("date:year('2026-07-01')").number(at: root) == 2026)
    #expect(try XPathExpression("math:max(HoSo/@stt)").number(at: root) == 2)
    #expect(try XPathExpression("count(set:distinct(HoSo/Ma))").number(at: root) == 2)
  }

  @Test("functions in Swift are called with values and their failure names the reason")
  func swiftFunctions() throws {
    let library = XPathFunctionLibrary([
      XPathFunction("join", arity: 2...2) { arguments throws(XPathFunction.Failure) in
        guard case .nodes(let texts) = arguments[0] else { throw XPathFunction.Failure("needs nodes") }
        return .string(texts.joined(separator: arguments[1].string))
      },
      XPathFunction("is-adult", arity: 1...1) { .boolean($0[0].string.count > 1) },
    ])
    let root = try #require(try document(source).root)
    #expect(try XPathExpression("lt:join(HoSo/Ma, '+')", functions: library).string(at: root) == "H1+H2")
    #expect(try XPathExpression("HoSo[lt:is-adult(Ma)]", functions: library).nodes(at: root).count == 2)
    let wrongType = try XPathExpression("lt:join('a', 'b')", functions: library)
    let error = xmlError { _ = try wrongType.string(at: root) }
    #expect(error?.code == .evaluationFailed)
    #expect(error?.message.contains("needs nodes") == true)
    let wrongArity = try XPathExpression("lt:join(HoSo)", functions: library)
    #expect(xmlError { _ = try wrongArity.string(at: root) }?.message.contains("2 to 2 arguments") == true)
  }

  @Test(
    "what can be known when an expression is made is refused then",
    arguments: [
      "", "a[", "a +", "'x", "q:a", "lt:none()", "upper-case('a')", "str:none()", "a b", "$", "a\0b", "concat(q:f(1))",
    ])
  func invalid(source: String) {
    #expect(xmlError { _ = try XPathExpression(source) }?.code == .expressionInvalid)
  }

  @Test(
    "names that look like functions or prefixes are not taken for them",
    arguments: [
      "a and (b)", "a or(b)", "6 div (3)", "node()", "a/text()", "processing-instruction('x')", "child::a", "a mod(b)",
      "'q:f()'", "\"q:f()\"", "ancestor-or-self::node()", "comment()", "a-b.c", "xml:lang", "@xml:lang", "1.5",
      "Đơn/Vị",
    ])
  func valid(source: String) throws {
    let root = try #require(try document(self.source).root)
    _ = try XPathExpression(source).evaluate(at: root)
  }

  @Test("the error of an expression says the column")
  func errorColumn() {
    #expect(xmlError { _ = try XPathExpression("Đơn/[") }?.column == 5)
  }

  @Test("an evaluation within the operation limit runs, one beyond is stopped")
  func operationLimit() throws {
    let root = try #require(try document("<a>" + String(repeating: "<b/>", count: 300) + "</a>").root)
    let source = "count(//b[count(//b) > 0])"
    let tight = try XPathExpression(source, limits: XPathLimits(operations: 10_000))
    #expect(xmlError { _ = try tight.number(at: root) }?.code == .limitExceeded)
    #expect(try XPathExpression("count(b)", limits: XPathLimits(operations: 10_000)).number(at: root) == 300)
    #expect(try XPathExpression(source).number(at: root) == 300)
  }

  @Test("asking for nodes of an expression that yields none is an error")
  func noNodes() throws {
    let root = try #require(try document(source).root)
    let expression = try XPathExpression("1 + 1")
    #expect(xmlError { _ = try expression.nodes(at: root) }?.code == .evaluationFailed)
  }

  @Test("an evaluation after a failed one on the same document is unharmed")
  func recovery() throws {
    let root = try #require(try document(source).root)
    let failing = try XPathExpression("HoSo[$missing]")
    for _ in 0..<3 {
      #expect(xmlError { _ = try failing.boolean(at: root) } != nil)
      #expect(try XPathExpression("count(HoSo)").number(at: root) == 2)
    }
  }
}
