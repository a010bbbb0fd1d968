import Testing
import XMLKit

@Suite("Hostile documents")
struct XMLHostileTests {
  @Test(
    "every DOCTYPE is refused, harmless ones too",
    arguments: [
      "<!DOCTYPE a><a/>", "<!DOCTYPE a []><a/>", "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>",
      "<!DOCTYPE a PUBLIC 'p' 's'><a/>", "<?xml version='1.0'?>\n<!-- c --><!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
      "<!DOCTYPE a [<!ENTITY % p SYSTEM '/etc/passwd'> %p;]><a/>", "<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>",
    ])
  func doctype(source: String) {
    #expect(xmlError { _ = try document(source) }?.code == .doctypeRefused)
  }

  @Test("the place of a DOCTYPE is told")
  func doctypePlace() {
    let error = xmlError { _ = try document("<?xml version='1.0'?>\n\n<!DOCTYPE a><a/>") }
    #expect(error?.line == 3)
  }

  @Test("an external entity is not read")
  func externalEntity() throws {
    let folder = try TemporaryFolder(["mật": "lộ"])
    for quoted in ["SYSTEM '\(folder.file("mật"))'", "PUBLIC 'p' 'file://\(folder.file("mat"))'"] {
      let error = xmlError { _ = try document("<!DOCTYPE a [<!ENTITY e \(quoted)>]><a>&e;</a>") }
      #expect(error?.code == .doctypeRefused)
      #expect(error?.description.contains("lộ") == false)
    }
  }

  @Test("entities that multiply are refused before they are read")
  func entityBombs() {
    var laughs = "<!DOCTYPE a [<!ENTITY l0 'ha'>"
    for level in 1...30 { laughs += "<!ENTITY l\(level) '&l\(level - 1);&l\(level - 1);'>" }
    #expect(xmlError { _ = try document(laughs + "]><a>&l30;</a>") }?.code == .doctypeRefused)
    let block = String(repeating: "x", count: 30_000)
    let quadratic = "<!DOCTYPE a [<!ENTITY b '\(block)'>]><a>\(String(repeating: "&b;", count: 5_000))</a>"
    #expect(xmlError { _ = try document(quadratic) }?.code == .doctypeRefused)
  }

