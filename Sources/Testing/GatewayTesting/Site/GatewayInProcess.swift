import Gateway
import Glibc
package import ServiceKit

/// The gateway of a site, held by the test itself; it is stopped with the value.
package final class GatewayInProcess {
  private let gateway: Gateway

  package convenience init(_ site: TestSite, time: any TimeSource = SystemTimeSource()) throws {
    try self.init(site: site.site, log: site.folder.path + "/log", time: time)
  }

  /// - Parameters:
  ///   - site: the site's folder.
  ///   - path: the file of its log.
  ///   - time: its clock.
  package init(site: String, log path: String, time: any TimeSource = SystemTimeSource()) throws {
    let log = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    precondition(log >= 0, "the log of the test cannot be opened")
    gateway = try Gateway(
      SitePlan(Site(folder: site)), log: Log(level: .info, format: .logfmt, descriptor: log), time: time)
    try gateway.start()
  }

  deinit { gateway.stop() }

  package var port: Int { gateway.port }
}
