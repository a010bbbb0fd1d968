/// What the SOAP door does, by the names of the elements in the body.
enum SOAPOperation: String, CaseIterable, Sendable {
  case sendMessage = "SendMessage"
  case fetchInbox = "FetchInbox"
  case acknowledgeDelivery = "AcknowledgeDelivery"
  case getMessage = "GetMessage"
  case getDossier = "GetDossier"

  /// Of its answer.
  var response: String { rawValue + "Response" }

  /// `SOAPAction` of 1.1 and `action` of 1.2. The door goes by the body alone and does not look at it.
  var action: String { SOAPContract.namespace + "/" + rawValue }
}
