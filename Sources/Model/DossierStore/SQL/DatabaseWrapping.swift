package import SQLKit

/// Puts something between the store and its database: faults, in a simulation or a test.
package protocol DatabaseWrapping: Sendable {
  func wrap(_ database: sending any SQLDatabase) -> sending any SQLDatabase
}
