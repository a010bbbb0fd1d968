import DocumentKit
import GatewayTesting
import JSONKit
import Testing
import Translation

@Suite("The schemas by which editors complete mappings and code tables")
struct MappingSchemaTests {
  private static let folder = "lienthong-mapping/1"

  private func document(_ name: String) throws -> JSONDocument {
    try JSONDocument(
      parsing: try PackageFolder.root["Schemas"]["lienthong-mapping"]["1"].read("\(name).schema.json"))
  }

  /// The keys of the object described at this place.
  private func keys(_ schema: String, _ pointer: String = "") throws -> [String] {
    let place = try #require(try JSONPointer(pointer).evaluate(in: document(schema).root))
    return try #require(place["properties"]).members.map { $0.name }.sorted()
  }

  @Test(
    "schema and reader know the same keys",
    arguments: [
      ("mapping", "", MappingKeys.file), ("mapping", "/$defs/source", MappingKeys.source),
      ("mapping", "/$defs/target", MappingKeys.target), ("mapping", "/$defs/ignored", MappingKeys.ignored),
      ("mapping", "/$defs/row", MappingKeys.row), ("mapping", "/$defs/parse", MappingKeys.parse),
      ("mapping", "/$defs/write", MappingKeys.write), ("mapping", "/$defs/tableUse", MappingKeys.tableUse),
      ("mapping", "/$defs/tablePair", MappingKeys.sides), ("mapping", "/$defs/timePair", MappingKeys.sides),
      ("mapping", "/$defs/declaredDefault", MappingKeys.declaredDefault),
      ("mapping", "/$defs/words", MappingKeys.words), ("mapping", "/$defs/wordsPair", MappingKeys.sides),
      ("code-table", "", MappingKeys.codeTable), ("code-table", "/$defs/row", MappingKeys.codeRow),
      ("code-table", "/$defs/default", MappingKeys.codeDefault), ("code-table", "/$defs/policies", MappingKeys.sides),
      ("code-table", "/$defs/row/properties/gap", MappingKeys.codeGap),
      ("code-table", "/properties/dictionary", MappingKeys.codeDictionary),
    ])
  func keys(schema: String, pointer: String, known: [String]) throws {
    #expect(try keys(schema, pointer) == known.sorted())
  }

  @Test("the words a key can have are those of the reader")
  func choices() throws {
    func words(_ key: String) throws -> [String] {
      let pointer = try JSONPointer("/$defs/row/properties/\(key)/enum")
      return try #require(try pointer.evaluate(in: document("mapping").root)).elements.compactMap(\.string)
    }
    #expect(try words("number") == NumberFormat.allCases.map(\.rawValue))
    #expect(try words("base64") == Base64Step.allCases.map(\.rawValue))
    #expect(try words("part") == NamePart.allCases.map(\.rawValue))
    #expect(try words("file") == FileForm.allCases.map(\.rawValue))
    #expect(try words("empty") == MappingRow.EmptyPolicy.allCases.map(\.rawValue))
    #expect(try words("type") == MappingRow.ValueType.allCases.map(\.rawValue))
  }

  @Test("every key has a description of one sentence", arguments: ["mapping", "code-table"])
  func descriptions(schema: String) throws {
    let root = try document(schema).root
    func check(_ value: JSONValue, _ path: String) {
      if value.kind == .object, let properties = value["properties"], properties.kind == .object {
        for member in properties.members {
          var described = member.value
          if described["description"] == nil, let target = described["$ref"]?.string,
            let place = try? JSONPointer(String(target.dropFirst())).evaluate(in: root)
          {
            described = place
          }
          let text = described["description"]?.string ?? ""
          #expect(text.hasSuffix("."), "\(path)/\(member.name) is not described")
        }
      }
      if value.kind == .object { for member in value.members { check(member.value, "\(path)/\(member.name)") } }
    }
    check(root, schema)
  }

  @Test("every shipped mapping is valid", arguments: try files(in: "", named: "mapping.yaml"))
  func mappings(file: String) throws {
    #expect(try findings(file, "mapping") == [])
  }

  @Test("every shipped code table is valid", arguments: try files(in: "codes", named: ".yaml"))
  func tables(file: String) throws {
    #expect(try findings(file, "code-table") == [])
  }

  @Test("what the reader refuses for its keys the schema refuses as well")
  func mistakes() throws {
    let head = "mapping: a--b\nversion: 1\nsource: { schema: s, format: json }\ntarget: { schema: t, format: json }\n"
    for (row, isValid) in [
      ("{ to: a, from: b }", true), ("{ to: a, value: 1 }", true), ("{ to: a, form: b }", false),
      ("{ to: a, from: b, cut: 0 }", false), ("{ to: a, from: b, number: float }", false),
      ("{ to: a, from: b, codes: { table: t, level: x } }", true), ("{ to: a, from: b, codes: {} }", false),
      ("{ to: a, from: b, boolean: { true: 1, false: 0 } }", true), ("{ to: a, rows: [] }", false),
    ] {
      let document = try YAMLDocument(parsing: head + "rows:\n  - \(row)\n", file: "m.yaml")
      #expect(try findings(document, "mapping").isEmpty == isValid, "\(row)")
    }
  }

  /// Below `Mappings/`, every file with this name or ending.
  private static func files(in folder: String, named ending: String) throws -> [String] {
    let mappings = PackageFolder.root["Mappings"]
    if !folder.isEmpty { return mappings[folder].names.filter { $0.hasSuffix(ending) }.map { "\(folder)/\($0)" } }
    let files = mappings.names.flatMap { name in
      mappings[name].names.map { "\(name)/\($0)" }.filter { mappings[$0].names.contains(ending) }
        .map { "\($0)/\(ending)" }
    }
    return files.isEmpty ? ["Mappings is empty"] : files
  }

  private func findings(_ file: String, _ schema: String) throws -> [String] {
    let path = PackageFolder.root["Mappings"].path + "/" + file
    return try findings(try YAMLDocument(contentsOf: path), schema)
  }

  private func findings(_ document: YAMLDocument, _ schema: String) throws -> [String] {
    var writer = JSONWriter()
    document.root.write(to: &writer)
    return try Shelf.shared().findings("\(Self.folder)/\(schema).schema.json", writer.finish())
  }
}
