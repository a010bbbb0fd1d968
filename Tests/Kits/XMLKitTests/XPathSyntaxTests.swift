import Testing
import XMLKit

@Suite("XPath expressions taken apart")
struct XPathSyntaxTests {
  @Test(
    "an expression becomes the terms that the grammar of XPath 1.0 makes of it",
    arguments: [
      ("a/b/@c", "a/b/@c"), ("child::a/attribute::c", "a/@c"), (" a  /\tb ", "a/b"), (".", "."), ("../a", "../a"),
      ("self::node()", "."), ("a//b", "a/descendant-or-self::node()/b"), ("//b", "/descendant-or-self::node()/b"),
      ("/", "/"), ("/a", "/a"), ("a | b[1]", "(a | b[1])"), ("(a|b)[last()]/c", "(((a | b))[last()])/c"),
      ("1 + 2 * 3", "(1 + (2 * 3))"), ("(1 + 2) * 3", "((1 + 2) * 3)"), ("1 - 2 - 3", "((1 - 2) - 3)"),
      ("a or b and c", "(a or (b and c))"), ("a = b < c", "(a = (b < c))"), ("--a", "--a"), ("-a|b", "-(a | b)"),
      ("a-b", "a-b"), ("a - b", "(a - b)"), ("a -b", "(a - b)"), ("* * *", "(* * *)"), ("div div div", "(div div div)"),
      ("and and and", "(and and and)"), ("mod[or]", "mod[or]"), ("x:*", "x:*"), ("@*", "@*"),
      ("$group/x:ten", "($group)/x:ten"), ("lt:lower(a, 'x')", "lt:lower(a, 'x')"), ("f()", "f()"),
      ("text()", "text()"), ("node ( )", "node()"), ("processing-instruction('a')", "processing-instruction('a')"),
      ("\"it's\"", "\"it's\""), (".5", ".5"), ("5.", "5."), ("tên/họ", "tên/họ"), ("parent :: a", "parent::a"),
      ("child", "child"), ("not(a[b = 'c' and d])", "not(a[((b = 'c') and d)])"),
    ])
  func terms(source: String, text: String) throws {
    #expect(try XPathSyntax(source).root.description == text)
  }

  @Test(
    "what is no XPath 1.0 is refused at its column",
    arguments: [
      ("", 1), ("a b", 3), ("a[", 3), ("a[1", 4), ("a]", 2), ("f(", 3), ("f(a,", 5), ("(a", 3), ("'a", 1), ("$", 2),
      ("$ a", 2), ("a/", 3), ("a///b", 4), ("/ /a", 3), ("/ or /", 7), ("no::a", 1), ("@@a", 2), (".[1]", 2), ("a:", 2),
      ("a: b", 3),
      ("1e3", 2), ("a !b", 3), ("text(1)", 6), ("a |", 4), ("x:f:g", 4), ("đ ê", 3),
    ])
  func refusals(source: String, column: Int) {
    do {
      Issue.record("read as \(try XPathSyntax(source).root)")
    } catch {
      #expect(error.code == .expressionInvalid && error.column == column, "\(source): \(error)")
    }
  }

  @Test("brackets nest as deep as the limit and no deeper")
  func depth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth - 1) + "a" + String(repeating: ")", count: depth - 1)
    }
    #expect(try XPathSyntax(nested(XPathSyntax.depthLimit)).root.description == "a")
    #expect(throws: XMLError.self) { try XPathSyntax(nested(XPathSyntax.depthLimit + 1)) }
  }
}
