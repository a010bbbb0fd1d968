import Delivery
import Dictionaries
import DossierModel
import FileKit
import ServiceKit
import ThreadKit

/// Fetches the dictionaries of a site when their plans say so, keeps their editions and puts them in use.
///
/// One thread, one fetch after another: a fetch takes seconds, comes once a night, and nothing waits for it. Editions that
/// another program made (`lienthong dictionary fetch`) are found within a look. A partner that is closed is asked when it
/// opens.
final class DictionaryKeeper: Service {
  /// How often it looks what is due and what others have made.
  static let lookPeriod = Duration.seconds(5)

  private struct Charge: Sendable {
    let destination: Destination
    let dictionary: DestinationDictionary
    /// Drawn once for each standing: whoever else fetches, another gateway on the same folder or an operator, moves it on.
    var due: (standing: FetchStanding, moment: Timestamp)?
  }

  var name: String { thread.name }
  private let folder: DictionaryFolder
  private let shelf: DictionaryShelf
  private let fetcher: DictionaryFetcher
  private let metrics: DictionaryMetrics
  private let log: Log
  private let time: any TimeSource
  private let charges: [Charge]
  private let used: Set<DictionaryName>
  private let onEdition: @Sendable () -> Void
  private let thread = ServiceThread("dictionaries")

  /// - Parameters:
  ///   - used: those that somebody of the site looks into, whoever fetches them.
  ///   - onEdition: told when an edition has come into use, on the keeper's thread.
  init(
    _ folder: DictionaryFolder, shelf: DictionaryShelf, used: Set<DictionaryName>, destinations: [Destination],
    fetcher: DictionaryFetcher, metrics: DictionaryMetrics, log: Log, time: any TimeSource,
    onEdition: @escaping @Sendable () -> Void
  ) {
    self.folder = folder
    self.shelf = shelf
    self.fetcher = fetcher
    self.metrics = metrics
    self.log = log
    self.time = time
    self.onEdition = onEdition
    charges = destinations.flatMap { destination in
      destination.dictionaries.map { Charge(destination: destination, dictionary: $0) }
    }
    self.used = used.union(charges.map(\.dictionary.name))
  }

  func start() {
    // A site without dictionaries needs no thread for them.
    guard !used.isEmpty else { return }
    thread.start { [self] in run() }
  }

  func stop() {
    thread.stopping.set()
    fetcher.stop()
    thread.stop()
  }

  private func run() {
    do throws(FileError) {
      let count = try folder.removeDrafts()
      if count > 0 { log.info("dictionary-drafts-removed", [.count(count)]) }
    } catch {
      log.warning("dictionary-drafts-not-removed", [.path(error.path), .errorCode(error.code.rawValue)])
    }
    var charges = charges
    var seen: [DictionaryName: Int] = [:]
    repeat {
      for name in used.sorted() { pickUp(name, &seen) }
      for index in charges.indices where !thread.stopping.isSet {
        let name = charges[index].dictionary.name
        let now = time.now()
        let standing = folder.standing(of: name)
        metrics.show(standing, of: name)
        if charges[index].due?.standing != standing {
          let moment = charges[index].dictionary.plan.due(after: standing, at: now, chance: chance())
          charges[index].due = (standing, moment)
        }
        guard let due = charges[index].due?.moment, due <= now,
          charges[index].destination.hours.closedUntil(at: now) == nil
        else { continue }
        fetch(charges[index], &seen)
        // Where nothing could be written down the same standing must not be due at once again.
        charges[index].due = (standing, time.now() + FetchPlan.retryMinimum)
      }
    } while !thread.stopping.wait(deadline: Self.lookPeriod)
  }

  /// Puts the latest edition in use, whoever made it.
  private func pickUp(_ name: DictionaryName, _ seen: inout [DictionaryName: Int]) {
    guard let number = folder.numbers(of: name).last, number != seen[name] else { return }
    seen[name] = number
    let latest = folder.latest(of: name) { error in
      log.error("dictionary-damaged", [.path(error.path), .errorCode(error.code.rawValue)])
    }
    if let latest { use(latest) }
  }

  private func use(_ edition: DictionaryEdition) {
    metrics.show(edition, at: time.now())
    guard shelf.put(edition) else { return }
    log.info(
      "dictionary-in-use",
      [.service(edition.dictionary.description), .version(String(edition.number)), .count(edition.codes.count)])
    onEdition()
  }

  private func fetch(_ charge: Charge, _ seen: inout [DictionaryName: Int]) {
    let name = charge.dictionary.name
    let fields: [LogField] = [.party(charge.destination.party.text), .service(name.description)]
    let outcome = fetcher.fetch(charge.dictionary, of: charge.destination)
    do throws(FileError) {
      switch try folder.take(outcome, of: charge.dictionary, at: time.now()) {
      case .stopped: return
      case .unchanged:
        metrics.count("unchanged", of: name)
        log.debug("dictionary-unchanged", fields)
      case .edition(let edition):
        metrics.count("edition", of: name)
        seen[name] = edition.number
        use(edition)
      case .refused:
        metrics.count("refused", of: name)
        // The reason is in the folder, where `lienthong dictionary list` finds it.
        log.warning("dictionary-refused", fields + [.reason("the list is no good one; see lienthong dictionary list")])
      case .failed(let failure):
        metrics.count(failure.rawValue, of: name)
        log.warning("dictionary-not-fetched", fields + [.outcome(failure.rawValue)])
      }
    } catch {
      metrics.count("notKept", of: name)
      log.error("dictionary-not-kept", fields + [.path(error.path), .errorCode(error.code.rawValue)])
    }
  }

  private func chance() -> Double { Double.random(in: 0..<1) }
}
