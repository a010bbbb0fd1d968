import CryptographyKit
import Gateway
import HTTPKit
import JSONKit
import Management
import ServiceKit
import Workbench

/// Hands an agency's figures to the running gateway, as a party of the site: from there they go as every message goes, by the
/// site's routes, through the queue, and with their receipt.
struct StatisticsSending {
  static let options = ["--key", "--gateway", "--authorities"]
  static let flags = ["--send", "--again"]
  static let help = """
          --send       hands them to the gateway, which sends them where its routes for statistics lead; once for an agency and
                       period, however often it is called, so a timer may call it
          --key REFERENCE  the API key of the party in whose name they are sent (it sends rest/statistics), as file:PATH or env:NAME
          --gateway URL    where the gateway is; where its site listens unless told
          --authorities FILE  those that may sign its certificate, PEM; the system's unless told
          --again      the figures were sent and have changed since: sends the correction
    """

  private let arguments: Arguments
  private let key: String
  private let address: String
  private let authorities: [UInt8]?

  init(_ arguments: Arguments) throws(CommandFailure) {
    self.arguments = arguments
    guard let reference = arguments.value("--key").flatMap({ SecretReference($0) }) else {
      throw .unusable("--send needs --key file:PATH or env:NAME: the API key of the party that sends the figures")
    }
    do throws(SecretError) {
      key = try reference.load().withBytes { String(decoding: $0, as: UTF8.self) }
    } catch {
      throw .unusable("the key cannot be read: \(error)")
    }
    authorities = try arguments.value("--authorities").map { path throws(CommandFailure) in try FileBytes.read(path) }
    if let url = arguments.value("--gateway") {
      address = url.hasSuffix("/") ? String(url.dropLast()) : url
    } else {
      guard arguments.value("--data") == nil else { throw .unusable("say where the gateway is with --gateway URL") }
      let site = try SiteStore.site(arguments)
      address = (site.tls == nil ? "http://" : "https://") + site.listen.description
    }
  }

  /// The same figures have the same key, so that they are one message; others of the same agency and period are refused, unless
  /// they are meant to correct what was sent.
  func send(_ document: [UInt8], of statistics: ReportStatistics) throws(CommandFailure) -> ExitCode {
    let code = statistics.code
    let correction = arguments.has("--again") ? "-" + Hexadecimal.encode(SHA256.hash(document).prefix(16)) : ""
    var request = HTTPClientRequest(
      method: .post, url: address + "/v1/messages?type=rest/statistics",
      headers: [
        "Content-Type": "application/xml", "Accept": "application/json", "X-Api-Key": key,
        "Idempotency-Key": statistics.key + correction,
      ],
      body: document, timeouts: .standard, responseBytesLimit: 1 << 20)
    if let authorities {
      var tls = ClientTLS()
      tls.authoritiesPEM = authorities
      request.tls = tls
    }
    let client: HTTPClient
    do {
      client = try HTTPClient()
    } catch {
      throw .failed("no HTTP client can be made: \(error.message)")
    }
    defer { client.stop() }
    switch client.sendBlocking(request) {
    case .failure(let failure):
      throw .failed("the gateway at \(address) does not answer (\(failure.kind)); the same call may be made again")
    case .response(let response, _): return try hear(response, code)
    }
  }

  private func hear(_ response: HTTPResponse, _ code: String) throws(CommandFailure) -> ExitCode {
    let root = try? JSONDocument(parsing: response.body).root
    if response.status == 202 {
      let isKnown = response.headers["Idempotency-Replayed"] == "true"
      Terminal.print(
        "\(code) is \(isKnown ? "there already" : "taken"): message \(root?["id"]?.string ?? "?"); `lienthong dossier trace \(code)` "
          + "shows where it goes")
      return .success
    }
    if root?["type"]?.string == "urn:lienthong:problem:key-reused" {
      Terminal.complain(
        "other figures of \(code) were sent before; if these are right and those were not, say --again")
      return .negative
    }
    guard response.status < 500 else {
      throw .failed("the gateway answers \(response.status); the same call may be made again later")
    }
    Terminal.complain(
      "the gateway refuses \(code) (\(response.status)): \(root?["detail"]?.string ?? "it says no more than that")")
    return .negative
  }
}
