import DocumentKit
import FileKit
import GatewayTesting
import Simulation

/// The simulator of a profile's partner, with what a party has to know to speak to it.
struct PlayedPartner {
  let partner: any SimulatedPartner
  var secrets: [String: String]
  let values: [String: String]

  /// A portal that knows the procedures of the examples.
  private static func catalogue() throws -> PortalCatalogue {
    var codes: Set<String> = []
    for path in FolderListing.files(
      in: TestFiles.projectRoot + "/Mappings/canonical--dvcqg-a.ho-so/1/examples", ending: ".json")
    {
      let text = String(decoding: TestFiles.read(path), as: UTF8.self)
      for match in text.matches(of: /"MaTTHC": "([0-9]\.[0-9]{6})/) { codes.insert(String(match.output.1)) }
    }
    let list = codes.sorted().map { "{\"MATTHC\": \"\($0)\"}" }.joined(separator: ", ")
    return try PortalCatalogue(reading: Array("{\"thuTuc\": [\(list)], \"coQuan\": [], \"linhVuc\": []}".utf8))
  }

  /// - Parameter catalogue: the folder of schemas and simulators.
  init(_ profile: String, catalogue: String) throws {
    switch profile {
    case "dvcqg-a":
      var configuration = PortalConfiguration()
      configuration.destinationCode = "VN:THU"
      configuration.agencies = ["H99"]
      partner = PortalSimulator(configuration: configuration, catalogue: try Self.catalogue())
      secrets = ["username": configuration.username, "password": configuration.password]
      values = ["madonvi": "H99", "dstcode": "VN:THU"]
    case "oc-lgsp":
      var configuration = AgencyConfiguration()
      configuration.keys = ["khoa-mo-phong"]
      partner = try AgencySimulator(configuration: configuration)
      secrets = ["apiKey": "khoa-mo-phong"]
      values = [:]
    case "edxml-vxp":
      partner = VXPExchange(system: "T99.SYS", secret: "bi-mat-mo-phong")
      secrets = ["secret": "bi-mat-mo-phong"]
      values = ["systemId": "T99.SYS"]
    default:
      let description = try ServiceDescription(
        YAMLDocument(contentsOf: catalogue + "/Deploy/simulators/\(profile).yaml"))
      partner = try ServiceSimulator(description, schemas: catalogue + "/Schemas")
      secrets = description.secrets
      values = description.values
    }
  }
}
