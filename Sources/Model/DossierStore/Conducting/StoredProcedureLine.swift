package import DossierModel

/// A line of a procedure's history with its place among all lines of the store.
package struct StoredProcedureLine: Sendable, Equatable {
  package var number: Int64
  package var dossier: DossierCode
  package var line: ConductedLine
}
