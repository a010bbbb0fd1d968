extension SimulatorCommand {
  /// What an edXML system does.
  package struct VXPOptions: Sendable, Equatable {
    /// Where the server listens on this machine, and below which path its operations are.
    package var port: UInt16
    package var path = "/vxp"
    package var system: String
    package var secretFile: String
    package var name: String
    package var files: [String] = []
    package var receivers: [String] = []
    package var statuses: [String] = []
    package var pause = Duration.seconds(2)
    /// How often it looks for what is there; nil until a signal ends it.
    package var rounds: Int?
  }

  static func vxp(_ words: inout OptionWords) throws(UsageError) -> SimulatorCommand {
    var system: String?
    var secretFile: String?
    var name: String?
    var options = VXPOptions(port: 8_440, system: "", secretFile: "", name: "")
    while let option = try words.nextOption() {
      switch option {
      case "--gateway": options.port = try words.loopbackPort(of: option)
      case "--path": options.path = try words.value(of: option)
      case "--system": system = try words.value(of: option)
      case "--secret-file": secretFile = try words.value(of: option)
      case "--name": name = try words.value(of: option)
      case "--send": options.files.append(try words.value(of: option))
      case "--to": options.receivers.append(try words.value(of: option))
      case "--status": options.statuses.append(try words.value(of: option))
      case "--pause": options.pause = try words.duration(of: option)
      case "--rounds":
        guard let rounds = Int(try words.value(of: option)), rounds >= 0 else {
          throw UsageError("--rounds is a whole number")
        }
        options.rounds = rounds
      default: throw OptionWords.unknown(option)
      }
    }
    guard let system, let secretFile else { throw UsageError("--system and --secret-file are needed") }
    options.system = system
    options.secretFile = secretFile
    options.name = name ?? system
    return .vxp(options)
  }
}
