import Delivery
import Dictionaries
import FileKit
import Gateway
import HTTPKit
import ServiceKit

/// `lienthong dictionary fetch`: asks for dictionaries now.
enum FetchDictionaryCommand: Command {
  static let name = "dictionary fetch"
  static let summary = "fetch dictionaries of a site now, and keep what is new as an edition"
  static let options = ["--site"]
  static let flags = ["--all", "--even-if-shrunken"]
  static let help = """
    Usage: lienthong dictionary fetch PROFILE/DICTIONARY|--all [--even-if-shrunken] [--site SITE]

      --site SITE          the site's folder; \(SiteStore.defaultSite) unless told
      --all                every dictionary that the site's parties are asked for
      --even-if-shrunken   take a list from which more codes are missing than may vanish at once: they are really gone. An
                           empty list is never taken

    A gateway that runs takes notice within seconds; this program counts towards no rate of the gateway's.

    Exit codes: 0 fetched, whether or not there was anything new · 1 a list came that is no good one · 2 the call or the
    site cannot be used · 3 a partner gave no list, or it could not be kept
    """

  static func run(_ arguments: Arguments) throws(CommandFailure) -> ExitCode {
    let site = try SiteStore.site(arguments)
    let plan: SitePlan
    do throws(SiteErrors) {
      plan = try SitePlan(site)
    } catch {
      throw .unusable("the site cannot be used:\n" + error.description)
    }
    let names = try names(arguments, plan)
    let client: HTTPClient
    do {
      client = try HTTPClient()
    } catch {
      throw .failed("no request can be made: \(error)")
    }
    defer { client.stop() }
    let rates = RequestRates(plan.destinations)
    let fetcher = DictionaryFetcher(
      transport: client, rates: rates,
      sessions: PartnerSessions(plan.destinations, rates: rates, transport: client, version: Gateway.version),
      version: Gateway.version)
    var worst = ExitCode.success
    for name in names {
      let code = try fetch(name, plan, fetcher, isShrinkingMeant: arguments.has("--even-if-shrunken"))
      if code.rawValue > worst.rawValue { worst = code }
    }
    return worst
  }

  private static func names(_ arguments: Arguments, _ plan: SitePlan) throws(CommandFailure) -> [DictionaryName] {
    let known = plan.fetchedDictionaries.map(\.name).sorted()
    if arguments.has("--all"), arguments.words.isEmpty { return known }
    guard !arguments.has("--all"), let word = arguments.words.first, arguments.words.count == 1 else {
      throw .unusable("say PROFILE/DICTIONARY, or --all")
    }
    let name = try DictionaryFiles.name(word)
    guard known.contains(name) else {
      throw .unusable(
        "no party of the site is asked for \(name) (see ‘dictionaries’ in parties/*.yaml); asked for: "
          + (known.isEmpty ? "nothing" : known.map(\.description).joined(separator: ", ")))
    }
    return [name]
  }

  private static func fetch(
    _ name: DictionaryName, _ plan: SitePlan, _ fetcher: DictionaryFetcher, isShrinkingMeant: Bool
  ) throws(CommandFailure) -> ExitCode {
    guard let (destination, dictionary) = plan.source(of: name) else {
      preconditionFailure("a name that is fetched has its party")
    }
    let folder = plan.site.dictionaryFolder
    do throws(FileError) {
      try DurableFile.makeFolder(plan.site.dataFolder)
      let result = try folder.take(
        fetcher.fetch(dictionary, of: destination), of: dictionary, at: SystemTimeSource().now(),
        isShrinkingMeant: isShrinkingMeant)
      switch result {
      case .edition(let edition):
        let news = edition.number == 1 ? "\(edition.codes.count) codes" : edition.changes.summary
        Terminal.print("\(name): edition \(edition.number): \(news)")
        return .success
      case .unchanged:
        Terminal.print("\(name): nothing new")
        return .success
      case .refused(let reason):
        Terminal.complain("\(name): not taken: \(reason)")
        return .negative
      case .failed, .stopped:
        Terminal.complain("\(name): no list: \(folder.standing(of: name).note ?? "")")
        return .failure
      }
    } catch {
      throw .failed(error.description)
    }
  }
}
