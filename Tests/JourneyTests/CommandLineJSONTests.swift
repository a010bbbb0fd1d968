import GatewayTesting
import JSONKit
import Testing

/// What `map` and `schema` print for machines: one JSON text on one line, with the exit code of the text form.
@Suite("The command line: mappings and schemas for machines", .timeLimit(.minutes(5)))
struct CommandLineJSONTests {
  private let folder = TemporaryFolder()
  private let root = TestFiles.projectRoot

  private var shelf: [String] { ["--mappings", root + "/Mappings", "--schemas", root + "/Schemas"] }

  private func run(_ words: [String]) -> ProgramRun { ProgramRun([TestFiles.program("lienthong")] + words) }

  /// The JSON that a call prints, which must be all it prints and end with this code.
  private func json(_ words: [String], exit code: Int32 = 0) throws -> JSONValue {
    let run = run(words + ["--json"])
    #expect(run.exitCode == code, "\(words): \(run.errorText)")
    #expect(run.lines.count == 1 && run.text.hasSuffix("\n"), "\(words)")
    return try JSONDocument(parsing: run.output).root
  }

  private func example(_ path: String) -> String { root + "/Mappings/" + path }

  private func texts(_ value: JSONValue?) -> [String] { (value?.elements).map { $0.compactMap(\.string) } ?? [] }

