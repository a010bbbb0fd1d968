import DocumentKit
import GatewayTesting
import JSONKit
import ServiceKit
import Testing
import Workbench

@Suite("Samples of schemas")
struct SampleMakerTests {
  private let folder = TemporaryFolder()

  private func maker(_ schema: String, seed: UInt64 = 1) throws -> SampleMaker {
    let path = folder.path + (schema.hasPrefix("<") ? "/s.xsd" : "/s.json")
    TestFiles.write(schema, to: path)
    var maker = try SampleMaker(contentsOf: path, seed: seed)
    maker.isIndented = false
    return maker
  }

  private func xsd(_ components: String) -> String {
    #"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">\#(components)</xs:schema>"#
  }

  @Test("every shipped schema is there")
  func number() { #expect(ShippedSchema.all.count >= 18) }

  // The maker validates what it hands out; validating again here keeps it honest.
  @Test("twenty are valid, and the same seed gives the same bytes", arguments: ShippedSchema.all)
  func shipped(schema: ShippedSchema) throws {
    let seed: UInt64 = 20_261_121
    var maker = try SampleMaker(contentsOf: schema.path, root: schema.root, seed: seed)
    var again = try SampleMaker(contentsOf: schema.path, root: schema.root, seed: seed)
    var different: Set<[UInt8]> = []
    for number in 1...20 {
      let sample = try maker.next()
      #expect(try maker.findings(sample.bytes) == [], "\(schema) seed \(seed), sample \(number)")
      #expect(try again.next() == sample, "\(schema) seed \(seed), sample \(number)")
      different.insert(sample.bytes)
    }
    #expect(different.count > 1, "seed \(seed): all samples are the same")
  }

  @Test("the limits of every shipped schema have documents, valid ones", arguments: ShippedSchema.all)
  func limits(schema: ShippedSchema) throws {
    let maker = try SampleMaker(contentsOf: schema.path, root: schema.root, seed: 7)
    let limits = maker.limitSamples()
    #expect(!limits.samples.isEmpty)
    for sample in limits.samples { #expect(try maker.findings(sample.bytes) == [], "\(sample.name)") }
    #expect(Set(limits.samples.map(\.name)).count + limits.skipped.count > 0)
    // What other rules forbid is named; it is the exception.
    #expect(limits.skipped.count * 10 <= limits.samples.count + 20, "\(limits.skipped)")
  }

  @Test("limits are lengths, ranges, listed values, branches and cardinalities, each by name")
  func limitNames() throws {
    let maker = try maker(
      xsd(
        """
        <xs:element name="r"><xs:complexType><xs:sequence>
          <xs:element name="s" minOccurs="0" maxOccurs="3"><xs:simpleType><xs:restriction base="xs:string">
            <xs:minLength value="2"/><xs:maxLength value="5"/></xs:restriction></xs:simpleType></xs:element>
          <xs:choice><xs:element name="n"><xs:simpleType><xs:restriction base="xs:int"><xs:minInclusive value="3"/>
            <xs:maxInclusive value="9"/></xs:restriction></xs:simpleType></xs:element>
            <xs:element name="e"><xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="a"/>
            <xs:enumeration value="b"/></xs:restriction></xs:simpleType></xs:element></xs:choice>
        </xs:sequence><xs:attribute name="k" type="xs:boolean"/></xs:complexType></xs:element>
        """))
    let limits = maker.limitSamples()
    #expect(limits.skipped == [])
    let texts = Dictionary(
      uniqueKeysWithValues: limits.samples.map { ($0.name, String(decoding: $0.bytes, as: UTF8.self)) })
    #expect(
      Set(texts.keys) == [
        "everything once", "@k: absent", "s: 0 time(s)", "s: 1 time(s)", "s: 3 time(s)", "branch 1 (n)", "branch 2 (e)",
        "s: minLength 2", "s: maxLength 5", "n: minimum 3", "n: maximum 9", "e: value 1", "e: value 2",
      ])
    #expect(texts["s: 3 time(s)"]?.split(separator: "<s>").count == 4)
    #expect(texts["@k: absent"]?.contains("k=") == false)
    #expect(texts["n: maximum 9"]?.contains("<n>9</n>") == true)
    #expect(texts["e: value 2"]?.contains("<e>b</e>") == true)
  }

  @Test("conditions are met by repair, both ways")
  func conditions() throws {
    var maker = try maker(
      """
      {"type": "object", "required": ["kind", "number"], "additionalProperties": false, "properties": {
        "kind": {"enum": ["1", "2"]}, "number": {"type": "string", "pattern": "^[0-9]+$"},
        "end": {"type": ["string", "null"]}},
       "if": {"properties": {"kind": {"const": "1"}}},
       "then": {"required": ["end"], "properties": {"number": {"pattern": "^[0-9]{12}$"}, "end": {"type": "string"}}},
       "else": {"properties": {"number": {"pattern": "^[0-9]{9}$"}}}}
      """)
    var kinds: Set<String> = []
    for _ in 0..<50 {
      let document = try JSONDocument(parsing: try maker.next().bytes).root
      let kind = try #require(document["kind"]?.string)
      kinds.insert(kind)
      #expect(document["number"]?.string?.count == (kind == "1" ? 12 : 9))
    }
    #expect(kinds == ["1", "2"])
  }

  @Test("texts that look like times are days of the calendar, whatever else the pattern allows")
  func times() throws {
    for (pattern, length) in [("^[0-9]{14}$", 14), ("^[0-9]{2}/[0-9]{2}/[0-9]{4}$", 10)] {
      var maker = try maker(#"{"type": "string", "pattern": "\#(pattern)"}"#)
      for _ in 0..<50 {
        let text = try #require(try JSONDocument(parsing: try maker.next().bytes).root.string)
        #expect(text.count == length)
        let month = length == 14 ? text.dropFirst(4).prefix(2) : text.dropFirst(3).prefix(2)
        #expect((1...12).contains(Int(month) ?? 0), "\(text)")
      }
    }
  }

  @Test("a pattern from which nothing can be made is refused by its construct, unless the schema gives examples")
  func refusedPattern() throws {
    var refused = try maker(#"{"type": "string", "pattern": "^(?=a)b"}"#)
    let error = try #require(throws: SampleError.self) { try refused.next() }
    #expect(error.code == .text)
    #expect(error.message.contains("look-around"))
    var given = try maker(#"{"type": "string", "pattern": "^(?=a)ab", "examples": ["ab"]}"#)
    #expect(try given.next().bytes == Array("\"ab\"".utf8))
  }

  @Test("a schema that nothing obeys ends in a sentence with the finding, not in a loop")
  func impossible() throws {
    var maker = try maker(#"{"type": "object", "not": {}}"#)
    let error = try #require(throws: SampleError.self) { try maker.next() }
    #expect(error.code == .invalid)
    #expect(error.findings.first?.rule == "not")
  }

  @Test("a schema that contains itself ends")
  func recursion() throws {
    var maker = try maker(
      xsd(
        """
        <xs:element name="p" type="P"/><xs:complexType name="P"><xs:sequence>
        <xs:element ref="p" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
        """))
    for _ in 0..<20 { #expect(try maker.next().bytes.count < 10_000) }
  }
}
