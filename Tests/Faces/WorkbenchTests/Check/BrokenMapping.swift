import Testing
import Workbench

/// A mapping with one mistake, the place of the mistake, and the same mapping without it.
struct BrokenMapping: Sendable, CustomTestStringConvertible {
  let rule: CheckRule
  let broken: [String]
  /// `line:column` of the finding; the rows begin in line 6.
  let place: String
  /// Words of the message or its remedy.
  let says: [String]
  let clean: [String]
  var level: CheckFinding.Level = .error
  var codes: String = CheckBench.kindCodes
  var ignore: [String]?
  /// The finding stands in the code table.
  var isInTable = false

  var testDescription: String { "\(rule.rawValue) \(place)" }

  private static let code = "{ to: code, from: ma }"

  private static let written = "write: { format: json, schema: s/1/n.schema.json }"

  static let all: [BrokenMapping] = [
    BrokenMapping(
      rule: .unknownSource, broken: [code, "{ to: name, from: tenn, cut: 200 }"], place: "7:23",
      says: ["‘tenn’", "did you mean ‘ten’"], clean: [code, "{ to: name, from: ten, cut: 200 }"]),
    BrokenMapping(
      rule: .unknownSource, broken: [code, "{ to: file, each: dsTep, rows: [{ to: label, from: ten/x }] }"],
      place: "7:56",
      says: ["‘dsTep/ten’", "‘x’"], clean: [code, "{ to: file, each: dsTep, rows: [{ to: label, from: ten }] }"]),
    BrokenMapping(
      rule: .unknownSource, broken: [code, "{ to: note, value: x, when: \"lai = '1'\" }"], place: "7:33",
      says: ["‘lai’"],
      clean: [code, "{ to: note, value: x, when: \"loai = '1'\" }"]),
    BrokenMapping(
      rule: .unknownTarget, broken: [code, "{ to: naem, from: ten }"], place: "7:5",
      says: ["‘naem’", "did you mean ‘name’"], clean: [code, "{ to: name, from: ten, cut: 200 }"]),
    BrokenMapping(
      rule: .unknownTarget, broken: ["{ to: \"@idd\", from: ma }", code], place: "6:5", says: ["‘@idd’", "‘@id’"],
      clean: ["{ to: \"@id\", from: ma }", code]),
    BrokenMapping(
      rule: .unfedRequired, broken: ["{ to: note, from: ghiChu }"], place: "4:9", says: ["‘code’", "always"],
      clean: [code, "{ to: note, from: ghiChu }"]),
    BrokenMapping(
      rule: .unfedRequired, broken: [code, "{ to: unit/name, from: ten }"], place: "7:5",
      says: ["‘unit/code’", "whenever ‘unit’ is written"],
      clean: [code, "{ to: unit/code, from: ma }", "{ to: unit/name, from: ten }"]),
    BrokenMapping(
      rule: .unfedRequired,
      broken: [code, "{ to: note, \(written), rows: [{ to: ten/dem, from: ten }] }"],
      place: "7:76", says: ["‘ten/ho’", "whenever ‘ten’ is written"],
      clean: [code, "{ to: note, \(written), rows: [{ to: ten, from: ten }] }"]),
    BrokenMapping(
      rule: .unfedRequired, broken: [code, "{ to: until, from: ghiChu }"], place: "4:9",
      says: ["‘since’", "whenever ‘until’ is written"],
      clean: [code, "{ to: since, from: ma }", "{ to: until, from: ghiChu }"]),
    BrokenMapping(
      rule: .whenLeavesEmpty, broken: ["{ to: code, from: ma, when: \"loai = '1'\" }"], place: "6:33",
      says: ["‘code’"],
      clean: ["{ to: code, from: ma, when: \"loai = '1'\" }", "{ to: code, value: x, when: \"loai = '2'\" }"]),
    BrokenMapping(
      rule: .mayBeEmpty, broken: ["{ to: code, from: ten }"], place: "6:5", says: ["‘ten’", "‘code’"],
      clean: ["{ to: code, from: ten, required: true }"], level: .warning),
    BrokenMapping(
      rule: .mayBeEmpty, broken: [code, "{ to: unit/code, from: ghiChu }", "{ to: unit/name, from: ma }"], place: "7:5",
      says: ["‘unit/code’"],
      clean: [code, "{ to: unit/code, from: ghiChu, when: ghiChu != '' }", "{ to: note, from: ma }"], level: .warning),
    BrokenMapping(
      rule: .mayBeEmpty, broken: [code, "{ to: since, from: ghiChu }", "{ to: until, from: ma }"], place: "7:5",
      says: ["‘ghiChu’", "‘since’", "whenever ‘until’ is written"], clean: [code, "{ to: since, from: ghiChu }"],
      level: .warning),
    BrokenMapping(
      rule: .unreadSource, broken: [code], place: "3:9", says: ["‘dsTep’", "3 leaves"], clean: [code],
      ignore: CheckBench.leaves.filter { $0 != "ma" && !$0.hasPrefix("dsTep") }.map { "{ from: \($0), reason: r }" }),
    BrokenMapping(
      rule: .unreadSource, broken: [code, "{ to: file, each: dsTep, rows: [{ to: label, from: ten }] }"], place: "7:5",
      says: ["‘dsTep/ma’"], clean: [code, "{ to: file, each: dsTep, rows: [{ to: label, from: ten }] }"],
      ignore: CheckBench.leaves.filter { $0 != "ma" && !$0.hasPrefix("dsTep/ma") && !$0.hasPrefix("dsTep/ten") }
        .map { "{ from: \($0), reason: r }" }),
    BrokenMapping(
      rule: .unreadSource, broken: [code, "{ to: file, each: dsTep, rows: [{ to: label, from: ten }] }"], place: "7:5",
      says: ["‘dsTep/ma’"], clean: [code, "{ to: file, each: dsTep, rows: [{ to: label, from: ten }] }"],
      ignore: ["{ from: \"dsTep[ten = 'a']/ma\", reason: r }"]),
    BrokenMapping(
      rule: .ignoreUnknown, broken: [code], place: "8:13", says: ["‘tein’", "‘ten’"], clean: [code],
      ignore: ["{ from: tein, reason: r }"]),
    BrokenMapping(
      rule: .ignoreRead, broken: [code], place: "8:13", says: ["‘ma’"], clean: [code],
      ignore: ["{ from: ma, reason: r }"]),
    BrokenMapping(
      rule: .ignoreRead, broken: [code, "{ to: file, each: dsTep, rows: [{ to: label, from: ten }] }"], place: "9:13",
      says: ["‘dsTep/ten’"], clean: [code, "{ to: file, each: dsTep, rows: [{ to: label, from: ten }] }"],
      ignore: ["{ from: dsTep/ten, reason: r }"]),
    BrokenMapping(
      rule: .codesNotTotal, broken: [code, "{ to: kind, from: loai, codes: kind }"], place: "7:36",
      says: ["‘kind’", "‘2’"],
      clean: [code, "{ to: kind, from: loai, codes: kind }"],
      codes: CheckBench.kindCodes.replacing("  - { foreign: \"2\", canonical: b }", with: "")),
    BrokenMapping(
      rule: .codeOutsideTarget, broken: [code, "{ to: kind, from: loai, codes: kind }"], place: "7:5",
      says: ["‘c’", "‘kind’"],
      clean: [code, "{ to: note, from: loai, codes: kind }"],
      codes: CheckBench.kindCodes.replacing("canonical: b", with: "canonical: c"), isInTable: true),
    // Nothing is known of what is read, and yet everything of what the table gives.
    BrokenMapping(
      rule: .codeOutsideTarget, broken: [code, "{ to: kind, from: \"(khac | khac/x)[last()]\", codes: kind }"],
      place: "7:5", says: ["‘c’", "‘kind’"],
      clean: [code, "{ to: note, from: \"(khac | khac/x)[last()]\", codes: kind }"],
      codes: CheckBench.kindCodes.replacing("canonical: b", with: "canonical: c"), isInTable: true),
    BrokenMapping(
      rule: .codeUnreachable, broken: [code, "{ to: kind, from: loai, codes: kind }"], place: "8:5", says: ["‘3’"],
      clean: [code, "{ to: kind, from: tuoi, codes: kind }"],
      codes: CheckBench.kindCodes + "\n  - { foreign: \"3\", canonical: b, direction: in }", isInTable: true),
    BrokenMapping(
      rule: .codeGap, broken: [code, "{ to: kind, from: loai, codes: { table: kind, at: ngay } }"], place: "8:5",
      says: ["foreign code ‘2’ from 2026-03-01 to 2026-03-14, between line 7", "gap: { from: 2026-03-01"],
      clean: [code, "{ to: name, from: ten, cut: 200 }"],
      codes: CheckBench.kindCodes.replacing("canonical: b }", with: "canonical: b, validUntil: 2026-02-28 }")
        + "\n  - { foreign: \"2\", canonical: a, direction: in, validFrom: 2026-03-15 }", isInTable: true),
    BrokenMapping(
      rule: .typeClash, broken: [code, "{ to: age, from: tuoi }"], place: "7:5", says: ["a text", "number: integer"],
      clean: [code, "{ to: age, from: tuoi, number: integer }"]),
    BrokenMapping(
      rule: .typeClash, broken: [code, "{ to: at, from: ngay, time: { in: dd/MM/yyyy, out: yyyy-MM-dd } }"],
      place: "7:5",
      says: ["a date with time"], clean: [code, "{ to: at, from: ngay, time: dd/MM/yyyy }"]),
    BrokenMapping(
      rule: .typeClash, broken: [code, "{ to: flag, from: co }"], place: "7:5", says: ["‘True’"],
      clean: [code, "{ to: flag, from: co, boolean: { true: \"True\", false: \"False\" } }"]),
    BrokenMapping(
      rule: .typeClash, broken: [code, "{ to: flag, from: co, boolean: { true: \"1\", false: \"0\" } }"], place: "7:5",
      says: ["‘True’", "‘1’"], clean: [code, "{ to: flag, from: \"co = 'True'\" }"]),
    BrokenMapping(
      rule: .typeClash, broken: [code, "{ to: age, value: many }"], place: "7:5", says: ["‘many’"],
      clean: [code, "{ to: age, value: \"3\" }"]),
    BrokenMapping(
      rule: .typeClash, broken: [code, "{ to: unit, from: ten }"], place: "7:5", says: ["elements"],
      clean: [code, "{ to: unit/code, from: ma }"]),
    BrokenMapping(
      rule: .lengthClash, broken: [code, "{ to: name, from: ten }"], place: "7:5", says: ["200", "500"],
      clean: [code, "{ to: name, from: ten, cut: 200 }"]),
    BrokenMapping(
      rule: .lengthClash, broken: [code, "{ to: name, from: ghiChu }"], place: "7:5", says: ["200", "no limit"],
      clean: [code, "{ to: name, from: ma }"], level: .warning),
    BrokenMapping(
      rule: .enumerationClash, broken: [code, "{ to: kind, from: tuoi }"], place: "7:5", says: ["‘kind’", "‘codes’"],
      clean: [code, "{ to: kind, value: a }"]),
    BrokenMapping(
      rule: .enumerationClash, broken: [code, "{ to: kind, from: loai }"], place: "7:5", says: ["‘1’"],
      clean: [code, "{ to: kind, from: \"translate(loai, '12', 'ab')\" }"]),
    BrokenMapping(
      rule: .firstWins, broken: [code, "{ to: note, from: dsTep/ten }"], place: "7:23", says: ["‘dsTep/ten’", "[1]"],
      clean: [code, "{ to: note, from: \"dsTep[1]/ten\" }"]),
    BrokenMapping(
      rule: .listClash, broken: [code, "{ to: note, each: dsTep, from: ten }"], place: "7:5", says: ["‘note’", "once"],
      clean: [code, "{ to: note, each: \"dsTep[1]\", from: ten }"]),
    BrokenMapping(
      rule: .deadRow, broken: [code, "{ to: note, from: ghiChu, when: \"loai = '3'\" }"], place: "7:37",
      says: ["never"], clean: [code, "{ to: note, from: ghiChu, when: \"loai = '2'\" }"]),
    BrokenMapping(
      rule: .deadRow, broken: [code, "{ to: note, from: ghiChu, when: \"tuoi and not(tuoi)\" }"], place: "7:37",
      says: ["never"], clean: [code, "{ to: note, from: ghiChu, when: \"tuoi or not(tuoi)\" }"]),
    BrokenMapping(
      rule: .writtenTwice, broken: [code, "{ to: note, from: ghiChu }", "{ to: note, from: tuoi }"], place: "8:5",
      says: ["‘note’", "line 7"],
      clean: [code, "{ to: note, from: ghiChu, when: ghiChu }", "{ to: note, from: tuoi, when: not(ghiChu) }"]),
    BrokenMapping(
      rule: .writtenTwice,
      broken: [code, "{ to: unit/code, from: ma }", "{ to: file/label, value: x }", "{ to: unit/code, from: ma }"],
      place: "9:5", says: ["‘unit’", "next to each other"],
      clean: [code, "{ to: unit/code, from: ma }", "{ to: file/label, value: x }"]),
    BrokenMapping(
      rule: .order, broken: [code, "{ to: note, from: ghiChu }", "{ to: age, from: tuoi, number: integer }"],
      place: "8:5",
      says: ["‘age’", "behind ‘note’"],
      clean: [code, "{ to: age, from: tuoi, number: integer }", "{ to: note, from: ghiChu }"]),
    BrokenMapping(
      rule: .expression, broken: [code, "{ to: note, from: \"(ten)///ghiChu\" }"], place: "7:23", says: ["column"],
      clean: [code, "{ to: note, from: ghiChu }"]),
  ]
}