  @Test("bytes at their limit are read, one more is refused")
  func bytes() throws {
    let source = "<a>xx</a>"
    _ = try document(source, limits: XMLLimits(bytes: source.utf8.count))
    let error = xmlError { _ = try document(source, limits: XMLLimits(bytes: source.utf8.count - 1)) }
    #expect(error?.code == .limitExceeded)
    #expect(error?.message.contains("bytes = 8") == true)
    let borrowed = Array(source.utf8)
    #expect(
      xmlError {
        _ = try borrowed.withUnsafeBytes { try XMLDocument(parsing: $0, limits: XMLLimits(bytes: 8)) }
      }?.code == .limitExceeded)
    _ = try borrowed.withUnsafeBytes { try XMLDocument(parsing: $0, limits: XMLLimits(bytes: 9)) }
  }

  @Test("a text of ten million bytes is held to the byte limit, not to one of libxml2's")
  func hugeText() throws {
    let source = Array("<a>".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 10_000_000) + Array("</a>".utf8)
    let error = xmlError { _ = try XMLDocument(parsing: source, limits: XMLLimits(bytes: source.count - 1)) }
    #expect(error?.code == .limitExceeded)
    let parsed = try XMLDocument(parsing: source, limits: XMLLimits(bytes: source.count))
    #expect(parsed.root?.withTextBytes { $0.count } == 10_000_000)
  }

  @Test("depth at its limit is read, one deeper is refused with its place", arguments: [1, 2, 200, 256])
  func depth(limit: Int) throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth)
    }
    _ = try document(nested(limit), limits: XMLLimits(depth: limit))
    let error = xmlError { _ = try document(nested(limit + 1), limits: XMLLimits(depth: limit)) }
    #expect(error?.code == .limitExceeded)
    #expect(error?.column == limit * 3 + 1)
  }

  @Test(
    "attributes at their limit are read, one more is refused, in small documents and in large ones",
    arguments: [0, 100_000])
  func attributes(padding: Int) throws {
    func tag(_ count: Int) -> String {
      "<a>\(String(repeating: " ", count: padding))<b " + (0..<count).map { "a\($0)='1'" }.joined(separator: "\n")
        + "/></a>"
    }
    #expect(try document(tag(256)).root?.elements.first { _ in true }?.attributes.map(\.text).count == 256)
    let error = xmlError { _ = try document(tag(257)) }
    #expect(error?.code == .limitExceeded)
    #expect(error?.column == padding + 4)
    #expect(error?.message.contains("attributesPerElement = 256") == true)
  }

  @Test("what looks like attributes in text, comments and CDATA sections is not counted")
  func noAttributes() throws {
    let fake = (0..<5_000).map { "a\($0)='1'" }.joined(separator: " ")
    _ = try document("<a>\(fake)<!--\(fake)--><![CDATA[\(fake)]]><?p \(fake)?></a>")
    _ = try document("<a b='\(fake.replacing("'", with: "\""))'/>")
  }

  @Test(
    "megabytes of attributes are refused without being compared with each other, which would take minutes",
    .timeLimit(.minutes(1)))
  func attributeBomb() {
    var source = Array("<a".utf8)
    for index in 0..<500_000 {
      source += [UInt8(ascii: " "), UInt8(ascii: "a")]
      for shift in 0..<5 { source.append(UInt8(ascii: "a") + UInt8(index >> (4 * shift) & 15)) }
      source += [UInt8(ascii: "="), UInt8(ascii: "'"), UInt8(ascii: "'")]
    }
    source += Array("/>".utf8)
    #expect(xmlError { _ = try XMLDocument(parsing: source) }?.code == .limitExceeded)
  }

  @Test("namespaces in scope at their limit are read, one more is refused")
  func namespaces() throws {
    func nested(_ count: Int) -> String {
      (0..<count).map { "<a xmlns:p\($0)='u'>" }.joined() + String(repeating: "</a>", count: count)
    }
    _ = try document(nested(10), limits: XMLLimits(namespacesInScope: 10))
    let error = xmlError { _ = try document(nested(11), limits: XMLLimits(namespacesInScope: 10)) }
    #expect(error?.code == .limitExceeded)
    #expect(error?.message.contains("namespacesInScope") == true)
    // Those of siblings are not in scope together.
    _ = try document(
      "<r>" + String(repeating: "<a xmlns:p='u' xmlns:q='v'/>", count: 100) + "</r>",
      limits: XMLLimits(namespacesInScope: 10))
  }

  @Test(
    "nodes of every kind are counted; at the limit they are read, one more is refused",
    arguments: ["<b/>", "<!---->", "<?p?>", "<![CDATA[x]]>"])
  func nodes(node: String) throws {
    func source(_ count: Int) -> String { "<a>" + String(repeating: node, count: count) + "</a>" }
    _ = try document(source(99), limits: XMLLimits(nodes: 100))
    let error = xmlError { _ = try document(source(100), limits: XMLLimits(nodes: 100)) }
    #expect(error?.code == .limitExceeded)
    #expect(error?.message.contains("nodes = 100") == true)
    #expect(xmlError { _ = try document("<a b='' c='' d=''/>", limits: XMLLimits(nodes: 3)) }?.code == .limitExceeded)
  }

  @Test("the first fault is told, not a consequence of stopping there")
  func firstFault() {
    let error = xmlError { _ = try document("<a><b></c><d></a>") }
    #expect(error?.message == "the end tag \"c\" does not match the start tag \"b\"")
  }

  @Test("no prefix of a document is taken for a document")
  func prefixes() throws {
    let source = Array("<?xml version='1.0'?><a b='c'>đ<!--x--><c><![CDATA[y]]></c>&amp;<?p q?></a>".utf8)
    for count in 0..<source.count {
      #expect(xmlError { _ = try XMLDocument(parsing: Array(source[..<count])) } != nil, "\(count) bytes")
    }
    _ = try XMLDocument(parsing: source)
  }

  @Test("documents with changed bytes never crash, and what is read can be written and read again")
  func mutations() throws {
    let source = Array(
      "<?xml version='1.0' encoding='utf-8'?><p:a xmlns:p='u' b='&lt;&#233;'>đ<!--x--><c/><![CDATA[y]]></p:a>".utf8)
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func next(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    var read = 0
    for _ in 0..<20_000 {
      var bytes = source
      for _ in 0...next(3) { bytes[next(bytes.count)] = UInt8(truncatingIfNeeded: next(256)) }
      guard let parsed = try? XMLDocument(parsing: bytes) else { continue }
      read += 1
      let written = parsed.serialised()
      #expect(try XMLDocument(parsing: written).serialised() == written)
    }
    #expect(read > 100)
  }
}
