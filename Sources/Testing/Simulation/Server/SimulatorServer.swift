import HTTPKit
package import ServiceKit

/// A simulated partner at an address on the loopback, with its faults.
///
///     let server = try SimulatorServer(partner: PortalSimulator())
///     server.set(FaultSetting(.down, lasting: .seconds(8)))
///     server.stop()
///
/// Next to the partner's own paths it answers `/_simulator/…`: what was received, what happened, and how the partner
/// behaves. Those answers are given in every mode but `down`.
package final class SimulatorServer: Sendable {
  package let partner: any SimulatedPartner
  private let handler: SimulatorHandler
  private let server: HTTPServer
  private let door: FaultyDoor
  private let delays: DelayLine

  /// Serves from now on. `port` 0 lets the kernel choose.
  package init(
    partner: any SimulatedPartner, port: UInt16 = 0, faults: FaultPlan = FaultPlan(),
    time: any TimeSource = SystemTimeSource()
  ) throws {
    self.partner = partner
    delays = DelayLine(name: "delays", time: time)
    handler = SimulatorHandler(partner: partner, faults: faults, delays: delays, time: time)
    var configuration = HTTPServerConfiguration(threads: 2)
    // A message as large as the gateway takes, in whatever envelope.
    configuration.limits.bodyBytes = 64 * 1_024 * 1_024
    configuration.limits.replyDeadline = .seconds(FaultSetting.secondsMaximum + 60)
    do {
      server = try HTTPServer(configuration: configuration, handler: handler)
      try server.start()
    } catch {
      delays.stop()
      throw error
    }
    do {
      door = try FaultyDoor(port: port, serverPort: server.port)
    } catch {
      server.stop()
      delays.stop()
      throw error
    }
    handler.attach(door)
    partner.journal.note(.listening, .port(door.port))
  }

  package var port: UInt16 { door.port }
  package var url: String { "http://127.0.0.1:\(door.port)" }

  /// Behaves differently from now on, as `POST /_simulator/mode` does.
  package func set(_ setting: FaultSetting) { handler.set(setting) }

  /// Answers what is in flight, closes every connection and joins the threads. Calling it again does nothing.
  package func stop() {
    door.stop()
    delays.stop()
    server.stop()
    if handler.markStopped() { partner.journal.note(.stopped) }
  }
}
