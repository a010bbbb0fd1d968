import Testing

@testable import SQLKit

@Suite("Parameters of a statement for PostgreSQL")
struct PostgreSQLParametersTests {
  @Test(
    "are numbered as SQLite numbers them",
    arguments: [
      ("SELECT 1", "SELECT 1", 0), ("a = ? AND b = ?", "a = $1 AND b = $2", 2),
      ("?2, ?, ?1, ?", "$2, $3, $1, $4", 4), ("VALUES(?10)", "VALUES($10)", 10),
      ("'?' || ? || \"?\"", "'?' || $1 || \"?\"", 1), ("'it''s ?', ?", "'it''s ?', $1", 1),
      ("? -- why? so\n, ? - ?", "$1 -- why? so\n, $2 - $3", 3), ("'Hồ sơ' || ?", "'Hồ sơ' || $1", 1),
    ])
  func translation(sql: String, expected: String, count: Int) {
    let parameters = PostgreSQLParameters(translating: sql)
    #expect(parameters.sql == expected)
    #expect(parameters.count == count)
  }
}
