import GatewayTesting
import JSONKit
import Testing

@Suite("The command line: mappings", .timeLimit(.minutes(5)))
struct CommandLineMapTests {
  private let folder = TemporaryFolder()
  private let root = TestFiles.projectRoot

  private func map(_ arguments: String...) -> ProgramRun {
    ProgramRun(
      [TestFiles.program("lienthong"), "map"] + arguments
        + ["--mappings", root + "/Mappings", "--schemas", root + "/Schemas"])
  }

  private func example(_ path: String) -> String { root + "/Mappings/" + path }

  private var dossier: String { example("canonical--dvcqg-a.ho-so/1/examples/trich-yeu-dai.in.xml") }

  private func json(_ run: ProgramRun) throws -> JSONValue { try JSONDocument(parsing: run.output).root }

  @Test("run prints the output and tells notes beside it; --json has both in one object")
  func run() throws {
    let run = map("run", "canonical--dvcqg-a.ho-so", dossier)
    #expect(run.exitCode == 0)
    #expect(try json(run)["TrangThaiHoSo"]?.string == "8")
    #expect(run.errorText.contains("mapping.yaml:29:5: TrichYeuHoSo from /dossier/summary: cut by 70 character(s)"))
    let object = try json(map("run", "canonical--dvcqg-a.ho-so/1", dossier, "--json"))
    #expect(object["outcome"]?.string == "translated")
    #expect(Array(try #require(object["notes"]).elements)[0]["kind"]?.string == "cut")
    #expect(try JSONDocument(parsing: object["output"]?.string ?? "").root["TrangThaiHoSo"]?.string == "8")
  }

  @Test("run ends with 1 for what is held or refused, and with 2 for a name or file that is not there")
  func runRefused() throws {
    let held = map(
      "run", "canonical--dvcqg-a.ho-so", example("canonical--dvcqg-a.ho-so/1/refusals/lien-thong.in.xml"))
    #expect(held.exitCode == 1 && held.text.isEmpty && held.errorText.contains("dvcqg-status"))
    let misspelt = map("run", "canonical--dvcqg-a.ho-sơ", dossier)
    #expect(misspelt.exitCode == 2 && misspelt.errorText.contains("did you mean ‘canonical--dvcqg-a.ho-so’"))
    #expect(map("run", "canonical--dvcqg-a.ho-so/9", dossier).exitCode == 2)
    #expect(map("run", "canonical--dvcqg-a.ho-so", folder.path + "/none.xml").exitCode == 2)
    let broken = folder.path + "/broken.xml"
    TestFiles.write("<dossier>\n<code>", to: broken)
    let unreadable = map("run", "canonical--dvcqg-a.ho-so", broken)
    #expect(unreadable.exitCode == 2 && unreadable.errorText.contains(broken + ":2:"))
  }

  @Test("explain names row, source and code row of one place, or of all")
  func explain() throws {
    let run = map("explain", "canonical--dvcqg-a.ho-so", dossier, "--path", "/TrangThaiHoSo")
    #expect(run.exitCode == 0 && run.lines.count == 4)
    #expect(run.lines[0] == #"/TrangThaiHoSo: "8""#)
    #expect(run.lines[1].hasSuffix("mapping.yaml:32:5: to TrangThaiHoSo, from status"))
    #expect(run.lines[2].hasSuffix(#"trich-yeu-dai.in.xml:41:3: /dossier/status: "stopped""#))
    #expect(run.lines[3].contains(#""stopped" → "8" ("#) && run.lines[3].contains("codes/dvcqg-status.yaml:"))
    #expect(map("explain", "canonical--dvcqg-a.ho-so", dossier, "--path", "/Khong").exitCode == 1)
    let all = try json(map("explain", "canonical--dvcqg-a.ho-so", dossier, "--json"))
    #expect((all["records"]?.elements.count ?? 0) > 40)
  }

  @Test("loss tells what did not arrive with its place and reason, and ends with 1 where the mapping does not say why")
  func loss() throws {
    let run = map("loss", "canonical--dvcqg-a.ho-so", dossier)
    #expect(run.exitCode == 1)
    #expect(run.text.contains("trich-yeu-dai.in.xml:34:3: /dossier/summary: cut: cut by 70 character(s)"))
    #expect(run.text.contains("/dossier/owner/address: ignored: the portal has no field for the owner's address"))
    let object = try json(map("loss", "canonical--dvcqg-a.ho-so", dossier, "--json", "--all"))
    let totals = object["totals"]?.members.compactMap { $0.value.numberText.flatMap { Int($0) } } ?? []
    #expect(totals.reduce(0, +) == object["leaves"]?.elements.count && !totals.isEmpty)
  }

