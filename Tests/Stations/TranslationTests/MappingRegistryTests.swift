import DocumentKit
import GatewayTesting
import Testing
import Translation

@Suite("A folder of mappings")
struct MappingRegistryTests {
  private static func mapping(_ name: String, _ version: Int, rows: String = "  - { to: code, from: MaHoSo }\n")
    -> String
  {
    "mapping: \(name)\nversion: \(version)\n\(Workbench.partner)\n\(Workbench.toCanonical)\nrows:\n\(rows)"
  }

  @Test("mappings are found by name and version, tables by name")
  func loading() throws {
    let folder = try TemporaryFolder([
      "codes/status.yaml": Workbench.statusTable, "codes/README.md": "", "README.md": "",
      "a--b/1/mapping.yaml": Self.mapping("a--b", 1), "a--b/10/mapping.yaml": Self.mapping("a--b", 10),
      "a--b/2/mapping.yaml": Self.mapping("a--b", 2), "a--b/2/README.md": "", "a--b/2/examples/x.in.json": "{}",
      "c--d/1/mapping.yaml": Self.mapping("c--d", 1, rows: "  - { to: s, from: s, codes: status }\n"),
    ])
    let registry = try MappingRegistry(contentsOf: folder.path)
    #expect(registry.names == ["a--b", "c--d"])
    #expect(registry.mappings.map(\.label) == ["a--b/1", "a--b/2", "a--b/10", "c--d/1"])
    #expect(registry["a--b", 2]?.version == 2)
    #expect(registry["a--b", 3] == nil)
    #expect(registry.latest(named: "a--b")?.version == 10)
    #expect(registry.latest(named: "x") == nil)
    #expect(registry.nearest(to: "a-b") == "a--b")
    #expect(registry.codes.names == ["status"])
  }

  @Test(
    "only those that are wanted are compiled; what is wrong with others is nobody's business, but their names are known"
  )
  func wanted() throws {
    let folder = try TemporaryFolder([
      "a--b/1/mapping.yaml": Self.mapping("a--b", 1), "a--b/2/mapping.yaml": Self.mapping("a--b", 2),
      "c--d/1/mapping.yaml": "mapping: [",
    ])
    let registry = try MappingRegistry(contentsOf: folder.path, only: ["a--b", "x--y"])
    #expect(registry.mappings.map(\.label) == ["a--b/1", "a--b/2"])
    #expect(registry.latest(named: "c--d") == nil && registry.nearest(to: "c-d") == "c--d")
    #expect(throws: MappingErrors.self) { try MappingRegistry(contentsOf: folder.path, only: ["c--d"]) }
  }

  @Test("each code of a mistake is told in both languages")
  func languages() throws {
    var limits = TranslationLimits()
    limits.rows = 1
    let folder = try TemporaryFolder([
      "codes/bad.yaml": "codes: [", "a--b/01/mapping.yaml": Self.mapping("a--b", 1),
      "c--d/1/mapping.yaml": Self.mapping("c--d", 1, rows: "  - { to: s, from: s, codes: none }\n"),
      "e--f/1/mapping.yaml": Self.mapping("e--f", 1, rows: "  - { to: s }\n  - { to: t, from: t }\n"),
      "g--h/1/mapping.yaml": Self.mapping("g--h", 1, rows: "  - { to: 1, from: s }\n"),
      "i--j/1/mapping.yaml": Self.mapping("i--j", 1, rows: "  - { to: s, from: 'a[' }\n"),
      "k--l/1/mapping.yaml": Self.mapping("k--l", 1, rows: "  - { to: s, from: a, time: mm }\n"),
      "m--n/1/transform.xsl": "<x/>",
    ])
    let errors = try #require(throws: MappingErrors.self) {
      try MappingRegistry(contentsOf: folder.path, limits: limits)
    }
    for error in errors.errors {
      #expect(error.message.isInBothLanguages, "\(error)")
      #expect(error.remedy.isEmpty || error.remedy.isInBothLanguages, "\(error)")
    }
    #expect(Set(errors.errors.map(\.code)) == Set(MappingError.Code.allCases))
  }

  @Test("all mistakes of all files are told at once")
  func mistakes() throws {
    let folder = try TemporaryFolder([
      "codes/status.yaml": "codes: state\nforeign: f\ncanonical: c\nunmapped: hold\nrows: []",
      "codes/bad.yaml": "codes: [",
      "a--b/1/mapping.yaml": Self.mapping("a--c", 2), "a--b/1/x.xml": "",
      "a--b/01/mapping.yaml": Self.mapping("a--b", 1),
      "c--d/1/mapping.yaml": Self.mapping("c--d", 1, rows: "  - { to: s, from: s, codes: states }\n"),
      "e--f/README.md": "", "g--h/1/README.md": "",
    ])
    let errors = try #require(throws: MappingErrors.self) { try MappingRegistry(contentsOf: folder.path) }
    let texts = errors.errors.map { String($0.description.dropFirst(folder.path.utf8.count + 1)) }
    let expected = [
      "a--b/01:1:1: ‘01’ is no version (name the folder 1, 2, 3 …)",
      "a--b/1/mapping.yaml:1:1: the mapping calls itself ‘a--c’ and its file or folder ‘a--b’ (make both the same)",
      "a--b/1/mapping.yaml:1:1: the mapping says version 2 and its folder 1 (make both the same)",
      "c--d/1/mapping.yaml:6:30: there is no code table ‘states’ (did you mean ‘state’?)",
      "codes/bad.yaml:", "codes/status.yaml:1:1: the table calls itself ‘state’ and its file or folder ‘status’",
      "e--f:1:1: the folder of a mapping has no version (put it into a folder ‘1’)",
      "g--h/1:1:1: the folder holds no mapping",
    ]
    #expect(texts.count == expected.count, "\(texts)")
    for (text, beginning) in zip(texts, expected) { #expect(text.hasPrefix(beginning)) }
  }

  @Test("a folder that cannot be read is an error with the system's reason")
  func unreadable() throws {
    let errors = try #require(throws: MappingErrors.self) { try MappingRegistry(contentsOf: "/nowhere/mappings") }
    #expect(errors.errors.allSatisfy { $0.code == .file && $0.message.english.contains("No such file") })
  }
}
