import Glibc
import Synchronization
import Testing
import XMLKit

@Suite("Threads")
struct ConcurrencyTests {
  /// Runs `body` on `count` threads of their own, as servers do, and waits for all.
  private func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    final class Start: Sendable {
      let body: @Sendable () -> Void
      init(body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var threads: [pthread_t] = []
    for index in 0..<count {
      var thread = pthread_t()
      let start = Unmanaged.passRetained(Start { body(index) })
      let status = pthread_create(
        &thread, nil,
        { raw in
          Unmanaged<Start>.fromOpaque(raw!).takeRetainedValue().body()
          return nil
        }, start.toOpaque())
      #expect(status == 0)
      threads.append(thread)
    }
    for thread in threads { pthread_join(thread, nil) }
  }

  @Test("one schema, one stylesheet and one expression serve many threads at the same time")
  func sharing() throws {
    let folder = try TemporaryFolder(["hoso.xsd": XMLSchemaTests.dossier])
    let schema = try XMLSchema(contentsOf: folder.file("hoso.xsd"))
    let library = XPathFunctionLibrary([XPathFunction("twice", arity: 1...1) { .string($0[0].string + $0[0].string) }])
    let stylesheet = try XSLTStylesheet(
      parsing: Array(
        """
        <xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:h="urn:hoso"
          xmlns:lt="urn:lienthong:functions" xmlns:str="http://exslt.org/strings">
        <xsl:output method="text"/><xsl:key name="k" match="h:TaiLieu" use="@so"/>
        <xsl:template match="/"><xsl:value-of select="lt:twice(h:HoSo/h:Ma)"/>
        <xsl:value-of select="concat(str:padding(2, '-'), count(key('k', '1')))"/></xsl:template></xsl:stylesheet>
        """.utf8), functions: library)
    let expression = try XPathExpression(
      "concat(lt:twice(h:Ma), str:padding(1, '+'), count(h:TaiLieu[@so > 0]))", namespaces: ["h": "urn:hoso"],
      functions: library)
    let path = try XPathExpression("h:Ma", namespaces: ["h": "urn:hoso"])
    let wrong = Mutex<[String]>([])
    onThreads(8) { thread in
      for round in 0..<200 {
        let code = "H\(100 + (thread * 200 + round) % 900)"
        let outcome: String
        do {
          let parsed = try document(
            "<HoSo xmlns='urn:hoso'><Ma>\(code)</Ma><Ten>\(round.isMultiple(of: 2) ? "An" : "x")</Ten><TaiLieu so='1'/></HoSo>"
          )
          let root = parsed.root!
          let findings = schema.validate(parsed).map(\.rule)
          outcome = try [
            "\(findings)", expression.string(at: root), path.string(at: root),
            text(stylesheet.transform(parsed).serialised()),
          ].joined(separator: " ")
        } catch {
          outcome = "\(error)"
        }
        let rules = round.isMultiple(of: 2) ? "[]" : "[\"cvc-minLength-valid\"]"
        let expected = "\(rules) \(code)\(code)+1 \(code) \(code)\(code)--1"
        if outcome != expected { wrong.withLock { $0.append(outcome) } }
      }
    }
    #expect(wrong.withLock { $0 } == [])
  }

  @Test("while one thread compiles a schema, documents of others still reach no file")
  func scopes() throws {
    let folder = try TemporaryFolder([
      "a.xsd":
        "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:include schemaLocation='b.xsd'/></xs:schema>",
      "b.xsd": "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='b'/></xs:schema>",
      "e.xsl":
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'lienthong:/file/1'>]><xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:template match='/'><r>&e;</r></xsl:template></xsl:stylesheet>",
    ])
    let leaks = Mutex(0)
    onThreads(4) { thread in
      for _ in 0..<100 {
        if thread.isMultiple(of: 2) {
          if (try? XMLSchema(contentsOf: folder.file("a.xsd"))) == nil { leaks.withLock { $0 += 1 } }
        } else if let stylesheet = try? XSLTStylesheet(contentsOf: folder.file("e.xsl")),
          let result = try? stylesheet.transform(document("<a/>")), text(result.serialised()).contains("schema")
        {
          leaks.withLock { $0 += 1 }
        }
      }
    }
    #expect(leaks.withLock { $0 } == 0)
  }
}
