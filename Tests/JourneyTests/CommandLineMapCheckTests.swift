import GatewayTesting
import Testing

@Suite("The command line: checking and beginning mappings", .timeLimit(.minutes(5)))
struct CommandLineMapCheckTests {
  private let folder = TemporaryFolder()
  private let shipped = [
    "--mappings", TestFiles.projectRoot + "/Mappings", "--schemas", TestFiles.projectRoot + "/Schemas",
  ]

  private func run(_ words: String...) -> ProgramRun { program(words + shipped) }

  private func program(_ words: [String]) -> ProgramRun {
    ProgramRun([TestFiles.program("lienthong")] + words, input: "")
  }

  @Test("map check has nothing to say against a sound mapping and ends with 0")
  func sound() {
    let text = run("map", "check", "dvcqg-a.tien-do--canonical")
    #expect(text.exitCode == 0 && text.text.contains(" 0 error(s)"), "\(text.text)\(text.errorText)")
    let one = run("map", "check", "dvcqg-a.ho-so--canonical/1", "--json")
    #expect(one.exitCode == 0 && one.text.contains(#""mapping":"dvcqg-a.ho-so--canonical/1""#), "\(one.text)")
  }

  @Test("map check tells each finding in a line, FILE:line:column: rule: sentence, and ends with 1")
  func broken() {
    let path = folder.path + "/mapping.yaml"
    let text = String(
      decoding: TestFiles.read(TestFiles.projectRoot + "/Mappings/dvcqg-a.tien-do--canonical/1/mapping.yaml"),
      as: UTF8.self)
    TestFiles.write(text.replacing("from: NguoiXuLy", with: "from: NguoiXuLi"), to: path)
    let check = run("map", "check", path)
    #expect(check.exitCode == 1, "\(check.text)")
    #expect(check.lines.contains { $0.hasPrefix("\(path):") && $0.contains(": unknown-source: ") }, "\(check.text)")
    #expect(check.text.contains("did you mean ‘NguoiXuLy’?"))
    let vietnamese = run("map", "check", path, "--language", "vi")
    #expect(vietnamese.exitCode == 1 && vietnamese.text.contains("có phải ý là ‘NguoiXuLy’?"), "\(vietnamese.text)")
    #expect(!vietnamese.text.contains("did you mean") && vietnamese.text.contains(" lỗi, "))
    let json = run("map", "check", path, "--json").text
    #expect(json.contains(#""remedy":"did you mean"#) && json.contains(#""remedyVi":"có phải ý là"#), "\(json)")
    #expect(run("map", "check", path, "--language", "fr").exitCode == 2)
    TestFiles.write("mapping: x\n", to: path)
    let unread = run("map", "check", path)
    #expect(unread.exitCode == 1 && unread.text.contains(": compile: "), "\(unread.text)")
  }

  @Test("map check refuses names and folders that are not there, with 2")
  func unusable() {
    let unknown = run("map", "check", "dvcqg-a.ho-so--canonicel")
    #expect(unknown.exitCode == 2 && unknown.errorText.contains("did you mean"), "\(unknown.errorText)")
    #expect(ProgramRun.lienthong("map", "check", "--mappings", folder.path + "/none").exitCode == 2)
    #expect(run("map", "check", folder.path + "/none.yaml").exitCode == 2)
  }

  @Test("map new writes a mapping that can be checked, and never over one that is there")
  func new() {
    let schemas = TestFiles.projectRoot + "/Schemas"
    let words = [
      "map", "new", "dvcqg-a/1/tien-do.schema.json", "canonical/1/canonical.xsd#progress", "--schemas", schemas,
    ]
    let printed = program(words)
    #expect(
      printed.exitCode == 0 && printed.text.hasPrefix("mapping: dvcqg-a.tien-do--canonical\n"), "\(printed.errorText)")
    let written = program(words + ["--out", folder.path])
    #expect(written.exitCode == 0, "\(written.errorText)")
    let path = folder.path + "/dvcqg-a.tien-do--canonical/1/mapping.yaml"
    #expect(String(decoding: TestFiles.read(path), as: UTF8.self) == printed.text)
    #expect(program(words + ["--out", folder.path]).exitCode == 2)
    #expect(ProgramRun.lienthong("map", "new", "a.xsd", "b.xsd", "--schemas", folder.path).exitCode == 2)
  }
}
