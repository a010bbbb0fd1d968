package import DossierModel

/// A dossier that was delivered to a partner as a message of this type, and whose end the partner has not told.
package struct AwaitedDossier: Sendable, Hashable {
  package let type: String
  package let code: DossierCode

  package init(type: String, code: DossierCode) {
    self.type = type
    self.code = code
  }
}