  @Test("test runs the examples and coverage counts them, against a threshold if there is one")
  func testAndCoverage() throws {
    let test = map("test", "canonical--dvcqg-a.ho-so")
    #expect(test.exitCode == 0 && test.text.hasPrefix("1 mapping(s), "), "\(test.text)")
    #expect(map("coverage", "canonical--dvcqg-a.ho-so", "--threshold", "50").exitCode == 0)
    let below = map("coverage", "canonical--dvcqg-a.ho-so", "--threshold", "100", "--open")
    #expect(below.exitCode == 1 && below.text.contains("codes: dvcqg-status: "))
    #expect(map("coverage", "canonical--dvcqg-a.ho-so", "--threshold", "many").exitCode == 2)
  }

  @Test("sample prints the document of a number, which run reads as test --samples does")
  func sample() throws {
    let report = try json(map("test", "dvcqg-a.tien-do--canonical", "--samples", "5", "--seed", "3", "--json"))
    let mapping = try #require(report["mappings"]?.elements.first { _ in true })
    let translated = Int(try #require(mapping["translated"]?.numberText))
    var read = 0
    for number in 1...5 {
      let sample = map("sample", "dvcqg-a.tien-do--canonical", "--seed", "3", "--number", "\(number)")
      #expect(sample.exitCode == 0)
      let file = folder.path + "/\(number).json"
      TestFiles.write(sample.text, to: file)
      if map("run", "dvcqg-a.tien-do--canonical", file).exitCode == 0 { read += 1 }
    }
    #expect(read == translated && read > 0)
    let all = try json(map("sample", "dvcqg-a.tien-do--canonical", "--seed", "3", "--count", "5", "--json"))
    #expect(all.elements.count == 5)
    #expect(map("sample", "dvcqg-a.tien-do--canonical", "--number", "0").exitCode == 2)
    #expect(map("sample", "dvcqg-a.tien-do--canonical", "--number", "2", "--count", "2").exitCode == 2)
    #expect(map("sample", "dvcqg-a.tien-do--canonicl").errorText.contains("did you mean"))
  }

  @Test("test --round-trip tells what is declared, and ends with 1 where the way back changes more")
  func roundTrip() throws {
    let there = map("test", "canonical--dvcqg-a.ho-so", "--samples", "5", "--round-trip")
    #expect(there.exitCode == 0 && there.text.contains("back through dvcqg-a.ho-so--canonical/1"), "\(there.text)")
    #expect(there.text.contains("declared: nationalCode removed"))
    let copy = folder.path + "/Mappings"
    #expect(ProgramRun(["/bin/cp", "-r", root + "/Mappings", copy]).exitCode == 0)
    TestFiles.write("losses: []\n", to: copy + "/canonical--dvcqg-a.ho-so/1/round-trip.yaml")
    let changed = ProgramRun.lienthong(
      "map", "test", "canonical--dvcqg-a.ho-so", "--samples", "5", "--round-trip", "--mappings", copy, "--schemas",
      root + "/Schemas")
    #expect(changed.exitCode == 1 && changed.text.contains("/dossier/nationalCode"), "\(changed.text)")
    let repetition = "repeat: lienthong map sample canonical--dvcqg-a.ho-so/1 --seed 1 --number "
    #expect(changed.text.contains(repetition))
  }

  @Test("diff tells differences and ends with 1, or says nothing and ends with 0")
  func diff() {
    let one = folder.path + "/a.json"
    let other = folder.path + "/b.json"
    TestFiles.write(#"{"a":"1","l":[{"id":"x","n":1}]}"#, to: one)
    TestFiles.write(#"{"l":[{"id":"x","n":2}],"a":"1"}"#, to: other)
    let run = ProgramRun.lienthong("map", "diff", one, other)
    #expect(run.exitCode == 1 && run.text == "~ /l/0/n: 1 → 2\n")
    let ignored = ProgramRun.lienthong("map", "diff", one, other, "--ignore", "a", "--ignore", "l/n", "--key", "l=id")
    #expect(ignored.exitCode == 0 && ignored.text.isEmpty)
    #expect(ProgramRun.lienthong("map", "diff", one, other, "--key", "l").exitCode == 2)
  }

  @Test("replay compares what the site runs with another folder of mappings, over messages in its store")
  func replay() throws {
    let site = root + "/Deploy/sites/demo"
    let none = ProgramRun.lienthong(
      "map", "replay", site, "--mapping", "dvcqg-a.ho-so--canonical", "--data", folder.path)
    #expect(none.exitCode == 2 && none.errorText.contains("there is no version before dvcqg-a.ho-so--canonical/1"))
    let data = ProgramRun.lienthong(
      "map", "replay", site, "--mapping", "dvcqg-a.ho-so--canonical", "--against", "dvcqg-a.ho-so--canonical/1",
      "--data", folder.path)
    #expect(data.exitCode == 2 && data.errorText.contains("there is no database at"))
    let route = ProgramRun.lienthong(
      "map", "replay", site, "--mapping", "dvcqg-a.ho-so--canonical", "--mappings", root + "/Mappings", "--route", "x")
    #expect(route.exitCode == 2 && route.errorText.contains("there is no route 'x'"))
  }
}
