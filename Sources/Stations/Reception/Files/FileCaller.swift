package import HTTPKit

/// From where, and showing what, a party fetches the files whose addresses it was given: `filesTo` of its file.
package struct FileCaller: Sendable, Equatable {
  /// The networks it calls from; empty where that is not told.
  package let ranges: [AddressRange]
  /// Whether it has to show its client certificate.
  package let showsCertificate: Bool

  package init(ranges: [AddressRange], showsCertificate: Bool) {
    self.ranges = ranges
    self.showsCertificate = showsCertificate
  }

  func isMeant(by request: HTTPRequest) -> Bool {
    (ranges.isEmpty || ranges.contains { $0.contains(request.remoteAddress) })
      && (!showsCertificate || request.peer != nil)
  }
}
