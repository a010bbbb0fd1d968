/// What lists may take.
package struct ListLimits: Sendable {
  /// Rows of one list.
  package var rows = 10_000_000
  /// Rows that are in memory at one time; the others wait on the disk.
  package var rowsInMemory = 100_000
  /// Bytes of one row of a table.
  package var rowBytes = 1_024 * 1_024
  /// Bytes of a JSON or XML file, which is read whole; a longer list comes as CSV.
  package var documentBytes = 32 * 1_024 * 1_024

  package init() {}

  package static let standard = ListLimits()
}
