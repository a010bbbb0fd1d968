import Delivery
import FileKit
import GatewayTesting
import Simulation

/// A lookup with what its partner has, and what the asker must get.
struct LookupExample {
  let lookup: PartnerLookup
  /// What asks for the record.
  let parameters: [String: String]
  let golden: String
  /// What asks for something that the partner does not have; nil where nothing is known to.
  let unknown: [String: String]?

  /// Of a partner that a file describes: its first record, beside which its golden document stands.
  init?(_ lookup: PartnerLookup, _ played: ServiceLookup) {
    guard let file = played.recordFile else { return nil }
    self.lookup = lookup
    parameters = played.example
    golden = String(decoding: TestFiles.read(String(file.dropLast(".in.json".count)) + ".out.xml"), as: UTF8.self)
    unknown = Self.other(than: played.example) { text in played.records.keys.contains { $0.contains(text) } }
  }

  /// Of a partner written in Swift: the first example of the lookup's mapping that it can have.
  init?(_ lookup: PartnerLookup, of partner: any SimulatedPartner, catalogue: String) {
    let folder = catalogue + "/Mappings/\(lookup.toCanonical)/1/examples"
    for file in FolderListing.files(in: folder, ending: ".in.json") {
      guard let parameters = partner.know(record: TestFiles.read(file), of: lookup.name) else { continue }
      self.lookup = lookup
      self.parameters = parameters
      golden = String(decoding: TestFiles.read(String(file.dropLast(".in.json".count)) + ".out.xml"), as: UTF8.self)
      unknown = Self.other(than: parameters) { _ in true }
      return
    }
    return nil
  }

  /// The parameters with another number in the one that says what is asked for; nil where nothing does.
  private static func other(
    than parameters: [String: String], saysWhat: (_ text: String) -> Bool
  ) -> [String: String]? {
    guard
      let name = parameters.filter({ saysWhat($0.value) }).max(by: {
        ($0.value.count, $0.key) < ($1.value.count, $1.key)
      })?
      .key, let text = parameters[name], let last = text.last
    else { return nil }
    var others = parameters
    // Where one text stands in several parameters it is the same dossier's everywhere.
    for (key, value) in parameters where value == text {
      others[key] = text.dropLast() + (last == "7" ? "8" : "7")
    }
    return others
  }
}
