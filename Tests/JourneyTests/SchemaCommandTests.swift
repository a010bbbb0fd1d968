import GatewayTesting
import JSONKit
import Testing

@Suite("The command line: schemas", .timeLimit(.minutes(5)))
struct SchemaCommandTests {
  private let folder = TemporaryFolder()

  private var schema: String {
    folder.file(
      "s.json",
      """
      {"type": "object", "required": ["ma"], "additionalProperties": false, "properties": {
        "ma": {"type": "string", "pattern": "^H[0-9]{2}$", "description": "Mã"},
        "ds": {"type": "array", "items": {"type": "object", "properties": {"k": {"enum": ["1", "2"]}}}}}}
      """)
  }

  private var xsd: String {
    folder.file(
      "s.xsd",
      """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="xs:int"/>
      <xs:element name="b"><xs:complexType><xs:attribute name="k" use="required"/></xs:complexType></xs:element></xs:schema>
      """)
  }

  @Test("schema show draws the tree, one declaration on a line")
  func show() {
    let run = ProgramRun.lienthong("schema", "show", schema)
    #expect(run.exitCode == 0 && run.errorText.isEmpty)
    #expect(run.lines.first == "root  1")
    #expect(run.lines.contains("  ma  1  string  pattern ^H[0-9]{2}$   — Mã"), "\(run.text)")
    #expect(run.lines.contains { $0.contains("k  0..1") && $0.contains("{1|2}") })
    let other = ProgramRun.lienthong("schema", "show", "--root", "b", xsd)
    #expect(other.lines == ["b  1", "  @k  1  xs:anySimpleType"])
  }

  @Test(
    "an XSD is shown, listed and sampled by its namespace; several versions, files or none are told with what there is")
  func namespaces() {
    func write(_ path: String, _ namespace: String, _ content: String) {
      TestFiles.write(
        #"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="\#(namespace)">\#(content)</xs:schema>"#,
        to: folder.path + "/Schemas/" + path)
    }
    write("a/1/a.xsd", "urn:a", #"<xs:element name="a" type="xs:int"/>"#)
    write("a/2/a.xsd", "urn:a", #"<xs:element name="a" type="xs:date"/>"#)
    write(
      "b/1/b.xsd", "urn:b",
      #"<xs:import namespace="urn:a"/><xs:element name="b"><xs:complexType><xs:sequence>"#
        + #"<xs:element xmlns:a="urn:a" ref="a:a"/></xs:sequence></xs:complexType></xs:element>"#)
    func run(_ command: String, _ name: String) -> ProgramRun {
      ProgramRun.lienthong("schema", command, name, "--schemas", folder.path + "/Schemas")
    }
    #expect(run("show", "urn:a#1").lines.first?.hasPrefix("a  1  xs:int") == true)
    #expect(run("show", "urn:a#2").lines == ["a  1  xs:date"])
    #expect(run("paths", "urn:b").lines.first?.hasPrefix("b/a") == true, "\(run("paths", "urn:b").errorText)")
    let sample = run("sample", "urn:b")
    #expect(sample.exitCode == 0 && sample.text.contains("urn:b"), "\(sample.errorText)")
    for (name, sentence) in [
      ("urn:a", "the namespace urn:a has the versions 1 and 2; write urn:a#1 or urn:a#2"),
      ("urn:a#3", "there is no version 3 of the namespace urn:a"),
      ("urn:c", "no schema describes the namespace urn:c; known here: urn:a, urn:b"),
    ] {
      for command in ["show", "paths", "sample"] {
        let refused = run(command, name)
        #expect(refused.exitCode == 2 && refused.errorText.contains(sentence), "\(refused.errorText)")
      }
    }
    let shipped = ProgramRun.lienthong(
      "schema", "show", "http://www.mic.gov.vn/TBT/QCVN_102_2016", "--schemas", TestFiles.projectRoot + "/Schemas")
    #expect(shipped.exitCode == 2 && shipped.errorText.contains("edxml/1/status.xsd (edXML"), "\(shipped.errorText)")
  }

  @Test("schema paths lists leaves, as text and as JSON")
  func paths() throws {
    let run = ProgramRun.lienthong("schema", "paths", schema)
    #expect(run.exitCode == 0)
    #expect(run.lines.map { $0.split(separator: " ").first.map(String.init) } == ["root/ma", "root/ds/k"])
    let json = try JSONDocument(parsing: ProgramRun.lienthong("schema", "paths", "--json", schema).text).root
    #expect(json[1]?["path"]?.string == "ds/k")
    #expect(json[1]?["maximum"]?.isNull == true)
    #expect(json[0]?["required"]?.boolean == true)
  }

  @Test("schema sample writes valid documents, the same for the same seed")
  func sample() {
    let one = ProgramRun.lienthong("schema", "sample", "--seed", "5", "--count", "3", schema)
    #expect(one.exitCode == 0)
    #expect(one.lines.count == 3)
    #expect(one.text == ProgramRun.lienthong("schema", "sample", "--seed", "5", "--count", "3", schema).text)
    for (number, line) in one.lines.enumerated() {
      let document = folder.file("d\(number).json", String(line))
      #expect(ProgramRun.lienthong("validate", "--schema", schema, document).exitCode == 0)
    }
    let limits = ProgramRun.lienthong("schema", "sample", "--limits", "--json", "--root", "b", xsd)
    #expect(limits.exitCode == 0 && limits.text.contains("everything once"), "\(limits.errorText)")
  }

  @Test("schema infer drafts a schema that its documents obey")
  func infer() {
    let first = folder.file("1.json", #"{"ma": "H01", "n": 1}"#)
    let second = folder.file("2.json", #"{"ma": "H02"}"#)
    let run = ProgramRun.lienthong("schema", "infer", first, second)
    #expect(run.exitCode == 0)
    let draft = folder.file("draft.schema.json", run.text)
    for document in [first, second] {
      #expect(ProgramRun.lienthong("validate", "--schema", draft, document).exitCode == 0)
    }
    #expect(ProgramRun.lienthong("validate", "--schema", draft, folder.file("3.json", #"{"n": 1}"#)).exitCode == 1)
    #expect(ProgramRun.lienthong("schema", "infer", "--xsd", first).exitCode == 2)
  }

  @Test("each ends with 2 for what cannot be read or used, and says what")
  func unusable() {
    for words in [["show"], ["paths"], ["sample"]] {
      let run = ProgramRun.lienthong("schema", words[0], folder.path + "/absent.xsd")
      #expect(run.exitCode == 2 && run.errorText.contains("absent.xsd"), "\(words)")
    }
    #expect(ProgramRun.lienthong("schema", "show", "--root", "c", xsd).errorText.contains("it has a, b"))
    #expect(ProgramRun.lienthong("schema", "sample", "--seed", "x", schema).exitCode == 2)
    #expect(ProgramRun.lienthong("schema", "infer", folder.path + "/absent.json").exitCode == 2)
  }
}
