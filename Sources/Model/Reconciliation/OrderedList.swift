import DossierModel

/// A list that is read once, in the order of its codes (``DossierCode/precedes(_:)``), what has the same code side by side.
package protocol OrderedList<Row> {
  associatedtype Row
  /// The next row; nil behind the last.
  mutating func next() throws(ListError) -> Row?
}

/// A list that is in memory already, sorted when it is made.
package struct SortedRows: OrderedList {
  private var rows: ArraySlice<ListedDossier>

  package init(_ rows: [ListedDossier]) { self.rows = DossierSorter.sorted(rows)[...] }

  package mutating func next() throws(ListError) -> ListedDossier? { rows.popFirst() }
}
