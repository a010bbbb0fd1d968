import XMLKit

/// What the door itself reads of an edXML document: who sends it, and to whom. Children are found by their local names in
/// any order, as the receivers' library finds them; of several headers the last counts (domain page §3.2).
struct VXPDocumentHead: Equatable {
  var from: String?
  /// `To`, in its order; empty in a status message.
  var to: [String]
  /// Whom a status message answers, which is its receiver.
  var responseTo: String?

  init(_ root: XMLNode) {
    let frame = root.firstElement(named: "edXMLEnvelope")?.firstElement(named: "edXMLHeader")
    let header = frame?.elements.filter { $0.isNamed("MessageHeader") }.last
    func organisations(_ name: String) -> [String] {
      (header?.elements.filter { $0.isNamed(name) } ?? []).compactMap { organisation in
        organisation.firstElement(named: "OrganId").map { Self.trimmed($0.text) }
      }
    }
    from = organisations("From").last
    to = organisations("To")
    responseTo = organisations("ResponseFor").first
  }

  private static func trimmed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
