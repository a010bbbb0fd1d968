/// The dictionaries the generation-A door answers from: procedures and lists, as JSON in the portal's own words.
package struct DVCQGDictionaries: Sendable {
  /// Services that answer with a whole list.
  package static let listServices = ["LayDanhSachTTHC", "LayDanhMucCoQuan", "LayDanhMucLinhVuc"]

  private let procedures: [String: [UInt8]]
  private let lists: [String: [UInt8]]

  /// `procedures`: by MATTHC, one JSON object each. `lists`: by service name, one JSON array each.
  package init(procedures: [String: [UInt8]] = [:], lists: [String: [UInt8]] = [:]) {
    self.procedures = procedures
    self.lists = lists
  }

  /// A list with the procedure, or an empty one.
  func procedure(_ code: String) -> [UInt8] {
    guard let procedure = procedures[code] else { return Array("[]".utf8) }
    return [UInt8(ascii: "[")] + procedure + [UInt8(ascii: "]")]
  }

  /// The list of a list service; empty where the site has none; nil for a service that is none.
  func list(for service: String) -> [UInt8]? {
    guard Self.listServices.contains(service) else { return nil }
    return lists[service] ?? Array("[]".utf8)
  }
}
