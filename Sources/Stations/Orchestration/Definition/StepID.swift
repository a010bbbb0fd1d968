import DossierModel

/// Names a step of a procedure, as its definition writes it: `khai-sinh`.
package struct StepID: TextIdentifier {
  package let text: String
  package init(_ text: String) { self.text = text }
}
