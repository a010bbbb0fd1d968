import DocumentKit
import GatewayTesting
import Testing
import Translation

@Suite("Random mappings for the mapping reader")
struct MappingFuzzTests {
  private static let words =
    MappingKeys.row.map { "\($0): " } + MappingKeys.codeTable.map { "\($0): " }
    + [
      "- { to: a, from: b }\n", "rows:\n", "{ in: ", "count(", "..", "/", "@", "$group", "'", "\"", "[", "]", "x:y",
      "iso",
      "dd/MM/yyyy", "true", "1", "validFrom: 2026-02-30", ", ", "each: .", "when: \"a = 'b'\"", "ế",
    ]
  private static let corpus: [[UInt8]] = {
    let root = TestFiles.projectRoot + "/Mappings"
    let head =
      "mapping: a--b\nversion: 1\nsource: { schema: a/1/a.json, format: json }\n"
      + "target: { schema: canonical/1/c.xsd, format: xml, root: d }\nrows:\n"
    let rows = [
      "  - { to: a/@b, from: c, time: yyyyMMdd, required: true }\n  - { to: s, from: s, codes: dvcqg-status }\n",
      "  - to: g\n    each: x\n    groupBy: y\n    rows: [ { to: n, from: \"count($group)\", cut: 3 } ]\n",
      "  - to: .\n    parse: { from: d, schema: s, format: xml, namespaces: { p: urn:p } }\n    rows: [ { to: n, from: p:n } ]\n",
      "  - to: w\n    write: { schema: s, format: json, base64: true }\n    rows: [ { to: n, from: n, type: number } ]\n",
    ]
    return rows.map { Array((head + $0).utf8) }
      + [TestFiles.read(root + "/oc-lgsp.document-traces--canonical/1/mapping.yaml")]
  }()
  private static let tableCorpus: [[UInt8]] = [
    TestFiles.read(TestFiles.projectRoot + "/Mappings/codes/dvcqg-status.yaml"),
    Array(
      ("codes: t\nforeign: f\ncanonical: c\ncolumns: { a: A }\nunmapped: { in: hold, out: reject }\nrows:\n"
        + "  - { foreign: x, a: \"1\", canonical: y, validFrom: 2025-07-01, validUntil: 2026-06-30 }\n"
        + "  - { foreign: x, a: \"1\", canonical: z, validFrom: 2026-07-01 }\n").utf8),
  ]

  /// What the reader made of a file, in words; the places are left out.
  private static func summary(_ definition: MappingDefinition) -> String {
    "\(definition.name)/\(definition.version) \(definition.source.schema) \(definition.target.root.qualified) "
      + definition.allRows.map { row in
        var content = "group"
        if case .from(let from) = row.content { content = "from \(from.text)" }
        if case .value(let text) = row.content { content = "value \(text)" }
        return "\(row.target) \(content) \(row.each?.text ?? "") \(row.when?.text ?? "") \(row.cut ?? 0) \(row.type)"
      }.joined(separator: "; ")
  }

  private static func check(
    _ bytes: [UInt8], _ read: (YAMLDocument) throws(MappingErrors) -> String,
  ) -> FuzzVerdict {
    guard let document = try? YAMLDocument(parsing: bytes, file: "m.yaml") else { return .refused }
    let first: String
    do throws(MappingErrors) {
      first = try read(document)
    } catch {
      let places = TextPlaces(bytes)
      for error in error.errors {
        let place = error.position
        guard place.file == "m.yaml", places.contains(line: place.line, column: place.column), !error.message.isEmpty
        else { return .broken("an error is not inside the file: \(error)") }
      }
      return .refused
    }
    do {
      let again = try read(try YAMLDocument(parsing: document.root.flow, file: "m.yaml"))
      return again == first ? .accepted : .broken("the same file in one line is another mapping")
    } catch {
      return .broken("the same file in one line is refused: \(error)")
    }
  }

  private static func tables() throws -> CodeTableRegistry {
    try CodeTableRegistry([CodeTable(YAMLDocument(parsing: tableCorpus[0], file: "t.yaml"))])
  }

  @Test("mappings: nothing crashes, errors are inside the file, and the same file in one line is the same mapping")
  func mappings() throws {
    let codes = try Self.tables()
    let report = Fuzzer(corpus: Self.corpus, words: Self.words, seed: 20_261_120).run(iterations: 20_000) { bytes in
      Self.check(bytes) { document throws(MappingErrors) in
        let definition = try MappingDefinition(document)
        return Self.summary(definition) + (try Mapping(definition, codes: codes)).label
      }
    }
    print(report)
    #expect(report.failure == nil, "\(report)")
    #expect(report.accepted > 10 && report.refused > 50, "\(report)")
  }

  @Test("code tables: the same")
  func tables() throws {
    let report = Fuzzer(corpus: Self.tableCorpus, words: Self.words, seed: 20_261_121).run(iterations: 20_000) {
      bytes in
      Self.check(bytes) { document throws(MappingErrors) in
        let table = try CodeTable(document)
        return table.name + table.rows.map { "\($0.foreign) \($0.canonical) \($0.cells)" }.joined(separator: "; ")
      }
    }
    print(report)
    #expect(report.failure == nil, "\(report)")
    #expect(report.accepted > 10 && report.refused > 50, "\(report)")
  }

  @Test("the fuzzer finds a reader that points at the wrong line, and one that takes a mistyped key")
  func canaries() throws {
    let misplaced = Fuzzer(corpus: Self.corpus, words: Self.words, seed: 1).run(iterations: 20_000) { bytes in
      Self.check(bytes) { document throws(MappingErrors) in
        do throws(MappingErrors) {
          return Self.summary(try MappingDefinition(document))
        } catch {
          throw MappingErrors(
            error.errors.map { mistake in
              let place = mistake.position
              return MappingError(
                mistake.code,
                at: YAMLPosition(file: place.file, line: place.line, column: place.column + 200), mistake.message)
            })
        }
      }
    }
    #expect(misplaced.failure?.reason.contains("not inside the file") == true, "\(misplaced)")
    let layout = Fuzzer(corpus: Self.corpus, words: Self.words, seed: 2).run(iterations: 20_000) { bytes in
      // What a row means must not hang on how the file is laid out.
      Self.check(bytes) { document throws(MappingErrors) in
        let definition = try MappingDefinition(document)
        return Self.summary(definition) + (definition.rows.last.map { "\($0.position.line)" } ?? "")
      }
    }
    #expect(layout.failure?.reason.contains("another mapping") == true, "\(layout)")
  }
}
