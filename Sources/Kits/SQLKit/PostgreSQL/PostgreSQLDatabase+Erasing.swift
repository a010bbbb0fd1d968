extension PostgreSQLDatabase {
  /// The row is deleted at once: that marks the value's pieces and overwrites nothing, here or in parts. Their room goes to
  /// other rows when the server has vacuumed.
  package func erase(_ place: SQLValuePlace, from offset: Int, limit: Int) throws(SQLError) -> Bool {
    let row = try prepare("DELETE FROM \(place.table) WHERE \(place.key) = ?")
    defer { row.reset() }
    try row.bind(.integer(place.row))
    _ = try row.step()
    return true
  }
}
