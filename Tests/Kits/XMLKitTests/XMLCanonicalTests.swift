import Testing
import XMLKit

@Suite("Canonical XML")
struct XMLCanonicalTests {
  private static let signature = "http://www.w3.org/2000/09/xmldsig#"
  private static let exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"

  @Test("attributes are sorted, empty elements written out, references resolved, namespaces repeated no more")
  func basics() throws {
    let parsed = try document(
      "<?xml version='1.0'?><?pi x?><!--c--><a xmlns='urn:a'  z='1' b='&#9;\"' ><b xmlns='urn:a'/>&#13;<![CDATA[<]]><!--c--></a>"
    )
    let plain = "<?pi x?>\n<a xmlns=\"urn:a\" b=\"&#x9;&quot;\" z=\"1\"><b></b>&#xD;&lt;</a>"
    #expect(text(try parsed.canonicalised(.inclusive)) == plain)
    #expect(text(try parsed.canonicalised(.exclusive)) == plain)
    #expect(
      text(try parsed.canonicalised(.inclusive11, withComments: true))
        == "<?pi x?>\n<!--c-->\n<a xmlns=\"urn:a\" b=\"&#x9;&quot;\" z=\"1\"><b></b>&#xD;&lt;<!--c--></a>")
  }

  @Test("a subtree carries inherited namespaces and xml: attributes along only in the inclusive form")
  func subtree() throws {
    let parsed = try document("<a xmlns='urn:a' xmlns:p='urn:p' xmlns:q='urn:q' xml:lang='vi'><p:b><c/></p:b><d/></a>")
    let part = XMLCanonicalSubset.subtree(try #require(parsed.root?.firstElement(named: "b")))
    #expect(
      text(try parsed.canonicalised(.inclusive, subset: part))
        == "<p:b xmlns=\"urn:a\" xmlns:p=\"urn:p\" xmlns:q=\"urn:q\" xml:lang=\"vi\"><c></c></p:b>")
    #expect(
      text(try parsed.canonicalised(.exclusive, subset: part)) == "<p:b xmlns:p=\"urn:p\"><c xmlns=\"urn:a\"></c></p:b>"
    )
    #expect(
      text(try parsed.canonicalised(.exclusive, inclusivePrefixes: ["q", "#default"], subset: part))
        == "<p:b xmlns=\"urn:a\" xmlns:p=\"urn:p\" xmlns:q=\"urn:q\"><c></c></p:b>")
  }

  @Test("an empty node-set has an empty form, and a value none")
  func emptySet() throws {
    let parsed = try document("<a/>")
    let root = try #require(parsed.root)
    #expect(try parsed.canonicalised(.inclusive, subset: .nodes(XPathExpression("b"), at: root)) == [])
    let error = xmlError { _ = try parsed.canonicalised(.inclusive, subset: .nodes(XPathExpression("1"), at: root)) }
    #expect(error?.code == .canonicalisationFailed)
  }

  @Test("a document with a relative namespace name has no canonical form")
  func relativeNamespace() throws {
    let parsed = try document("<a xmlns='goc'/>")
    #expect(xmlError { _ = try parsed.canonicalised(.inclusive) }?.code == .canonicalisationFailed)
  }

  @Test("all twenty-eight canonical forms of Merlin Hughes' interoperability test come out byte for byte")
  func merlinCanonical() throws {
    let parsed = try XMLDocument(parsing: OutsideData.read("xmldsig/tests/merlin-c14n-three/signature.xml"))
    let prefixes = ["d": Self.signature, "e": Self.exclusive]
    let references = try XPathExpression("//d:SignedInfo/d:Reference", namespaces: prefixes).nodes(
      at: parsed.documentNode)
    #expect(references.count == 27)
    let filter = try XPathExpression("string(.//d:XPath)", namespaces: prefixes)
    let isExclusive = try XPathExpression("boolean(.//d:Transform[2])", namespaces: prefixes)
    let inclusivePrefixes = try XPathExpression("string(.//e:InclusiveNamespaces/@PrefixList)", namespaces: prefixes)
    // XML Signature §6.6.3: the filter is evaluated for every node of the document, with its own namespaces.
    let namespaces = [
      "bar": "http://example.org/bar", "baz": "http://example.org/baz", "foo": "http://example.org/foo",
    ]
    for (index, reference) in references.enumerated() {
      let subset = try XPathExpression(
        "(//. | //@* | //namespace::*)[\(filter.string(at: reference))]", namespaces: namespaces)
      let written = try parsed.canonicalised(
        isExclusive.boolean(at: reference) ? .exclusive : .inclusive,
        inclusivePrefixes: inclusivePrefixes.string(at: reference).split(separator: " ").map(String.init),
        subset: .nodes(subset, at: parsed.documentNode))
      let expected = try OutsideData.read("xmldsig/tests/merlin-c14n-three/c14n-\(index).txt")
      #expect(text(written) == text(expected), "reference \(index)")
      let digest = try XPathExpression("string(d:DigestValue)", namespaces: prefixes).string(at: reference)
      #expect(SHA1.base64(SHA1.hash(written)) == digest, "reference \(index)")
    }
    let signed = try XPathExpression("//d:SignedInfo", namespaces: prefixes).nodes(at: parsed.documentNode)
    let written = try parsed.canonicalised(.inclusive, subset: .subtree(try #require(signed.first)))
    #expect(text(written) == text(try OutsideData.read("xmldsig/tests/merlin-c14n-three/c14n-27.txt")))
  }

  @Test("the exclusive forms of Merlin Hughes' second test have the digests he signed")
  func merlinExclusive() throws {
    let parsed = try XMLDocument(parsing: OutsideData.read("xmldsig/tests/merlin-exc-c14n-one/exc-signature.xml"))
    let prefixes = ["d": Self.signature, "e": Self.exclusive]
    let object = try XPathExpression("//*[@Id = 'to-be-signed']").nodes(at: parsed.documentNode)
    let references = try XPathExpression("//d:Reference", namespaces: prefixes).nodes(at: parsed.documentNode)
    #expect(references.count == 4)
    for (index, reference) in references.enumerated() {
      let list = try XPathExpression("string(.//e:InclusiveNamespaces/@PrefixList)", namespaces: prefixes)
      let comments = try XPathExpression("contains(.//d:Transform/@Algorithm, 'WithComments')", namespaces: prefixes)
      let written = try parsed.canonicalised(
        .exclusive, withComments: comments.boolean(at: reference),
        inclusivePrefixes: list.string(at: reference).split(separator: " ").map(String.init),
        subset: .subtree(try #require(object.first)))
      let digest = try XPathExpression("string(d:DigestValue)", namespaces: prefixes).string(at: reference)
      #expect(SHA1.base64(SHA1.hash(written)) == digest, "reference \(index)")
    }
  }

  @Test(
    "the signed objects of Merlin Hughes' enveloping signatures have the digests he signed",
    arguments: ["enveloping-dsa", "enveloping-rsa", "enveloping-hmac-sha1", "enveloping-hmac-sha1-40"])
  func merlinEnveloping(name: String) throws {
    let parsed = try XMLDocument(
      parsing: OutsideData.read("xmldsig/tests/merlin-xmldsig-twenty-three/signature-\(name).xml"))
    let found = try XPathExpression("//d:Reference[starts-with(@URI, '#')]", namespaces: ["d": Self.signature])
      .nodes(at: parsed.documentNode).first
    let reference = try #require(found)
    let digest = try XPathExpression("string(d:DigestValue)", namespaces: ["d": Self.signature]).string(at: reference)
    let target = try XPathExpression("//*[concat('#', @Id) = $uri]").nodes(
      at: parsed.documentNode, variables: ["uri": .string(reference.attribute(named: "URI")?.text ?? "")])
    let written = try parsed.canonicalised(.inclusive, subset: .subtree(try #require(target.first)))
    #expect(SHA1.base64(SHA1.hash(written)) == digest)
  }
}
