/// What fills the places of a request that change from one request to the next.
struct RequestContext {
  var session: String
  var key: String
  var dossier: String
  /// Only of a poll's requests.
  var poll = PollValues()

  static let empty = RequestContext(session: "", key: "", dossier: "")
}