  private func list(_ value: JSONValue?) throws -> [JSONValue] { Array(try #require(value).elements) }

  // MARK: validate

  @Test("validate: findings with their places in document and schema, in both languages; 1 where there are any")
  func validate() throws {
    let schema = folder.file(
      "s.json", ##"{"$id":"urn:s","properties":{"a":{"$ref":"#/$defs/code"}},"$defs":{"code":{"pattern":"^[0-9]+$"}}}"##
    )
    let good = try json(["validate", "--schema", schema, folder.file("good.json", #"{"a":"1"}"#)])
    #expect(try good["valid"]?.boolean == true && list(good["findings"]).isEmpty)
    let bad = try json(["validate", "--schema", schema, folder.file("bad.json", "{\n \"a\": \"x\"}")], exit: 1)
    let finding = try list(bad["findings"])[0]
    #expect(bad["valid"]?.boolean == false && finding["path"]?.string == "/a" && finding["rule"]?.string == "pattern")
    #expect(finding["line"]?.numberText == "2" && finding["column"]?.numberText == "7")
    #expect(finding["schemaLocation"]?.string == "urn:s#/$defs/code/pattern")
    #expect(finding["vi"]?.string != finding["en"]?.string && finding["vi"]?.string?.isEmpty == false)
    let xsd = folder.file(
      "s.xsd",
      #"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="xs:int"/></xs:schema>"#)
    let other = try json(["validate", "--schema", xsd, folder.file("bad.xml", "<a>x</a>")], exit: 1)
    let rule = try list(other["findings"])[0]
    #expect(rule["path"]?.string == "/a" && rule["schemaLocation"]?.isNull == true && rule["line"]?.numberText == "1")
  }

  // MARK: map

  @Test("map check: findings with rule, place and remedy, by mapping; 1 where there are errors")
  func check() throws {
    let sound = try json(["map", "check", "dvcqg-a.ho-so--canonical"] + shelf)
    let mapping = try list(sound["mappings"])[0]
    #expect(mapping["mapping"]?.string == "dvcqg-a.ho-so--canonical/1" && mapping["errors"]?.numberText == "0")
    let path = folder.path + "/mapping.yaml"
    let text = String(
      decoding: TestFiles.read(example("dvcqg-a.tien-do--canonical/1/mapping.yaml")), as: UTF8.self)
    TestFiles.write(text.replacing("from: NguoiXuLy", with: "from: NguoiXuLi"), to: path)
    let broken = try list(try json(["map", "check", path] + shelf, exit: 1)["mappings"])[0]
    let findings = try list(broken["findings"])
    let unknown = try #require(findings.first { $0["rule"]?.string == "unknown-source" })
    #expect(unknown["level"]?.string == "error" && unknown["file"]?.string == path)
    #expect((unknown["line"]?.numberText.flatMap { Int($0) } ?? 0) > 1)
    #expect(broken["errors"]?.numberText == "\(findings.count { $0["level"]?.string == "error" })")
  }

  @Test("map run: the output as a text, or what it was held or refused for, with 1")
  func runs() throws {
    let document = example("canonical--dvcqg-a.ho-so/1/examples/trich-yeu-dai.in.xml")
    let done = try json(["map", "run", "canonical--dvcqg-a.ho-so", document] + shelf)
    #expect(done["outcome"]?.string == "translated" && done["notesDropped"]?.numberText == "0")
    let printed = run(["map", "run", "canonical--dvcqg-a.ho-so", document] + shelf)
    let output = try JSONDocument(parsing: done["output"]?.string ?? "").root
    let shown = try JSONDocument(parsing: printed.output).root
    #expect(output["MaHoSo"]?.string == shown["MaHoSo"]?.string && output["MaHoSo"] != nil)
    let stopped = example("canonical--dvcqg-a.ho-so/1/refusals/lien-thong.in.xml")
    let held = try json(["map", "run", "canonical--dvcqg-a.ho-so", stopped] + shelf, exit: 1)
    #expect(held["outcome"]?.string == "held" && held["output"]?.isNull == true)
    let code = try list(held["held"])[0]
    #expect(code["table"]?.string == "dvcqg-status" && code["source"]?.string == "/dossier/status")
    let nameless = example("canonical--edxml.document/1/refusals/khong-ma-co-quan.in.xml")
    let refused = try json(["map", "run", "canonical--edxml.document", nameless] + shelf, exit: 1)
    #expect(refused["outcome"]?.string == "refused")
    #expect(try list(refused["refusals"])[0]["rule"]?.string == "mapping.required")
  }

  @Test("map test: every example with its verdict; 1 where one fails, and the failure tells what differs")
  func tests() throws {
    let passed = try json(["map", "test", "dvcqg-a.tien-do--canonical"] + shelf)
    let results = try list(try list(passed["mappings"])[0]["results"])
    #expect(passed["passed"]?.numberText == "\(results.count)" && passed["failed"]?.numberText == "0")
    #expect(results.count >= 3 && results.allSatisfy { $0["passed"]?.boolean == true })
    #expect(results.allSatisfy { ["examples", "refusals"].contains($0["kind"]?.string ?? "") })
    let copy = folder.path + "/Mappings"
    #expect(ProgramRun(["/bin/cp", "-r", root + "/Mappings", copy]).exitCode == 0)
    let name = try #require(results.first { $0["kind"]?.string == "examples" }?["name"]?.string)
    TestFiles.write("<progress/>", to: "\(copy)/dvcqg-a.tien-do--canonical/1/examples/\(name).out.xml")
    let failed = try json(
      ["map", "test", "dvcqg-a.tien-do--canonical", "--mappings", copy, "--schemas", root + "/Schemas"], exit: 1)
    #expect(failed["failed"]?.numberText == "1")
    let failure = try list(try list(failed["mappings"])[0]["results"]).first { $0["passed"]?.boolean == false }
    #expect(failure?["name"]?.string == name && !texts(failure?["failures"]).isEmpty)
  }

  @Test("map coverage: counts by subject and everything open with its place; 1 below a threshold")
  func coverage() throws {
    let words = ["map", "coverage", "canonical--dvcqg-a.ho-so"] + shelf
    let mapping = try list(try json(words)["mappings"])[0]
    let open = try list(mapping["open"])
    var counted = (covered: 0, all: 0)
    for subject in ["rows", "branches", "codes", "source", "target"] {
      let count = try #require(mapping["subjects"]?[subject])
      let covered = Int(count["covered"]?.numberText ?? "") ?? -1
      let all = Int(count["all"]?.numberText ?? "") ?? -1
      #expect(open.count { $0["subject"]?.string == subject } == all - covered && covered > 0, "\(subject)")
      if ["rows", "branches", "codes"].contains(subject) { counted = (counted.covered + covered, counted.all + all) }
    }
    let percentage = Double(mapping["percentage"]?.numberText ?? "") ?? -1
    #expect(abs(percentage - 100 * Double(counted.covered) / Double(counted.all)) <= 0.1)
    for item in open where !["source", "target"].contains(item["subject"]?.string ?? "") {
      #expect(item["line"]?.numberText != nil && item["file"]?.string != nil)
    }
    _ = try json(words + ["--threshold", "100"], exit: percentage < 100 ? 1 : 0)
  }

  @Test("map explain and map loss: the same places from both ends")
  func explainAndLoss() throws {
    let document = example("canonical--dvcqg-a.ho-so/1/examples/trich-yeu-dai.in.xml")
    let explained = try json(["map", "explain", "canonical--dvcqg-a.ho-so", document] + shelf)
    let records = try list(explained["records"])
    let status = try #require(records.first { $0["path"]?.string == "/TrangThaiHoSo" })
    #expect(status["value"]?.string == "8" && status["kind"]?.string == "text")
    #expect(try list(status["steps"]).contains { $0["step"]?.string == "codes" && $0["table"] != nil })
    let used = Set(try records.flatMap { try list($0["sources"]).compactMap { $0["path"]?.string } })
    let lost = try json(["map", "loss", "canonical--dvcqg-a.ho-so", document, "--all"] + shelf, exit: 1)
    for leaf in try list(lost["leaves"]) where leaf["fate"]?.string == "arrived" {
      #expect(used.contains(leaf["path"]?.string ?? ""), "\(leaf["path"]?.string ?? "")")
    }
    let none = run(["map", "explain", "canonical--dvcqg-a.ho-so", document, "--path", "/Khong", "--json"] + shelf)
    #expect(none.exitCode == 1 && none.text.isEmpty)
  }

  @Test("map explain, map loss and map coverage of a stylesheet say by what method they know")
  func stylesheet() throws {
    let document = example("canonical--edxml.document/1/examples/day-du.in.xml")
    let explained = try json(["map", "explain", "canonical--edxml.document", document] + shelf)
    #expect(explained["method"]?.string == "trying")
    let subject = try #require(
      try list(explained["records"]).first { $0["path"]?.string?.hasSuffix("/Subject") == true })
    let sources = try list(subject["sources"]).compactMap { $0["path"]?.string }
    #expect(sources == ["/dossier/code", "/dossier/procedure/code", "/dossier/owner/name"])
    #expect(try list(subject["templates"]).first?["title"]?.string == #"template name="header""#)
    let told = run(["map", "explain", "canonical--edxml.document", document] + shelf)
    #expect(told.exitCode == 0 && told.lines.last?.hasPrefix("found by changing one text after the other") == true)
    let lost = try json(["map", "loss", "canonical--edxml.document", document] + shelf, exit: 1)
    #expect(lost["method"]?.string == "trying")
    let unsaid = try list(lost["leaves"]).filter { $0["fate"]?.string != "ignored" }
    #expect(unsaid.map { $0["fate"]?.string } == ["precision-lost"])
    let covered = try list(try json(["map", "coverage", "canonical--edxml.document"] + shelf)["mappings"])[0]
    let templates = covered["subjects"]?["templates"]
    #expect(templates?["covered"]?.numberText == templates?["all"]?.numberText && templates?["all"]?.numberText != "0")
  }

  @Test("map diff: each difference with kind, path and both texts; 0 and an empty list where there is none")
  func diff() throws {
    let one = folder.file("a.json", #"{"a":"1","l":[{"id":"x","n":1}],"r":"0"}"#)
    let other = folder.file("b.json", #"{"l":[{"id":"x","n":2}],"a":"1","s":"0"}"#)
    let differences = try list(try json(["map", "diff", one, other], exit: 1)["differences"])
    let told = Set(differences.map { "\($0["kind"]?.string ?? "") \($0["path"]?.string ?? "")" })
    #expect(told == ["changed /l/0/n", "removed /r", "added /s"])
    let changed = try #require(differences.first { $0["kind"]?.string == "changed" })
    #expect(changed["before"]?.string == "1" && changed["after"]?.string == "2")
    #expect(try list(try json(["map", "diff", one, one])["differences"]).isEmpty)
  }

  @Test("map new: rows with scores and lines, and what is open with its rule, as the file has them")
  func new() throws {
    let words = [
      "map", "new", "dvcqg-a/1/tien-do.schema.json", "canonical/1/canonical.xsd#progress", "--schemas",
      root + "/Schemas",
    ]
    let proposal = try json(words)
    let text = try #require(proposal["text"]?.string)
    #expect(text == run(words).text && proposal["file"]?.isNull == true)
    #expect(proposal["mapping"]?.string == "dvcqg-a.tien-do--canonical")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let rows = try list(proposal["rows"])
    #expect(!rows.isEmpty && rows.count == lines.count { $0.contains("- { to: ") || $0.contains("- to: ") })
    for row in rows {
      let line = lines[try #require(row["line"]?.numberText.flatMap { Int($0) }) - 1]
      let score = try #require(row["score"]?.numberText.flatMap { Double($0) })
      #expect(line.hasSuffix("# \(Int((score * 100).rounded())) %") && (0.6...1).contains(score), "\(line)")
      #expect(line.contains("to: "))
    }
    let open = try list(proposal["open"])
    #expect(open.count == lines.count { $0.hasPrefix("# open: ") } && !open.isEmpty)
    for item in open {
      let said = (item["row"]?.string ?? item["rule"]?.string ?? "?") + ": " + (item["message"]?.string ?? "?")
      #expect(lines.contains("# open: " + said), "\(said)")
    }
    let written = try json(words + ["--out", folder.path])
    let file = try #require(written["file"]?.string)
    #expect(String(decoding: TestFiles.read(file), as: UTF8.self) == text && written["text"]?.string == text)
    #expect(run(words + ["--out", folder.path, "--json"]).exitCode == 2)
  }

  // MARK: schema

  private var schema: String {
    folder.file(
      "s.json",
      """
      {"type": "object", "required": ["ma"], "additionalProperties": false, "properties": {
        "ma": {"type": "string", "pattern": "^H[0-9]{2}$", "description": "Mã"},
        "ds": {"type": "array", "items": {"type": "object", "properties": {"k": {"enum": ["1", "2"]}}}}}}
      """)
  }

  @Test("schema show: the tree with types, cardinalities and groups, whole also where the text is cut")
  func show() throws {
    let shown = try json(["schema", "show", schema])
    let root = try list(shown["roots"])[0]
    #expect(shown["format"]?.string == "json" && root["name"]?.string == "root")
    let content = try #require(root["content"])
    #expect(content["part"]?.string == "all")
    let parts = try list(content["parts"])
    let code = try #require(parts.first { $0["place"]?["name"]?.string == "ma" })
    #expect(code["minimum"]?.numberText == "1" && code["maximum"]?.numberText == "1" && code["list"]?.boolean == false)
    #expect(texts(code["place"]?["facets"]) == ["pattern ^H[0-9]{2}$"] && code["place"]?["note"]?.string == "Mã")
    // A member that is a list may be left out: a group around it says so.
    let group = try #require(parts.first { $0["part"]?.string == "sequence" })
    #expect(group["minimum"]?.numberText == "0" && group["maximum"]?.numberText == "1")
    let member = try list(group["parts"])[0]
    #expect(member["place"]?["name"]?.string == "ds" && member["list"]?.boolean == true)
    #expect(member["maximum"]?.isNull == true)
    let inner = try list(member["place"]?["content"]?["parts"])[0]
    #expect(texts(inner["place"]?["enumeration"]) == ["1", "2"])
  }

  @Test("schema show: attributes, choices and a type inside itself, which ends")
  func showXML() throws {
    let xsd = folder.file(
      "s.xsd",
      """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="t"/><xs:element name="z"/>
      <xs:complexType name="t"><xs:choice maxOccurs="3"><xs:element name="n" type="xs:int"/><xs:element name="a" type="t"/>
      </xs:choice><xs:attribute name="k" use="required"/></xs:complexType></xs:schema>
      """)
    let shown = try json(["schema", "show", "--root", "a", xsd])
    let root = try list(shown["roots"])[0]
    let attribute = try list(root["attributes"])[0]
    #expect(try list(shown["roots"]).count == 1 && attribute["required"]?.boolean == true)
    #expect(attribute["name"]?.string == "k" && attribute["attribute"]?.boolean == true)
    #expect(root["content"]?["part"]?.string == "choice" && root["content"]?["maximum"]?.numberText == "3")
    var place = try #require(try list(root["content"]?["parts"]).last?["place"])
    var depth = 1
    while place["recursive"]?.boolean == false {
      place = try #require(try list(place["content"]?["parts"]).last?["place"])
      depth += 1
    }
    #expect(depth < 4 && place["name"]?.string == "a" && place["content"] == nil)
    #expect(run(["schema", "show", "--json", "--root", "b", xsd]).exitCode == 2)
  }

  @Test("schema paths lists what schema show holds, and schema sample makes documents of it")
  func pathsAndSamples() throws {
    let paths = try json(["schema", "paths", schema])
    #expect(paths.elements.compactMap { $0["path"]?.string } == ["ma", "ds/k"])
    let samples = try json(["schema", "sample", "--count", "3", "--seed", "7", schema])
    let printed = run(["schema", "sample", "--count", "3", "--seed", "7", schema])
    #expect(samples.elements.compactMap { $0["document"]?.string } == printed.lines)
    #expect(samples.elements.allSatisfy { $0["name"]?.string?.contains("7") == true })
  }

  @Test("schema infer: the draft as a text, and beside it what was seen of every place")
  func infer() throws {
    let documents = [
      folder.file("1.json", #"{"ma": "H01", "luc": "20261121083000", "ds": [{"k": "1"}, {"k": "2"}]}"#),
      folder.file("2.json", #"{"ma": "H02", "ds": []}"#),
    ]
    let inferred = try json(["schema", "infer"] + documents)
    #expect(inferred["schema"]?.string == run(["schema", "infer"] + documents).text)
    #expect(inferred["format"]?.string == "json" && inferred["documents"]?.numberText == "2")
    var seen: [String: [String]] = [:]
    for place in try list(inferred["places"]) {
      seen[place["path"]?.string ?? ""] = ["seen", "parents", "parentsWith", "most"].map {
        place[$0]?.numberText ?? "?"
      }
    }
    #expect(seen["root/ma"] == ["2", "2", "2", "1"])
    #expect(seen["root/luc"] == ["1", "2", "1", "1"])
    #expect(seen["root/ds/k"] == ["2", "2", "2", "1"])
    let moment = try #require(try list(inferred["places"]).first { $0["path"]?.string == "root/luc" })
    #expect(moment["form"]?.string == "yyyyMMddHHmmss" && moment["values"]?.isNull == true)
    #expect(run(["schema", "infer", "--json", folder.path + "/none.json"]).exitCode == 2)
  }
}
