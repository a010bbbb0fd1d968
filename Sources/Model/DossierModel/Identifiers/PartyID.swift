/// Names a party of the site: an agency's system, a one-stop system or the portal, as written in the site's files.
package struct PartyID: TextIdentifier {
  package let text: String
  package init(_ text: String) { self.text = text }
}
