import FileKit
import ServiceKit

extension SimulatorCommand {
  /// Reads the arguments after the program's name.
  ///
  /// - Parameter isService: whether a name is that of a partner whose service a file describes.
  package init(
    parsing arguments: [String], isService: (String) -> Bool = SimulatorCommand.isDescribed
  ) throws(UsageError) {
    var words = OptionWords(arguments)
    guard let name = words.nextWord() else {
      throw UsageError("a command is missing: \(Self.names)")
    }
    if ["--help", "-h", "help"].contains(name) {
      self = .help(Usage.overview)
      return
    }
    if arguments.dropFirst().contains(where: { $0 == "--help" || $0 == "-h" }), let text = Usage.text(of: name) {
      self = .help(text)
      return
    }
    switch name {
    case "portal", "dvcqg-a": self = try Self.portal(&words)
    case "agency", "oc-lgsp": self = try Self.agency(&words)
    case "exchange", "edxml-vxp": self = try Self.exchange(&words)
    case "service": self = try Self.service(&words)
    case "story": self = try Self.story(&words)
    case "vxp": self = try Self.vxp(&words)
    case let partner where isService(partner): self = try Self.service(partner, &words)
    default:
      throw UsageError("there is no command and no partner ‘\(name)’: \(Self.names), or a partner of Deploy/simulators")
    }
  }

  private static let names = "portal, agency, exchange, service, vxp or story"

  /// Whether a file describes the service of this partner.
  package static func isDescribed(_ partner: String) -> Bool {
    FolderListing.files(in: "Deploy/simulators", ending: ".yaml").contains { $0.hasSuffix("/\(partner).yaml") }
  }

  private static func portal(_ words: inout OptionWords) throws(UsageError) -> SimulatorCommand {
    var server = ServerOptions(port: 18_441)
    var portal = PortalOptions()
    while let option = try words.nextOption() {
      switch option {
      case "--username": portal.username = try words.value(of: option)
      case "--username-file": portal.usernameFile = try words.value(of: option)
      case "--password-file": portal.passwordFile = try words.value(of: option)
      case "--dstcode": portal.destinationCode = try words.value(of: option)
      case "--madonvi": portal.agencies.append(try words.value(of: option))
      case "--session-life": portal.sessionLife = try words.duration(of: option)
      case "--sessions": portal.sessions = try words.count(of: option, upTo: PortalLimits().sessions)
      case "--error-code": portal.codeStyle = try codeStyle(words.value(of: option))
      case "--newer-fields": portal.asksForNewerFields = true
      case "--catalogue": portal.catalogueFile = try words.value(of: option)
      default: try server.take(option, &words)
      }
    }
    return .portal(server, portal)
  }

  private static func agency(_ words: inout OptionWords) throws(UsageError) -> SimulatorCommand {
    var server = ServerOptions(port: 18_442)
    var agency = AgencyOptions()
    while let option = try words.nextOption() {
      switch option {
      case "--code": agency.code = try words.value(of: option)
      case "--name": agency.name = try words.value(of: option)
      case "--api-key-file": agency.keyFile = try words.value(of: option)
      case "--api-key-header": agency.keyHeader = try words.value(of: option)
      case "--client-id": agency.clientID = try words.value(of: option)
      case "--client-secret-file": agency.clientSecretFile = try words.value(of: option)
      case "--gateway": agency.gateway = try words.address(of: option)
      case "--gateway-key-file": agency.gatewayKeyFile = try words.value(of: option)
      case "--plan": agency.planFile = try words.value(of: option)
      default: try server.take(option, &words)
      }
    }
    if (agency.clientID == nil) != (agency.clientSecretFile == nil) {
      throw UsageError("--client-id and --client-secret-file come together")
    }
    if agency.gateway != nil && agency.gatewayKeyFile == nil && agency.keyFile == nil {
      throw UsageError("--gateway needs a key to show there: --gateway-key-file or --api-key-file")
    }
    return .agency(server, agency)
  }

