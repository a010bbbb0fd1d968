package import DocumentKit
package import Routing

/// A route with its place in the file.
package struct SiteRoute: Sendable {
  package var position: YAMLPosition
  package var route: Route
  /// Where its condition stands; nil where it has none.
  package var condition: YAMLPosition?
}
