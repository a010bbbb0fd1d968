import GatewayTesting
import Testing

/// Carries out `Mappings/GUIDE.md` in an empty folder: writes the files it shows and compares what its commands say.
@Suite("The guide to a first mapping", .timeLimit(.minutes(5)))
struct GuideTests {
  private let folder = TemporaryFolder()
  private static let guide = Guide(TestFiles.projectRoot + "/Mappings/GUIDE.md")

  @Test("every step can be carried out, and the commands say what the guide shows")
  func steps() {
    let reader = GuideReader(Self.guide, folder: folder.path)
    reader.follow()
    #expect(reader.complaints == [])
    let asked = Set(reader.entered.map { $0.split(separator: " ").prefix(3).joined(separator: " ") })
    let wanted = ["check", "coverage", "explain", "loss", "new", "run", "test"].map { "lienthong map " + $0 }
    #expect(Set(wanted + ["lienthong schema paths"]).subtracting(asked) == [])
  }

  @Test("map test --samples tells machines the same, and refuses calls it cannot understand")
  func samplesForMachines() {
    Self.guide.writeFiles(to: folder.path)
    let reader = GuideReader(Self.guide, folder: folder.path)
    let run = reader.run
    let json = run("lienthong map test thue--cong --samples 3 --round-trip --json")
    #expect(json.exitCode == 0 && json.text.contains("\"translated\":3"), "\(json.text)")
    for call in ["--samples 0", "--samples many", "--seed 3", "--round-trip", "--samples 2 --update"] {
      #expect(run("lienthong map test thue--cong \(call)").exitCode == 2, "\(call)")
    }
  }

  @Test("schema sample makes the one sample again that a failure names, of XML too")
  func repetition() throws {
    let root = TestFiles.projectRoot
    let run = GuideReader(Self.guide, folder: folder.path).run
    let schema = "--root dossier --seed 1 '\(root)/Schemas/canonical/1/canonical.xsd'"
    let third = run("lienthong schema sample --number 3 \(schema)").text
    let all = run("lienthong schema sample --count 3 --json \(schema)").text
    let code = try #require(third.split(separator: "<code>").dropFirst().first?.split(separator: "<").first)
    #expect(third.contains("<dossier") && all.contains(code))
    #expect(run("lienthong schema sample --number 1 \(schema)").text != third)
    #expect(run("lienthong schema sample --number 2 --count 2 \(schema)").exitCode == 2)
  }

  @Test("an output that differs from what is shown is found")
  func comparison() {
    for (expected, lines) in [
      (["…", "b", "…"], ["a", "b", "c"]), ([], []), (["a … c … e"], ["a b c d e"]), (["a…"], ["a"]),
      (["x", "…"], ["x"]),
    ] { #expect(Guide.agree(expected[...], lines[...]), "\(expected)") }
    for (expected, lines) in [
      (["a", "…", "d"], ["a", "b", "c"]), (["a"], ["a", "b"]), (["a", "b"], ["a"]), (["a…c"], ["a b"]),
      (["a…c…a"], ["a b a"]), (["a…a"], ["a"]),
    ] { #expect(!Guide.agree(expected[...], lines[...]), "\(expected)") }
  }

  @Test("a reader complains about a command that says or ends otherwise, at its line, and goes no further")
  func complaints() {
    TestFiles.write(
      """
      ```console
      $ echo mot
      mot
      $ echo hai
      ba
      ```

      ```console
      $ echo bon
      ```
      """, to: folder.path + "/trang/GUIDE.md")
    let reader = GuideReader(Guide(folder.path + "/trang/GUIDE.md"), folder: folder.path)
    reader.follow()
    #expect(reader.complaints == ["trang/GUIDE.md:4: echo hai\nhai"])
    #expect(reader.entered == ["echo mot", "echo hai"])
    TestFiles.write("```console exit=3\n$ exit 4\n```\n", to: folder.path + "/trang/GUIDE.md")
    let other = GuideReader(Guide(folder.path + "/trang/GUIDE.md"), folder: folder.path)
    other.follow()
    #expect(other.complaints.count == 1 && other.complaints[0].contains("ended with 4"))
  }
}
