import CryptographyKit
import Delivery
import DocumentKit
import DossierModel
import DossierStore
import Gateway
import HTTPKit
import ServiceKit

/// `lienthong partner try`: one exchange with a partner or its simulator, every step shown.
enum TryPartnerCommand: Command {
  static let name = "partner try"
  static let summary = "make one exchange with a partner or its simulator and show each step, secrets hidden"
  static let options =
    PartnerFiles.options + LanguageOption.options + [
      "--address", "--message", "--example", "--document", "--dossier", "--secret", "--value", "--authorities",
      "--certificate", "--key", "--timeout", "--poll", "--lookup",
    ]
  static let help = """
    Usage: lienthong partner try PROFILE --address URL [--message NAME] [--example NAME | --document FILE]
             [--dossier CODE] [--secret NAME=REFERENCE]… [--value NAME=TEXT]…
             [--authorities FILE] [--certificate FILE --key REFERENCE] [--timeout SECONDS]
             [--partners DIR] [--catalogue DIR] [--language en|vi]
           lienthong partner try PROFILE --address URL --poll NAME [--dossier CODE]… …
           lienthong partner try PROFILE --address URL --lookup NAME [--value PARAMETER=TEXT]… …

    Sends one message as the gateway would, login included, and shows each request and answer. The message is an example of
    the mapping that writes it, translated now, or a document as it is; it is checked against its schema first and not sent
    if that finds anything. Nothing is stored and nothing is tried again. The partner keeps what it accepts: use its test
    system.

    With --poll one round of a poll is made: its question, the items of the answer, each asked for where that is needed.
    Nothing is taken in, so nothing is acknowledged, moved or removed. With --lookup a question is asked.

      --address        where the partner is, as in a party's file
      --message        which message of the profile; the first one that is delivered unless told
      --example        an example of its mapping by name; the first one unless told
      --document       a document in the partner's tongue, in place of an example; - for standard input
      --dossier        the dossier's code, for profiles that place {dossier}; the example's own unless told
      --secret         a secret the profile asks for, as file:PATH or env:NAME
      --value          a plain value the profile asks for, or a parameter of the lookup
      --poll           which poll of the profile; --dossier, as often as wanted, is what it asks about where it asks about some
      --lookup         which lookup of the profile
      --authorities    the authorities that may sign the partner's certificate, PEM; the system's unless told
      --certificate    our own certificate, PEM, with --key
      --key            its key, as file:PATH or env:NAME
      --timeout        for the whole of one request; 30 unless told
      --language       the language of what is told; en unless told. What the partner answers, what its answer was taken to mean and
                       what a schema refuses are quoted in their own words
    \(PartnerFiles.help)

    Exit codes: 0 the partner has the message, or answers the question · 1 it has not, does not, or the document is invalid ·
    2 the call, a file or the profile cannot be used
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let name = try arguments.words("PROFILE")[0]
    let profile = try PartnerFiles.profile(name, try PartnerFiles.open(arguments))
    guard let delivery = profile.delivery else {
      throw .unusable(
        Sentence(
          "nothing is delivered to partners of '\(name)': the profile has no delivery",
          "không gửi gì tới đối tác của '\(name)': hồ sơ đối tác không có delivery"))
    }
    if arguments.value("--poll") != nil || arguments.value("--lookup") != nil {
      return try ask(delivery, arguments)
    }
    let language = try LanguageOption.read(arguments)
    let type = try message(arguments.value("--message"), of: profile, delivery)
    let trial = try trial(of: delivery, arguments)
    guard let payload = try TrialPayload.make(of: type, arguments, in: language) else { return .negative }
    let claimed = ClaimedDelivery(
      id: DeliveryID(1), epoch: 1, destination: PartyID("trial"), message: MessageID(UUIDv7Generator().next()),
      type: type.name, dossier: DossierCode(payload.dossier), payload: payload.bytes, attempt: 1,
      createdAt: SystemTimeSource().now(), traceparent: nil)
    let client = try client()
    defer { client.stop() }
    let outcome = trial.run(
      claimed, userAgent: "lienthong/\(Gateway.version)", now: SystemTimeSource().now(),
      send: { trial.sendBlocking($0, by: client) }, hear: { TrialText.print($0, in: language) })
    return outcome.isAccepted ? .success : .negative
  }

  private static func client() throws(CommandFailure) -> HTTPClient {
    do {
      return try HTTPClient()
    } catch {
      throw .failed(Sentence("\(error)", "không gọi ra ngoài được: \(error)"))
    }
  }

  /// One round of a poll, or one lookup.
  private static func ask(_ delivery: PartnerProfile, _ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    guard (arguments.value("--poll") == nil) != (arguments.value("--lookup") == nil) else {
      throw .unusable(Sentence("--poll and --lookup exclude each other", "chỉ dùng một trong --poll và --lookup"))
    }
    let language = try LanguageOption.read(arguments)
    for option in ["--message", "--example", "--document"] where arguments.value(option) != nil {
      throw .unusable(
        Sentence(
          "\(option) is for what is sent; --poll and --lookup ask",
          "\(option) dành cho bản tin được gửi; --poll và --lookup thì hỏi"))
    }
    let agent = "lienthong/\(Gateway.version)"
    let now = SystemTimeSource().now()
    if let name = arguments.value("--poll") {
      guard delivery.polls.contains(where: { $0.name == name }) else {
        let known = delivery.polls.map(\.name).joined(separator: ", ")
        throw .unusable(
          Sentence(
            "the profile has no poll '\(name)'; it has \(known)",
            "hồ sơ đối tác không có lượt hỏi '\(name)'; có: \(known)"))
      }
      let trial = try trial(of: delivery, arguments, polls: [name: nil])
      let client = try client()
      defer { client.stop() }
      let round = trial.poll(
        name, about: arguments.values("--dossier").map { DossierCode($0) }, userAgent: agent, now: now,
        send: { trial.sendBlocking($0, by: client) }, hear: { TrialText.print($0, in: language) })
      return round.isGood ? .success : .negative
    }
    let name = arguments.value("--lookup") ?? ""
    guard let lookup = delivery.lookups.first(where: { $0.name == name }) else {
      let known = delivery.lookups.map(\.name).joined(separator: ", ")
      throw .unusable(
        Sentence(
          "the profile has no lookup '\(name)'; it has \(known)",
          "hồ sơ đối tác không có tra cứu '\(name)'; có: \(known)"))
    }
    let asked = Set(lookup.parameters.map(\.name))
    let parameters = Dictionary(try pairs("--value", arguments)) { $1 }.filter { asked.contains($0.key) }
    let trial = try trial(of: delivery, arguments, without: asked.subtracting(delivery.valueNames))
    if let wrong = trial.complaint(about: parameters, of: name) {
      throw .unusable(
        Sentence(
          "--value \(wrong): the lookup needs it, in the form that its pattern says",
          "--value \(wrong): tra cứu cần giá trị này, theo dạng mà mẫu của nó quy định"))
    }
    let client = try client()
    defer { client.stop() }
    let result = trial.lookUp(
      name, parameters, userAgent: agent, now: now, send: { trial.sendBlocking($0, by: client) },
      hear: { TrialText.print($0, in: language) })
    if case .found = result { return .success }
    return .negative
  }

  private static func message(
    _ name: String?, of profile: SiteProfile, _ delivery: PartnerProfile
  ) throws(CommandFailure) -> MessageType {
    let delivered = delivery.operations.map(\.message)
    let wanted = name.map { $0.contains("/") ? $0 : "\(profile.name)/\($0)" } ?? delivered.first
    guard let wanted, delivered.contains(wanted), let type = profile.messages.first(where: { $0.name == wanted }) else {
      let known = delivered.joined(separator: ", ")
      throw .unusable(
        Sentence(
          "the profile delivers no message '\(name ?? "")'; it delivers \(known)",
          "hồ sơ đối tác không gửi bản tin '\(name ?? "")'; có gửi: \(known)"))
    }
    return type
  }

  private static func trial(
    of profile: PartnerProfile, _ arguments: Arguments, polls: [String: Duration?] = [:],
    without parameters: Set<String> = []
  ) throws(CommandFailure) -> PartnerTrial {
    guard let address = arguments.value("--address") else {
      throw .unusable(
        Sentence(
          "says nothing about --address; `lienthong partner try --help` shows how",
          "chưa có --address; xem `lienthong partner try --help`"))
    }
    var secrets: [String: Secret] = [:]
    for (name, reference) in try pairs("--secret", arguments) { secrets[name] = try secret(reference) }
    let values = Dictionary(try pairs("--value", arguments)) { $1 }.filter { !parameters.contains($0.key) }
    guard let seconds = Int(arguments.value("--timeout") ?? "30"), (1...3_600).contains(seconds) else {
      throw .unusable(
        Sentence("--timeout is a number of seconds, 1 to 3600", "--timeout là số giây, từ 1 đến 3600"))
    }
    var timeouts = HTTPClientTimeouts.standard
    timeouts.whole = .seconds(seconds)
    let tls = try tls(arguments)
    do throws(DestinationError) {
      return try PartnerTrial(
        profile, address: address, secrets: secrets, values: values, timeouts: timeouts, tls: tls,
        polls: polls)
    } catch {
      throw .unusable(Sentence(told(error, in: .english), told(error, in: .vietnamese)))
    }
  }

  /// What is missing or wrong, a line each, with the options of this command as the remedy.
  private static func told(_ error: DestinationError, in language: Language) -> String {
    error.problems.map { problem in
      let option = ["secrets": "--secret ", "values": "--value "][problem.path.first ?? ""] ?? "--"
      let name = problem.path.last ?? ""
      let remedy =
        switch problem.code {
        case .missingSecret:
          Sentence(
            "add --secret \(name)=file:PATH or env:NAME", "hãy thêm --secret \(name)=file:ĐƯỜNG_DẪN hoặc env:TÊN")
        case .missingValue: Sentence("add --value \(name)=TEXT", "hãy thêm --value \(name)=CHUỖI")
        default: problem.remedy
        }
      return "\(option)\(name): " + problem.message.text(in: language, remedy: remedy)
    }.joined(separator: "\n")
  }

  private static func tls(_ arguments: Arguments) throws(CommandFailure) -> ClientTLS? {
    let certificate = arguments.value("--certificate")
    let key = arguments.value("--key")
    guard (certificate == nil) == (key == nil) else {
      throw .unusable(Sentence("--certificate and --key go together", "--certificate và --key phải đi cùng nhau"))
    }
    guard certificate != nil || arguments.value("--authorities") != nil else { return nil }
    var tls = ClientTLS()
    if let path = arguments.value("--authorities") { tls.authoritiesPEM = try FileBytes.read(path) }
    if let certificate, let key {
      tls.certificatePEM = try FileBytes.read(certificate)
      tls.keyPEM = try secret(key).withBytes { Array($0) }
    }
    return tls
  }

  private static func secret(_ reference: String) throws(CommandFailure) -> Secret {
    guard let reference = SecretReference(reference) else {
      throw .unusable(
        Sentence(
          "a secret is named as file:PATH or env:NAME; the secret itself is kept there",
          "bí mật được nêu là file:ĐƯỜNG_DẪN hoặc env:TÊN; chính bí mật được giữ ở đó"))
    }
    do throws(SecretError) {
      return try reference.load()
    } catch {
      let told = Sentence(
        error.message.text(in: .english, remedy: error.remedy),
        error.message.text(in: .vietnamese, remedy: error.remedy))
      throw .unusable(Sentence("a secret cannot be read: ", "không đọc được bí mật: ") + told)
    }
  }

  /// NAME=TEXT, as often as the option is given. What is wrong is not repeated: it may be a secret.
  private static func pairs(_ option: String, _ arguments: Arguments) throws(CommandFailure) -> [(String, String)] {
    var pairs: [(String, String)] = []
    for text in arguments.values(option) {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty else {
        throw .unusable(Sentence("\(option) is NAME=…", "\(option) phải là TÊN=…"))
      }
      pairs.append((String(parts[0]), String(parts[1])))
    }
    return pairs
  }
}
