package import Dictionaries
package import DossierStore
package import ServiceKit

/// A site as its files say it: who the parties are, what goes where, which tongues are spoken.
///
/// Reading looks at form and spelling (`Site+Reading`); whether everything named exists and fits is for `SitePlan`.
package struct Site: Sendable {
  /// Name of the database file in the data folder.
  package static let databaseName = "lienthong.sqlite"
  /// The folder of files that came inside of messages, below the data folder.
  package static let filesName = "files"

  package struct TLSFiles: Sendable, Equatable {
    package var certificate: String
    package var key: SecretReference
    /// Authorities whose client certificates are taken.
    package var clientAuthorities: String?
  }

  /// The generation-A front door.
  package struct DVCQGDoor: Sendable, Equatable {
    package var loginPath: String
    package var servicePath: String
    package var sessionLifetime: Duration
    /// Folder with `thu-tuc/*.json` and the list files; nil when the site has none.
    package var dictionaries: String?
  }

  /// The front door of the VXP wire.
  package struct VXPDoor: Sendable, Equatable {
    /// Below it are the operations, such as `/vxp`.
    package var path: String
    /// Folder with the agency lists, called as their operations; nil when the site has none.
    package var dictionaries: String?
    /// Bytes of a document.
    package var documentLimit: Int
  }

  /// The SOAP front door.
  package struct SOAPDoor: Sendable, Equatable {
    /// Its one address, such as `/soap`.
    package var path: String
    /// How clients reach it, as the WSDL says it.
    package var address: String
  }

  package var folder: String
  package var name: String
  package var listen: ListenAddress
  package var dataFolder: String
  /// Where the store is, unless it is a file in the data folder.
  package var server: DatabaseServer?
  /// Holds Schemas/, Mappings/ and Deploy/partners/.
  package var catalogue: String
  /// Threads that serve HTTP; one for each core unless said.
  package var threads: Int?
  package var tls: TLSFiles?
  package var door: DVCQGDoor?
  package var vxpDoor: VXPDoor?
  package var soapDoor: SOAPDoor?
  package var tokenLifetime: Duration
  package var files: SiteFileSettings
  package var intake: SiteIntakeSettings
  package var retention: RetentionPolicy
  /// Those that are conducted here.
  package var procedures: [SiteProcedure]
  /// Whose figures are sent by themselves.
  package var statistics: [StatisticsSchedule]
  /// What the site adds to dossiers whose senders do not tell it.
  package var enrichments: [SiteEnrichment]
  package var parties: [SiteParty]
  package var routes: [SiteRoute]
  /// Those in which some party sends or receives.
  package var profiles: [SiteProfile]

  /// What codes in messages are checked against here, beside what the profiles say.
  package var codeRules: [SiteCodeRule]
  /// Every dictionary that some profile of the catalogue can fetch.
  package var knownDictionaries: Set<DictionaryName>

  /// The folder of the dictionaries that were fetched.
  package var dictionaryFolder: DictionaryFolder {
    DictionaryFolder(dataFolder + "/" + DictionaryFolder.standardName)
  }

  /// The file of the store, where it is a file.
  package var databaseFile: String { dataFolder + "/" + Self.databaseName }

  package var storeLocation: StoreLocation {
    server.map { .postgresql($0.configuration) } ?? .sqlite(path: databaseFile)
  }
}
