import XMLKit

extension ServiceLevel {
  /// Where a dossier asks for what only level 4 has: a payment made online, or a result by post; nil where it asks for
  /// nothing of the kind. The path is one in the canonical document.
  static func beyond(submission dossier: XMLNode) -> String? {
    for element in dossier.elements {
      switch element.localName {
      case "onlinePayment" where element.saysPaidOnline: return "/dossier/onlinePayment"
      case "payment": return "/dossier/payment"
      case "delivery" where element.firstElement(named: "purpose")?.text == "returnResult":
        return "/dossier/delivery/purpose"
      case "resultReturn" where element.firstElement(named: "method")?.text == "post":
        return "/dossier/resultReturn/method"
      default: break
      }
    }
    return nil
  }
}

extension XMLNode {
  /// Whether an `onlinePayment` says that it was made, by the portal or the system's own gateway.
  var saysPaidOnline: Bool { text == "nationalPortal" || text == "ownGateway" }
}
