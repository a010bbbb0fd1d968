import DocumentKit
import Testing
import Workbench

@Suite("Gaps in time of code tables")
struct CodeGapTests {
  private static let use = ["{ to: code, from: ma }", "{ to: note, from: ghiChu, codes: { table: kind, at: ngay } }"]
  private static let useOfLevel = [
    use[0], "{ to: note, from: ghiChu, codes: { table: kind, level: ten, at: ngay } }",
  ]

  /// What `map check` says of the table with these rows, without its path; the rows begin in line 6, or 7 with columns.
  private func gaps(_ rows: [String], columns: Bool = false, unmapped: String = "hold") throws -> [String] {
    let codes =
      "codes: kind\nforeign: f\ncanonical: c\n" + (columns ? "columns: { level: L }\n" : "")
      + "unmapped: \(unmapped)\nrows:\n" + rows.map { "  - \($0)\n" }.joined()
    let bench = CheckBench()
    let report = try bench.report(rows: columns ? Self.useOfLevel : Self.use, codes: codes)
    let compile = report.findings.filter { $0.rule == .compile }.map(\.description)
    try #require(compile == [])
    return report.findings.filter { $0.rule == .codeGap }.map {
      "\($0.position.line):\($0.position.column) \($0.message)"
    }
  }

  @Test(
    "days between two rows that no row covers are named, once, in whichever direction they lie",
    arguments: [
      (
        [
          "{ foreign: a, canonical: x, validUntil: 2026-06-30 }", "{ foreign: a, canonical: y, validFrom: 2026-07-01 }",
        ], []
      ),
      (
        [
          "{ foreign: a, canonical: x, validUntil: 2026-06-30 }", "{ foreign: a, canonical: y, validFrom: 2026-07-02 }",
        ],
        ["7:5 the table ‘kind’ has no row for the foreign code ‘a’ on 2026-07-01, between line 6 and this one"]
      ),
      (
        [
          "{ foreign: a, canonical: y, validFrom: 2026-07-02 }", "{ foreign: a, canonical: x, validUntil: 2026-06-30 }",
        ],
        ["6:5 the table ‘kind’ has no row for the foreign code ‘a’ on 2026-07-01, between line 7 and this one"]
      ),
      // Both directions know the two rows, the gap is one.
      (
        [
          "{ foreign: a, canonical: x, validUntil: 2026-06-30 }", "{ foreign: a, canonical: x, validFrom: 2027-01-01 }",
        ],
        [
          "7:5 the table ‘kind’ has no row for the foreign code ‘a’ from 2026-07-01 to 2026-12-31, "
            + "between line 6 and this one"
        ]
      ),
      (
        [
          "{ foreign: a, canonical: x, validUntil: 2026-06-30 }", "{ foreign: b, canonical: x, validFrom: 2027-01-01 }",
        ],
        [
          "7:5 the table ‘kind’ has no row for the canonical code ‘x’ from 2026-07-01 to 2026-12-31, "
            + "between line 6 and this one"
        ]
      ),
      // Other codes, other directions, before the first row and behind the last: no gap.
      (
        [
          "{ foreign: a, canonical: x, validUntil: 2026-06-30 }", "{ foreign: b, canonical: y, validFrom: 2027-01-01 }",
        ], []
      ),
      (
        [
          "{ foreign: a, canonical: x, direction: in, validUntil: 2026-06-30 }",
          "{ foreign: a, canonical: x, direction: out, validFrom: 2027-01-01 }",
        ], []
      ),
      (["{ foreign: a, canonical: x, validFrom: 2026-01-01, validUntil: 2026-06-30 }"], []),
      (
        [
          "{ foreign: a, canonical: x, validUntil: 2026-01-31 }",
          "{ foreign: a, canonical: x, validFrom: 2026-03-01, validUntil: 2026-03-31 }",
          "{ foreign: a, canonical: x, validFrom: 2026-05-01 }",
        ],
        [
          "7:5 the table ‘kind’ has no row for the foreign code ‘a’ from 2026-02-01 to 2026-02-28, "
            + "between line 6 and this one",
          "8:5 the table ‘kind’ has no row for the foreign code ‘a’ from 2026-04-01 to 2026-04-30, "
            + "between line 7 and this one",
        ]
      ),
    ])
  func plain(rows: [String], expected: [String]) throws {
    #expect(try gaps(rows) == expected)
  }

  @Test("a default for unknown codes does not hide that a known one is missing for some days")
  func defaults() throws {
    let rows = [
      "{ foreign: a, canonical: x, validUntil: 2026-06-30 }", "{ foreign: a, canonical: y, validFrom: 2026-07-02 }",
    ]
    #expect(try gaps(rows, unmapped: "{ default: x, reason: r }").count == 1)
  }

  @Test("a row that says less covers the days of one that says more, and the other way round it does not")
  func columns() throws {
    let rows = [
      "{ foreign: a, level: xa, canonical: x, direction: in, validUntil: 2026-06-30 }",
      "{ foreign: a, level: xa, canonical: y, direction: in, validFrom: 2026-08-01 }",
    ]
    let missing = "has no row for the foreign code ‘a’ with level ‘xa’ from"
    #expect(
      try gaps(rows, columns: true).map { $0.contains("8:5 the table ‘kind’ \(missing) 2026-07-01 to 2026-07-31") } == [
        true
      ])
    #expect(try gaps(rows + ["{ foreign: a, canonical: z, direction: in }"], columns: true) == [])
    let part = "{ foreign: a, canonical: z, direction: in, validFrom: 2026-07-11, validUntil: 2026-08-15 }"
    let left = try gaps(rows + [part], columns: true)
    #expect(left.count == 1 && left[0].contains("9:5") && left[0].contains("\(missing) 2026-07-01 to 2026-07-10"))
    let general =
      rows.map { $0.replacing("level: xa, ", with: "") } + ["{ foreign: a, level: xa, canonical: z, direction: in }"]
    #expect(try gaps(general, columns: true).count == 1)
  }

  @Test("a gap that is meant is said with its first day and a reason, and holds for those days alone")
  func meant() throws {
    func rows(until: String, gap: String) -> [String] {
      [
        "{ foreign: a, canonical: x, validUntil: \(until) }",
        "{ foreign: a, canonical: y, validFrom: 2026-08-01, gap: { from: \(gap), reason: closed } }",
      ]
    }
    #expect(try gaps(rows(until: "2026-06-30", gap: "2026-07-01")) == [])
    let wider = try gaps(rows(until: "2026-06-29", gap: "2026-07-01"))
    #expect(wider.count == 1 && wider[0].hasSuffix("this one; the gap that is said begins on 2026-07-01"), "\(wider)")
    for until in ["2026-07-01", "2026-07-31"] {
      #expect(
        try gaps(rows(until: until, gap: "2026-07-01")) == [
          "7:61 the row for ‘a’ says a gap from 2026-07-01, and none begins on that day"
        ])
    }
  }
}
