import Testing

@testable import JSONKit

@Suite("URI references (RFC 3986)")
struct URIReferenceTests {
  @Test(
    "The examples of §5.4 resolve as the standard says",
    arguments: [
      ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
      ("/g", "http://a/g"),
      ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q"),
      (";x", "http://a/b/c/;x"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"),
      ("..", "http://a/b/"), ("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"),
      ("../../g", "http://a/g"), ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
      ("g.", "http://a/b/c/g."), ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"),
      ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"), ("g;x=1/../y", "http://a/b/c/y"),
    ])
  func resolves(reference: String, expected: String) {
    let base = URIReference("http://a/b/c/d;p?q")
    #expect(URIReference(reference).resolved(against: base).withoutFragment == expected)
  }

  @Test("A URN keeps its parts, and a fragment alone means the same URN")
  func urns() {
    let urn = URIReference("urn:example:weather?=op=map#here")
    #expect(urn.withoutFragment == "urn:example:weather?=op=map")
    #expect(urn.fragment == "here")
    #expect(URIReference("#x").resolved(against: urn).withoutFragment == urn.withoutFragment)
  }

  @Test("A relative reference without any base stays relative")
  func noBase() {
    #expect(URIReference("a/../b.json").resolved(against: URIReference("")).withoutFragment == "b.json")
  }
}