  private static func exchange(_ words: inout OptionWords) throws(UsageError) -> SimulatorCommand {
    var server = ServerOptions(port: 18_443)
    var exchange = ExchangeOptions()
    while let option = try words.nextOption() {
      switch option {
      case "--system": exchange.system = try words.value(of: option)
      case "--secret-file": exchange.secretFile = try words.value(of: option)
      default: try server.take(option, &words)
      }
    }
    return .exchange(server, exchange)
  }

  private static func service(_ words: inout OptionWords) throws(UsageError) -> SimulatorCommand {
    guard let name = words.nextWord(), !name.hasPrefix("-") else {
      throw UsageError("service needs a partner's name, or the file that describes it")
    }
    return try service(name, &words)
  }

  private static func service(_ name: String, _ words: inout OptionWords) throws(UsageError) -> SimulatorCommand {
    var server = ServerOptions(port: 18_444)
    var service = ServiceOptions(file: name.contains("/") ? name : "Deploy/simulators/\(name).yaml")
    while let option = try words.nextOption() {
      switch option {
      case "--schemas": service.schemas = try words.value(of: option)
      case "--secret":
        let parts = try words.value(of: option).split(separator: "=", maxSplits: 1)
        guard parts.count == 2, parts[1].hasPrefix("file:") else { throw UsageError("--secret is NAME=file:PATH") }
        service.secretFiles[String(parts[0])] = String(parts[1].dropFirst("file:".count))
      case "--plan": service.planFile = try words.value(of: option)
      case "--gateway": service.gateway = try words.address(of: option)
      case "--gateway-key-file": service.gatewayKeyFile = try words.value(of: option)
      default: try server.take(option, &words)
      }
    }
    if (service.gateway == nil) != (service.gatewayKeyFile == nil) {
      throw UsageError("--gateway and --gateway-key-file come together")
    }
    return .service(server, service)
  }

  private static func story(_ words: inout OptionWords) throws(UsageError) -> SimulatorCommand {
    var story = StoryOptions()
    while let option = try words.nextOption() {
      switch option {
      case "--site": story.site = try words.value(of: option)
      case "--gateway": story.gateway = try words.address(of: option)
      default: throw OptionWords.unknown(option)
      }
    }
    return .story(story)
  }

  private static func codeStyle(_ word: String) throws(UsageError) -> PortalCodeStyle {
    if word == "rotating" { return .rotating }
    guard let form = PortalCodeForm(rawValue: word) else {
      throw UsageError("--error-code is rotating, number, text or doubleText")
    }
    return .always(form)
  }
}

extension SimulatorCommand.ServerOptions {
  /// Takes an option of all simulators; any other is not known.
  fileprivate mutating func take(_ option: String, _ words: inout OptionWords) throws(UsageError) {
    switch option {
    case "--listen": port = try words.loopbackPort(of: option)
    case "--fault-rate":
      guard let rate = Double(try words.value(of: option)), (0...1).contains(rate) else {
        throw UsageError("--fault-rate is a share from 0 to 1, such as 0.1")
      }
      faultRate = rate
    case "--faults":
      faults = []
      for word in try words.value(of: option).split(separator: ",") {
        guard let mode = FaultMode(rawValue: String(word)), mode != .ok else {
          let known = FaultMode.allCases.dropFirst().map(\.rawValue).joined(separator: ",")
          throw UsageError("--faults are some of \(known), with a comma between them")
        }
        faults.append(mode)
      }
      guard !faults.isEmpty else { throw UsageError("--faults names at least one") }
    case "--seed":
      guard let number = UInt64(try words.value(of: option)) else { throw UsageError("--seed is a whole number") }
      seed = number
    case "--mode":
      do {
        mode = try FaultSetting(reading: Array(words.value(of: option).utf8))
      } catch let error as FaultSettingError {
        throw UsageError("--mode takes what POST /_simulator/mode takes: \(error.message)")
      } catch {
        throw UsageError("--mode needs a value")
      }
    default: throw OptionWords.unknown(option)
    }
  }
}
