import ServiceKit

/// What `lienthong-simulator` was asked to do.
package enum SimulatorCommand: Sendable {
  case portal(ServerOptions, PortalOptions)
  case agency(ServerOptions, AgencyOptions)
  case service(ServerOptions, ServiceOptions)
  case exchange(ServerOptions, ExchangeOptions)
  case story(StoryOptions)
  case vxp(VXPOptions)
  case help(String)

  /// Options of all simulators.
  package struct ServerOptions: Sendable, Equatable {
    package var port: UInt16
    package var mode: FaultSetting?
    package var faultRate = 0.0
    /// What chance may bring.
    package var faults = FaultMode.byChance
    /// Nil draws one, which is printed.
    package var seed: UInt64?
  }

  package struct PortalOptions: Sendable, Equatable {
    package var username: String?
    package var usernameFile: String?
    package var passwordFile: String?
    package var destinationCode: String?
    package var agencies: [String] = []
    package var sessionLife: Duration?
    package var sessions: Int?
    package var codeStyle = PortalCodeStyle.rotating
    package var asksForNewerFields = false
    package var catalogueFile: String?
  }

  package struct AgencyOptions: Sendable, Equatable {
    package var code: String?
    package var name: String?
    package var keyFile: String?
    package var keyHeader: String?
    package var clientID: String?
    package var clientSecretFile: String?
    package var gateway: String?
    package var gatewayKeyFile: String?
    package var planFile: String?
  }

  package struct ServiceOptions: Sendable, Equatable {
    /// The file that describes the service.
    package var file: String
    package var schemas = "Schemas"
    /// Files of secrets, by name.
    package var secretFiles: [String: String] = [:]
    /// What it does by itself, and where its reports go.
    package var planFile: String?
    package var gateway: String?
    package var gatewayKeyFile: String?
  }

  package struct ExchangeOptions: Sendable, Equatable {
    /// The one system that it knows.
    package var system = "T99.SYS"
    package var secretFile: String?
  }

  package struct StoryOptions: Sendable, Equatable {
    package var site = "Deploy/sites/demo"
    package var gateway: String?
  }
}

/// Why a command line was not understood: a sentence that names the option.
package struct UsageError: Error, Sendable, Equatable {
  package let message: String

  init(_ message: String) { self.message = message }
}
