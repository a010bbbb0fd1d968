/// What fills the places of a request that change from one request to the next.
struct RequestContext {
  var session: String
  var key: String
  var dossier: String
  /// Only of a poll's requests.
  var poll = PollValues()
  /// What the asker of a lookup gave, by name.
  var parameters: [String: String] = [:]
  /// Members of the body that is sent, where a checksum is over them.
  var fields: [String: String] = [:]

  static let empty = RequestContext(session: "", key: "", dossier: "")
}
