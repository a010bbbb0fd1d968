/// The code of a dossier (mã hồ sơ) exactly as its sender wrote it; the thread that ties a dossier's messages together.
///
/// Its usual shape is described in the domain pages (§6.6), but a code of another shape is still a code.
package struct DossierCode: TextIdentifier {
  package let text: String
  package init(_ text: String) { self.text = text }
}
