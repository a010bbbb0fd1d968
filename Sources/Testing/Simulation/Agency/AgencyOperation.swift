/// What an agency can be asked, by the end of the path: deployments differ in what comes before.
enum AgencyOperation: String, Sendable {
  case document = "SyncDocument"
  case traces = "UpdateDocumentTraces"
  case token

  init?(path: [String]) {
    if path.last == "token" {
      self = .token
    } else if path.count >= 2, path[path.count - 2] == "Document", let operation = Self(rawValue: path[path.count - 1])
    {
      self = operation
    } else {
      return nil
    }
  }

  var rootName: String { self == .document ? "MSyncDocument" : "MDocumentTraces" }
  var format: [AgencyElement] { self == .document ? AgencyFormat.syncDocument : AgencyFormat.documentTraces }
}
