import ServiceKit
import Testing
import Translation

@Suite("The table of agency codes")
struct AgencyCodeTests {
  private let table: CodeTable

  init() throws { table = try #require(try Shelf.shared().registry.codes["agency-code"]) }

  private func newer(_ code: String, _ day: String) -> String? {
    table.row(for: code, .in, on: CivilDay(day))?.canonical
  }

  @Test("every pair is what the rule for three levels says: the groups without zeros, read from the right")
  func rule() {
    #expect(table.rows.count == 66)
    for row in table.rows {
      let groups = row.foreign.split(separator: ".").reversed().filter { !$0.allSatisfy { $0 == "0" } }
      #expect(row.foreign.split(separator: ".").map(\.count) == [3, 2, 2, 3])
      #expect(groups.joined(separator: ".") == row.canonical, "\(row.position)")
    }
  }

  @Test("the 63 provinces are there until 30/06/2025, and after that day those whose code is seen in use")
  func provinces() {
    let provinces = (1...63).map { "H" + ($0 < 10 ? "0" : "") + String($0) }
    #expect(provinces.filter { newer("000.00.00.\($0)", "2025-06-30") != $0 } == [])
    #expect(provinces.filter { newer("000.00.00.\($0)", "2025-07-01") == $0 } == ["H21", "H37"])
    #expect(table.row(for: "000.00.00.H56", .in)?.canonical == nil, "a row with an end answers for a day only")
  }

  @Test("what is read in data holds on every day, and nothing else is derived")
  func others() {
    for day in ["2020-01-01", "2025-07-01", "2026-11-20"] {
      #expect(newer("000.00.14.H20", day) == "H20.14")
      #expect(newer("000.00.00.G09", day) == "G09")
      #expect(newer("000.00.15.H20", day) == nil)
      #expect(newer("000.00.00.G15", day) == nil)
    }
  }

  @Test("what only general knowledge says is marked so")
  func marks() {
    let seen = ["H20", "H21", "H22", "H37", "H56", "G09", "H20.14"]
    #expect(table.rows.filter { !$0.note.contains("unverified") }.map(\.canonical).sorted() == seen.sorted())
  }
}
