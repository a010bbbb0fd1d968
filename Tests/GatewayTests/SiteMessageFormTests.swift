import DocumentKit
import DossierModel
import Gateway
import GatewayTesting
import Reception
import Testing
import XMLKit

@Suite("XML that is recognised by its namespace")
struct SiteMessageFormTests {
  private let folder = TemporaryFolder()

  init() {
    write("mau/1/mau.xsd", namespace: "urn:mau", roots: ["hoSo", "tienDo"])
    write("mau/2/mau.xsd", namespace: "urn:mau", roots: ["hoSo", "tienDo"])
    write("khac/1/khac.xsd", namespace: "urn:khac", roots: ["hoSo"])
    write("tron/1/tron.xsd", namespace: nil, roots: ["hoSo"])
    write("nhay/1/nhay.xsd", namespace: "urn:o'a", roots: ["hoSo"])
  }

  private func write(_ path: String, namespace: String?, roots: [String]) {
    let target = namespace.map { #" targetNamespace="\#($0)""# } ?? ""
    let elements = roots.map { #"<xs:element name="\#($0)"/>"# }.joined()
    TestFiles.write(
      #"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"\#(target)>\#(elements)</xs:schema>"#,
      to: folder.path + "/Schemas/" + path)
  }

  private func profile(_ messages: String) throws(SiteErrors) -> SiteProfile {
    let path = folder.path + "/mau.yaml"
    TestFiles.write("profile: mau\nversion: 1\ntitle: Mẫu\nmessages:\n" + messages, to: path)
    return try PartnerCatalogue(files: [path], catalogue: folder.path).profiles[0]
  }

  /// The types of the profile that the document is.
  private func recognised(_ profile: SiteProfile, _ document: String) throws -> [String] {
    let root = try #require(XMLDocument(parsing: Array(document.utf8)).root)
    return try MessageTypeRegistry(profile.messages).recognise(root, format: .xml).map(\.name)
  }

  private func complaint(_ messages: String) throws -> String {
    let error = try #require(throws: SiteErrors.self) { try profile(messages) }
    return error.description.replacing(folder.path + "/", with: "")
  }

  @Test("is told by the namespace and the roots of its schema, or by the one root that the profile names")
  func recognition() throws {
    let profile = try profile(
      """
        ho-so: { format: xml, kind: dossier, namespace: "urn:mau#2", root: hoSo }
        tien-do: { format: xml, kind: progress, schema: mau/1/mau.xsd, root: tienDo }
        khac: { format: xml, kind: dossier, namespace: "urn:khac" }
        tron: { format: xml, kind: dossier, schema: tron/1/tron.xsd }
        nhay: { format: xml, kind: dossier, namespace: "urn:o'a" }
      """)
    #expect(
      profile.messages.map(\.schema).sorted() == [
        "khac/1/khac.xsd", "mau/1/mau.xsd", "mau/2/mau.xsd", "nhay/1/nhay.xsd", "tron/1/tron.xsd",
      ])
    for (document, type) in [
      (#"<hoSo xmlns="urn:mau"/>"#, "mau/ho-so"), (#"<m:hoSo xmlns:m="urn:mau"/>"#, "mau/ho-so"),
      (#"<tienDo xmlns="urn:mau"/>"#, "mau/tien-do"), (#"<hoSo xmlns="urn:khac"/>"#, "mau/khac"),
      ("<hoSo/>", "mau/tron"), (#"<hoSo xmlns="urn:o'a"/>"#, "mau/nhay"),
    ] {
      #expect(try recognised(profile, document) == [type], "\(document)")
    }
    for document in ["<tienDo/>", #"<hoSo xmlns="urn:x"/>"#, #"<x xmlns="urn:mau"><hoSo/></x>"#] {
      #expect(try recognised(profile, document) == [], "\(document)")
    }
  }

  @Test("an expression of the profile's own is what counts, also where the schema is named by its namespace")
  func own() throws {
    let profile = try profile(
      """
        ho-so: { format: xml, kind: dossier, namespace: "urn:mau#1", recognise: "self::*[@loai = '1']" }
      """)
    #expect(profile.messages[0].schema == "mau/1/mau.xsd")
    #expect(try recognised(profile, "<x loai='1'/>") == ["mau/ho-so"])
    #expect(try recognised(profile, #"<hoSo xmlns="urn:mau"/>"#) == [])
  }

  @Test(
    "what cannot be decided is told with its place, what there is and how to choose",
    arguments: [
      (
        #"{ format: xml, kind: dossier, namespace: "urn:mau" }"#,
        "mau.yaml:5:47: messages.a.namespace: the namespace urn:mau has the versions 1 and 2; "
          + "write urn:mau#1 or urn:mau#2"
      ),
      (#"{ format: xml, kind: dossier, namespace: "urn:x" }"#, "no schema describes the namespace urn:x; known here: "),
      (#"{ format: xml, kind: dossier, namespace: "urn:khac", schema: a }"#, "beside schema it says nothing"),
      (#"{ format: xml, kind: dossier }"#, "schema"),
      (#"{ format: xml, kind: dossier, schema: khac/2/khac.xsd }"#, "there is no XML Schema ‘khac/2/khac.xsd’"),
      (
        #"{ format: xml, kind: dossier, schema: khac/1/khac.xsd, root: tienDo }"#,
        "lets no document begin with ‘tienDo’"
      ),
      (#"{ format: xml, kind: dossier, namespace: "urn:khac", root: x }"#, "has the root x; there is khac/1/khac.xsd"),
      (
        #"{ format: xml, kind: dossier, schema: a.xsd, recognise: "self::a", root: a }"#,
        "beside recognise it says nothing"
      ),
      (
        #"{ format: json, kind: dossier, schema: a.json, recognise: "self::root", namespace: "urn:khac" }"#,
        "only XML has it"
      ),
      (#"{ format: json, kind: dossier, schema: a.json }"#, "recognise"),
    ])
  func mistakes(message: String, expected: String) throws {
    let text = try complaint("  a: \(message)\n")
    #expect(text.contains(expected), "\(text)")
    #expect(text.hasPrefix("mau.yaml:5:"), "\(text)")
  }

  @Test("two messages of one root, and several schemas of one namespace, are refused with what tells them apart")
  func alike() throws {
    let same = try complaint(
      """
        a: { format: xml, kind: dossier, schema: mau/1/mau.xsd }
        b: { format: xml, kind: progress, schema: mau/1/mau.xsd, root: tienDo }
      """)
    #expect(
      same.hasPrefix("mau.yaml:6:66: messages.b.root: ‘a’ is recognised by the same root, {urn:mau}tienDo"), "\(same)")
    write("khac/1/hai.xsd", namespace: "urn:khac", roots: ["hoSo"])
    let several = try complaint(#"  a: { format: xml, kind: dossier, namespace: "urn:khac" }"#)
    #expect(several.contains("is described by khac/1/hai.xsd (hoSo) and khac/1/khac.xsd (hoSo)"), "\(several)")
    #expect(several.contains("say schema: in place of namespace"), "\(several)")
  }
}
