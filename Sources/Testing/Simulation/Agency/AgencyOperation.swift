/// What an agency can be asked, by the end of the path: deployments differ in what comes before.
enum AgencyOperation: String, Sendable {
  case document = "SyncDocument"
  case traces = "UpdateDocumentTraces"
  case statistic = "Statistic"
  case token

  init?(path: [String]) {
    if path.last == "token" {
      self = .token
    } else if path.last == Self.statistic.rawValue {
      self = .statistic
    } else if path.count >= 2, path[path.count - 2] == "Document", let operation = Self(rawValue: path[path.count - 1])
    {
      self = operation
    } else {
      return nil
    }
  }

  var rootName: String {
    switch self {
    case .document: "MSyncDocument"
    case .statistic: "MStatistic"
    case .traces, .token: "MDocumentTraces"
    }
  }

  var format: [AgencyElement] {
    switch self {
    case .document: AgencyFormat.syncDocument
    case .statistic: AgencyFormat.statistic
    case .traces, .token: AgencyFormat.documentTraces
    }
  }
}
