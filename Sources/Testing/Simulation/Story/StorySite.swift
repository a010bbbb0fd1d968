import DocumentKit
import Glibc

/// Where the story's players are and by what they are known, read from a site's own configuration.
package struct StorySite: Sendable {
  /// Without a path, such as `http://127.0.0.1:8440`.
  package var gateway: String
  package var loginPath: String
  package var servicePath: String
  package var password: String
  package var operatorKey: String
  /// The addresses of the simulators, by party.
  package var simulators: [String: String]

  package init(
    gateway: String, loginPath: String = "/dvcqg/login", servicePath: String = "/dvcqg/service", password: String,
    operatorKey: String, simulators: [String: String]
  ) {
    self.gateway = gateway
    self.loginPath = loginPath
    self.servicePath = servicePath
    self.password = password
    self.operatorKey = operatorKey
    self.simulators = simulators
  }

  /// Reads `gateway.yaml`, `parties/<party>.yaml` and the files with the one-stop system's password and the operator's key.
  package init(folder: String, plan: StoryPlan, gateway override: String? = nil) throws(StoryFailure) {
    do throws(YAMLError) {
      let gateway = try YAMLDocument(contentsOf: folder + "/gateway.yaml").root.readMapping()
      let listen = try gateway.required("listen").readString()
      let door = try gateway["frontDoors"]?.readMapping()["dvcqg-a"]?.readMapping()
      self.gateway = override ?? "http://\(listen)"
      loginPath = try door?["login"]?.readString() ?? "/dvcqg/login"
      servicePath = try door?["service"]?.readString() ?? "/dvcqg/service"
      simulators = [:]
      for player in plan.partners {
        let party = try YAMLDocument(contentsOf: "\(folder)/parties/\(player.party).yaml").root.readMapping()
        let address = try party.required("receives").readMapping().required("address").readString()
        // A path after the address belongs to the partner's tongue; the simulator shows itself at the root.
        simulators[player.party] = address.split(separator: "/", maxSplits: 3).prefix(2).joined(separator: "//")
      }
    } catch {
      throw StoryFailure("the site cannot be read: \(error)")
    }
    password = try Self.secret(in: "\(folder)/\(plan.oneStop.passwordFile)")
    operatorKey = try Self.secret(in: "\(folder)/\(plan.operatorKeyFile)")
  }

  /// The text of a file without the line break at its end.
  package static func secret(in path: String) throws(StoryFailure) -> String {
    guard let file = fopen(path, "rb") else {
      throw StoryFailure("\(path) cannot be read; check the file and its rights")
    }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, file))
    while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
    guard !bytes.isEmpty else { throw StoryFailure("\(path) is empty; write the secret into it") }
    return String(decoding: bytes, as: UTF8.self)
  }
}
