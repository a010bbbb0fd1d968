/// What fills the places of a poll's requests.
struct PollValues: Sendable, Equatable {
  var cursor = ""
  var from = ""
  var until = ""
  var page = ""
  var size = ""
  /// What the partner calls the item that is asked about.
  var item = ""
  /// Fields of the item, by name.
  var fields: [String: String] = [:]
  var dossiers: [String] = []

  func text(_ word: TextTemplate.PollWord) -> String {
    switch word {
    case .cursor: cursor
    case .from: from
    case .until: until
    case .page: page
    case .size: size
    case .item: item
    case .dossiers: dossiers.joined(separator: ",")
    }
  }
}
