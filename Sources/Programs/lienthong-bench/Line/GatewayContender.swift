import DossierStore
import Gateway

/// A gateway on a fresh site.
final class GatewayContender: LineContender {
  private let site: BenchSite
  private let gateway: GatewayProcess
  private let reader: SQLDossierReader

  init(_ site: BenchSite) throws {
    self.site = site
    gateway = try GatewayProcess(program: BenchFile.programBeside("lienthong"), site: site)
    do {
      reader = SQLDossierReader(try Site(folder: site.folder).storeLocation)
    } catch {
      gateway.stop()
      throw error
    }
  }

  var port: Int { gateway.port }
  var cpuSeconds: Double { gateway.cpuSeconds }
  var residentKibibytes: Int { gateway.residentKibibytes }
  func isDone() throws -> Bool { try reader.queue().isEmpty }
  func stop() { gateway.stop() }
}
