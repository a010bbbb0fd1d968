import DocumentKit
import DossierModel
import Gateway
import Reconciliation
import Statistics
import XMLKit

/// Asks the portal about dossiers, one after another.
struct PortalQuestions {
  /// Questions of one run: a portal is no register to be read from end to end.
  static let limit = 10_000
  /// Questions in a row without an answer, after which the portal counts as not there.
  static let patience = 3

  private let lookups: SiteLookups
  private let portal: PartyID
  private(set) var asked = 0
  /// Those that the portal gave no answer about.
  private(set) var unanswered: [DossierCode] = []
  private var silent = 0

  init(_ site: Site, portal: PartyID) throws(CommandFailure) {
    self.portal = portal
    do {
      lookups = try SiteLookups(SitePlan(site))
    } catch let error as SiteErrors {
      throw .unusable("the site cannot be used:\n" + error.description)
    } catch {
      throw .failed("\(error)")
    }
    guard lookups.canAsk(portal, PortalParty.lookup, [PortalParty.parameter: "H99-260101-0001"]) else {
      throw .unusable(
        "'\(portal)' cannot be asked: its profile has no lookup '\(PortalParty.lookup)', or it has no address; "
          + "give its list with --portal-list FILE")
    }
  }

  /// What the portal has of a dossier; nil when it did not say. `.unavailable` when it says nothing again and again.
  mutating func rows(of code: DossierCode) throws(ListError) -> [ListedDossier]? {
    let parameters = [PortalParty.parameter: code.text]
    guard lookups.canAsk(portal, PortalParty.lookup, parameters) else {
      unanswered.append(code)
      return nil
    }
    guard asked < Self.limit else {
      throw ListError(
        .tooLong, "more than \(Self.limit) dossiers to ask about; name a day and a --procedure, or give --portal-list")
    }
    asked += 1
    switch lookups.ask(portal, PortalParty.lookup, parameters) {
    case .notFound:
      silent = 0
      return []
    case .found(let document):
      silent = 0
      return Self.rows(document, about: code)
    case .refused:
      silent = 0
      unanswered.append(code)
      return nil
    case .unavailable(let word):
      silent += 1
      unanswered.append(code)
      guard silent < Self.patience else {
        throw ListError(.unavailable, "the portal gives no answer (\(word)); try again later, or give --portal-list")
      }
      return nil
    }
  }

  /// An answer without a code is about the dossier that was asked for: all that is sure is that the portal has it.
  private static func rows(_ document: [UInt8], about code: DossierCode) -> [ListedDossier] {
    guard let tree = try? DocumentTree(parsing: document, as: .xml) else { return [ListedDossier(code)] }
    let rows = tree.root.elements.map { element in
      ListedDossier(
        DossierCode(element.firstElement(named: "code")?.text ?? code.text),
        procedure: element.firstElement(named: "procedureCode")?.text,
        status: element.firstElement(named: "status").flatMap { DossierStatus(official: $0.text) })
    }.filter { $0.code == code }
    return rows.isEmpty ? [ListedDossier(code)] : rows
  }
}
