import Gateway
import GatewayTesting
import Glibc
import ServiceKit

/// The gateway of a site, held by the test itself; it is stopped with the value.
final class GatewayInProcess {
  private let gateway: Gateway

  init(_ site: TestSite) throws {
    let log = open(site.folder.path + "/log", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    precondition(log >= 0, "the log of the test cannot be opened")
    gateway = try Gateway(
      SitePlan(Site(folder: site.site)), log: Log(level: .info, format: .logfmt, descriptor: log))
    try gateway.start()
  }

  deinit { gateway.stop() }

  var port: Int { gateway.port }
}
