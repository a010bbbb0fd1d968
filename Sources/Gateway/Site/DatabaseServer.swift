package import DocumentKit
package import SQLKit

/// The PostgreSQL database that a site keeps its store in, as its files say it.
package struct DatabaseServer: Sendable, Equatable {
  package var configuration: PostgreSQLConfiguration
  package var position: YAMLPosition
}
