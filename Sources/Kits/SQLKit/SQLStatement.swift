/// A prepared statement of one connection: bind, step through the rows, reset.
///
/// The columns of the current row are counted from 0 and copied out when read, so nothing outlives a row.
package protocol SQLStatement: AnyObject {
  /// The statement's text, which error messages may show.
  var sql: String { get }

  /// Sets the parameters in their order; the statement must be reset.
  func bind(_ values: [SQLValue]) throws(SQLError)

  /// Moves to the next row; false when there is none.
  func step() throws(SQLError) -> Bool

  /// Makes the statement ready for new values and forgets the old ones and the rows nobody read.
  func reset()

  func isNull(_ column: Int) -> Bool
  /// 0 for NULL.
  func integer(_ column: Int) -> Int64
  /// Empty for NULL.
  func text(_ column: Int) -> String
  /// Empty for NULL.
  func blob(_ column: Int) -> [UInt8]
}

extension SQLStatement {
  package func bind(_ values: SQLValue...) throws(SQLError) { try bind(values) }

  package func optionalInteger(_ column: Int) -> Int64? { isNull(column) ? nil : integer(column) }
  package func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }
  package func optionalBlob(_ column: Int) -> [UInt8]? { isNull(column) ? nil : blob(column) }
}
