import DocumentKit
import Gateway
import Glibc
import ServiceKit
import ThreadKit

/// `lienthong serve`: the gateway itself, in the foreground.
enum ServeCommand: Command {
  static let name = "serve"
  static let summary = "run the gateway for a site, in the foreground"
  static let options = ["--listen", "--data", "--log-level", "--log-format"] + LanguageOption.options
  static let help = """
    Usage: lienthong serve SITE [--listen ADDR:PORT] [--data DIR] [--log-level LEVEL] [--log-format logfmt|json]
                           [--language en|vi]

    Runs until SIGTERM or SIGINT, then stops in order: no new connections, answers under way finished, deliveries under way
    finished or handed back, everything on disk. A second signal stops at once. The log goes to standard error.

      --listen      the address to listen on, where it is not the site's own; port 0 takes any free one
      --data        the data folder, where it is not the site's own
      --log-level   debug, info (unless told), warning, error
      --log-format  logfmt (unless told) or json
      --language    the language in which it says why it cannot begin; en unless told. The log is in words of its own

    Exit codes: 0 stopped in order · 2 the site cannot be used · 3 it failed while starting or running
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    // Before the first thread exists, which inherits both: one that was born without the block would take SIGTERM for the
    // whole process.
    ProcessSignals().prepare()
    ThreadScheduling.gatherWork()
    let folder = try arguments.words("SITE")[0]
    _ = try LanguageOption.read(arguments)
    guard
      let level = LogLevel.allCases.first(where: { $0.name.description == arguments.value("--log-level") ?? "info" })
    else {
      throw .unusable(
        Sentence("--log-level is debug, info, warning or error", "--log-level phải là debug, info, warning hoặc error"))
    }
    guard let format = LogFormat(rawValue: arguments.value("--log-format") ?? "logfmt") else {
      throw .unusable(Sentence("--log-format is logfmt or json", "--log-format phải là logfmt hoặc json"))
    }
    var site = try SiteFiles.read(folder)
    if let data = arguments.value("--data") { site.dataFolder = data }
    if let listen = arguments.value("--listen") {
      guard let address = ListenAddress(listen) else {
        throw .unusable(
          Sentence(
            "--listen is ADDR:PORT, such as 127.0.0.1:8440", "--listen là ĐỊA_CHỈ:CỔNG, ví dụ 127.0.0.1:8440"))
      }
      site.listen = address
    }
    let log = Log(level: level, format: format, descriptor: STDERR_FILENO)
    let gateway: Gateway
    do {
      gateway = try Gateway(SitePlan(site), log: log)
    } catch let error as SiteErrors {
      throw .unusable(error.unusable(folder))
    } catch {
      throw .failed(Sentence("\(error)", "không khởi động được: \(error)"))
    }
    // Reading and compiling the catalogue took twice what the gateway keeps of it.
    FreedMemory.giveBack()
    return gateway.run() == 0 ? .success : .failure
  }
}
