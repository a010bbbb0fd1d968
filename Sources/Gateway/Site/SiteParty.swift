package import Delivery
package import Dictionaries
package import DocumentKit
package import DossierModel
package import Reception
package import ServiceKit

/// A party with the place of its file, and how messages reach it.
package struct SiteParty: Sendable {
  package struct TLSFiles: Sendable {
    package var authorities: String?
    package var certificate: String?
    package var key: SecretReference?
  }

  package struct Receiving: Sendable {
    package var position: YAMLPosition
    package var profile: String
    /// nil for a party that pulls.
    package var address: String?
    package var secrets: [String: SecretReference]
    package var values: [String: String]
    /// Which of the profile's polls it is asked by, with the pause between two rounds where it is not the profile's.
    package var polls: [String: Duration?]
    /// Which of the profile's dictionaries are fetched of it, with the plan where it is not the profile's.
    package var dictionaries: [String: FetchPlan?]
    package var window: Int
    package var hours: DeliveryHours
    package var rate: RateLimit?
    package var connectTimeout: Duration
    /// From the last byte of a request to the first of its answer; nil: as long as the whole may take.
    package var firstByteTimeout: Duration?
    /// Of the whole exchange.
    package var answerTimeout: Duration
    package var retry: RetryPolicy
    package var tls: TLSFiles?
  }

  package var position: YAMLPosition
  package var party: Party
  package var receiving: Receiving?
  /// Where files that this party names may be fetched from: `filesFrom`.
  package var filesFrom: [FilePermission]
  /// From where, and showing what, it fetches files by the addresses it was given: `filesTo`; nil where that is not told.
  package var filesTo: FileCaller?
  /// Where `filesTo` says that it shows its certificate; nil where it does not.
  package var filesToCertificatePosition: YAMLPosition?
  /// Where its credentials name a certificate, the first of them; nil where none does.
  package var certificatePosition: YAMLPosition?
  /// What this party may look up and of whom, as `<party>/<lookup>`.
  package var lookups: Set<String>
  /// What this party may ask us, as `<profile>/<question>`.
  package var questions: Set<String>
  /// Files of the lists that it may fetch of us, by `<profile>/<list>`.
  package var lists: [String: String]
}
