import DossierModel
import HTTPKit
import Reception
import ServiceKit

/// The HTTP server as a service: it drains before it stops.
final class ServerService: Service {
  let name = "http"
  /// How long answers under way may take once the gateway is told to stop.
  static let drainLimit = Duration.seconds(10)

  private let server: HTTPServer
  private let log: Log

  /// `subtrees`: doors that answer everything below their path.
  init(
    site: Site, routes: [(method: HTTPMethod, path: String, handler: any HTTPHandler)],
    subtrees: [(path: String, handler: any HTTPHandler)], log: Log
  ) throws {
    let router = HTTPRouter(
      routes: routes, subtrees: subtrees, notFound: { _ in Problem.response(.notFound) },
      methodNotAllowed: { _, allowed in
        var response = Problem.response(.methodNotAllowed)
        response.headers["Allow"] = allowed.map(\.rawValue).joined(separator: ", ")
        return response
      })
    let tls = try site.tls.map { files in
      ServerTLS(
        certificatePEM: try SiteBytes.read(files.certificate), keyPEM: try files.key.load().withBytes { Array($0) },
        clientAuthoritiesPEM: try files.clientAuthorities.map(SiteBytes.read))
    }
    server = try HTTPServer(
      configuration: HTTPServerConfiguration(
        host: site.listen.host, port: UInt16(site.listen.port),
        threads: site.threads ?? HTTPServerConfiguration.coreCount, limits: Self.limits(of: site), tls: tls),
      handler: router)
    self.log = log
  }

  /// On the VXP wire parameters are header fields, and said twice: a thousand receivers make a head of 37 KB. Each
  /// connection has room for its head, so it is given only where that wire is spoken.
  static let vxpHeadBytes = 64 * 1_024

  private static func limits(of site: Site) -> HTTPServerLimits {
    var limits = HTTPServerLimits()
    if site.vxpDoor != nil { limits.headBytes = vxpHeadBytes }
    return limits
  }

  var port: Int { Int(server.port) }

  func start() throws {
    try server.start()
    log.info("listening", [.port(port)])
  }

  func stop() {
    if !server.drain(within: Self.drainLimit) { log.warning("connections-cut", []) }
    server.stop()
  }
}
